"""What happened to an article: on its page, on that of its versions, by who may see it."""

import pytest
from django.urls import reverse

from annotations.articles.services import version_add
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.services import assessment_add, event_record
from annotations.moderation.services import row_hide
from tests.material import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(project, reviewer):
    return make_article(project, reviewer, url="https://daily.example/tolls")


@pytest.fixture
def shown(client_for, project, article):
    """Return a page of the article as somebody sees it."""

    def show(user, route="workbench"):
        answer = client_for(user).get(reverse(route, args=[project.slug, article.uid]))
        assert answer.status_code == 200
        return answer.content.decode()

    return show


def record(actor, article, kind="edited_noted", **more):
    return event_record(actor=actor, subject=article, type=kind, self_observed=True, **more)


def test_everybody_who_reads_an_article_gets_to_its_versions_and_captures(
    shown, project, reader, reviewer, article
):
    for user in (reader, reviewer):
        page = shown(user)
        for route in ("version-list", "article-captures"):
            assert reverse(route, args=[project.slug, article.uid]) in page
    form = reverse("event-create-article", args=[project.slug, article.uid])
    assert form in shown(reviewer)
    assert form in shown(reviewer, "version-list")
    assert form not in shown(reader)
    assert form not in shown(reader, "version-list")


def test_the_latest_event_that_nobody_refuted_stands_beside_the_title(
    shown, project, reader, reviewer, article
):
    edited = record(reviewer, article, happened="2022-03-02")
    gone = record(reviewer, article, "unpublished", happened="2022-03-04")
    url = reverse("event-detail", args=[project.slug, gone.uid])
    page = shown(reader)
    assert url in page
    assert "Unpublished · Reported" in page
    assessment_add(actor=reviewer, event=gone, standing="refuted", reason="It is there.")
    page = shown(reader)
    assert url not in page
    assert reverse("event-detail", args=[project.slug, edited.uid]) in page
    assert "Unpublished · Refuted" in shown(reader, "version-list")


def test_an_event_stands_beside_the_version_that_was_the_latest_when_it_was_recorded(
    shown, reader, reviewer, article
):
    record(reviewer, article, "reaffirmed")
    version_add(actor=reviewer, article=article, text="Tolls\n\nCorrected words.")
    record(reviewer, article)
    rows = shown(reader, "version-list").split("<tr>")
    second = next(row for row in rows if ">Version 2<" in row)
    first = next(row for row in rows if ">Version 1<" in row)
    assert "Edited with a note · Reported" in second
    assert "Reaffirmed · Reported" in first
    assert "Edited with a note" not in first


def test_an_event_that_moderation_has_hidden_is_told_to_nobody_who_may_not_see_it(
    shown, reader, reviewer, moderator, article
):
    event = record(reviewer, article)
    row_hide(actor=moderator, row=event, reason="A private matter.")
    for route in ("workbench", "version-list"):
        assert "Edited with a note" not in shown(reader, route)
        assert "Edited with a note" in shown(moderator, route)
    assert LifecycleEvent.objects.count() == 1
