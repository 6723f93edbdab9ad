"""What is told of a watched page names it, and says what became of it, to whoever may see it."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from annotations.articles.models import Article
from annotations.inbox.mail import mail_person
from annotations.inbox.shown import notifications_shown
from annotations.inbox.watched import watched_said
from annotations.lifecycle.models import EventModeration
from annotations.lifecycle.watches.services import watch_start
from annotations.notifications.services import notify
from annotations.statements.models import Statement
from tests.material import make_article, make_check, make_event, make_statement

pytestmark = pytest.mark.django_db
URL = "https://daily.example/tolls"


@pytest.fixture
def article(project, reviewer):
    return make_article(project, reviewer, url=URL, title="Tolls differ")


def tell(subject, person, **check):
    """Let a check of the subject's watch find something, and tell a person of it."""
    watch = watch_start(actor=subject.created_by, subject=subject)[0]
    made = make_check(watch, **check)
    notify(
        project=watch.project,
        recipients=[person],
        kind="watched_changed",
        actor=None,
        target=watch,
    )
    return made


def said(person, **how):
    found = watched_said(notifications_shown(person), person, **how).values()
    return [one.replace("\u2068", "").replace("\u2069", "") for one in found]


def mailed(person):
    mail.outbox.clear()
    mail_person(user_uid=str(person.uid))
    return "".join(one.body for one in mail.outbox)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("changed", "A watched page has changed: Tolls differ"),
        ("suspected_removal", "The removal of a watched page is suspected: Tolls differ"),
        ("returned", "A watched page is back, and has changed: Tolls differ"),
    ],
)
def test_which_page_and_what_became_of_it(
    client_for, project, reader, reviewer, article, outcome, words
):
    check = tell(article, reader, outcome=outcome)
    # What later checks find is not what one was told.
    make_check(check.watch, outcome="unchanged", changes={}, capture=check.capture)
    assert said(reader) == [words]
    listed = client_for(reader).get(reverse("notification-list")).content.decode()
    assert words.split(":")[0] in listed
    assert "Tolls differ" in listed
    assert "Tolls differ" in mailed(reader)


def test_what_was_recorded_is_named_unless_it_is_hidden(project, reader, reviewer):
    said_there = make_statement(project, reviewer, url=URL)
    event = make_event(said_there, reviewer)
    tell(said_there, reader, outcome="suspected_removal", event=event)
    recorded = f"It was recorded what became of a watched page, “{event.get_type_display()}”: {URL}"
    assert said(reader) == [recorded]
    EventModeration.objects.create(
        project=project, event=event, hidden_at=timezone.now(), hidden_reason="Private."
    )
    assert said(reader) == [f"The removal of a watched page is suspected: {URL}"]


def test_what_is_hidden_since_is_named_to_nobody(project, reader, reviewer, article):
    tell(article, reader)
    Article.objects.filter(pk=article.pk).update(hidden_at=timezone.now(), hidden_reason="No.")
    assert said(reader) == []
    assert mailed(reader) == ""


def test_a_confidential_statement_is_not_named_by_mail(project, reviewer, moderator):
    said_there = make_statement(project, reviewer, url=URL)
    tell(said_there, moderator)
    Statement.objects.filter(pk=said_there.pk).update(confidential=True)
    assert said(moderator) == [f"A watched page has changed: {URL}"]
    text = mailed(moderator)
    assert "A watched page has changed" in text
    assert URL not in text


def test_many_take_no_more_queries_than_one(
    project, reader, reviewer, article, django_assert_num_queries
):
    tell(article, reader)
    for n in range(5):
        tell(make_statement(project, reviewer, url=f"{URL}/{n}"), reader)
    rows = list(notifications_shown(reader))
    with django_assert_num_queries(3):
        assert len(watched_said(rows, reader)) == 6
