"""A notice of correction in a text is offered as an event until it is recorded as one."""

import pytest
from django.urls import reverse

from annotations.articles.services import version_add
from annotations.lifecycle.event_versions import edits_shown_in
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.noted import notices_unrecorded
from annotations.lifecycle.services import assessment_add, event_record
from annotations.moderation.services import row_lock
from tests.factories import make_article

pytestmark = pytest.mark.django_db

TEXT = "Tolls differ\n\nThe ministry said that 489 soldiers were killed."
NOTICE = (
    "This article was amended on 3 March 2022. An earlier version gave the toll of “489”"
    " as of 1 March 2022."
)
URL = "https://daily.example/tolls"


@pytest.fixture
def article(project, reviewer):
    made = make_article(project, TEXT, by=reviewer, title="Tolls differ", url=URL)
    version_add(actor=reviewer, article=made, text=f"{TEXT}\n\n{NOTICE}")
    return made


def words(answer):
    return answer.content.decode()


def offer(article, version):
    form = reverse("event-create-article", args=[article.project.slug, article.uid])
    return f"{form}?notice_in={version.uid}&at={version.text.index(NOTICE)}"


def pages_of(article):
    names = ("version-list", "version-compare", "workbench")
    return [reverse(name, args=[article.project.slug, article.uid]) for name in names]


def test_a_notice_is_offered_where_the_version_is_shown(article, reviewer, client_for):
    latest = article.versions.get(number=2)
    address = offer(article, latest).replace("&", "&amp;")
    for page in pages_of(article):
        assert f'href="{address}"' in words(client_for(reviewer).get(page)), page


def test_the_offer_fills_in_the_form_and_is_gone_once_it_is_sent(article, reviewer, client_for):
    client = client_for(reviewer)
    form = client.get(offer(article, article.versions.get(number=2))).context["form"]
    sent = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    assert sent["reason_text"] == NOTICE
    # A browser sends its line ends and spaces its own way.
    kept = {name: str(value) for name, value in sent.items() if value not in ("", None, False)}
    answer = client.post(
        reverse("event-create-article", args=[article.project.slug, article.uid]), kept
    )
    assert answer.status_code == 302, words(answer)
    event = LifecycleEvent.objects.get()
    assert (event.type, event.reason_text, event.reason_given) == ("edited_noted", NOTICE, "given")
    assert (event.happened, event.happened_basis) == ("2022-03-03", "stated")
    assert (event.notice_url, event.self_observed, event.article) == (URL, True, article)
    for page in pages_of(article):
        assert "data-text-notice" not in words(client.get(page)), page


def test_a_first_versions_notice_is_offered_and_one_that_stays_is_not_offered_anew(
    project, reviewer
):
    text = f"{TEXT}\n\n{NOTICE}"
    article = make_article(project, text, by=reviewer, title="Tolls differ")
    first = article.versions.get()
    assert [one.text for one in notices_unrecorded(first, text)] == [NOTICE]
    later, _added = version_add(actor=reviewer, article=article, text=f"{text}\n\nMore words.")
    assert notices_unrecorded(later, later.text) == []


def test_another_kind_of_event_takes_no_offer_away(article, reviewer):
    latest = article.versions.get(number=2)
    event_record(
        actor=reviewer, subject=article, type="corrected", self_observed=True, reason_text=NOTICE
    )
    assert notices_unrecorded(latest, latest.text)
    event_record(
        actor=reviewer, subject=article, type="edited_noted", self_observed=True, reason_text=NOTICE
    )
    assert notices_unrecorded(latest, latest.text) == []


@pytest.mark.parametrize("who", ["reader", "reviewer"])
def test_nobody_is_offered_what_they_may_not_record(who, article, actor, moderator, client_for):
    row_lock(actor=moderator, row=article, reason="A dispute.")
    for page in pages_of(article):
        assert "data-text-notice" not in words(client_for(actor(who)).get(page)), page
    assert "data-text-notice" in words(client_for(moderator).get(pages_of(article)[0]))


@pytest.mark.parametrize("query", ["notice_in=x&at=1", "notice_in={uid}&at=0", "at=5", "{other}"])
def test_an_address_that_names_no_notice_fills_in_nothing(
    query, article, other_project, outsider, reviewer, client_for
):
    theirs = make_article(other_project, f"{TEXT}\n\n{NOTICE}", by=outsider).versions.get()
    uid = article.versions.get(number=2).uid
    at = theirs.text.index(NOTICE)
    query = query.format(uid=uid, other=f"notice_in={theirs.uid}&at={at}")
    form = reverse("event-create-article", args=[article.project.slug, article.uid])
    answer = client_for(reviewer).get(f"{form}?{query}")
    assert answer.status_code == 200
    assert NOTICE not in words(answer)


def test_many_edits_on_record_take_as_many_queries_as_one(
    article, reviewer, django_assert_num_queries
):
    def record(**more):
        return event_record(
            actor=reviewer, subject=article, type="edited_noted", self_observed=True, **more
        )

    latest = article.versions.get(number=2)
    noted, other = record(reason_text=NOTICE), record(reason_text="Told by the editor.")
    for n in range(4):
        record(reason_text=f"Note {n}", happened="2022-03-02")
    refuted = record()
    assessment_add(actor=reviewer, event=refuted, standing="refuted", reason="Another article")
    with django_assert_num_queries(3):
        found = edits_shown_in(latest, reviewer)
    assert found[:2] == [noted, other]
    assert len(found) == 6
