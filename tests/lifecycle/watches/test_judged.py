"""Checks that must not say more than their own capture shows, or less."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.articles.models import Article
from annotations.articles.services import article_update
from annotations.lifecycle.watches.models import HostPace, WatchTurn
from annotations.lifecycle.watches.recording import open_removal
from annotations.lifecycle.watches.services import watch_start
from tests.captures import pages
from tests.captures.server import page
from tests.lifecycle.watches.conftest import WORDS
from tests.lifecycle.watches.test_removals import looked_away, told
from tests.material import make_capture, make_event

pytestmark = pytest.mark.django_db
CHANGED = pages.ARTICLE.replace("more than two thousand", "about 1,900")


def test_a_page_at_an_articles_former_address_is_no_version_of_it(
    watch, worker, site, reviewer, article
):
    assert worker.check(watch).outcome == "unchanged"
    article.refresh_from_db()
    article_update(
        actor=reviewer,
        article=article,
        revision=article.revision,
        url="https://elsewhere.example/x",
    )
    site.shows(CHANGED, html=True, headers=())
    check = worker.check(watch)
    assert (check.outcome, check.version) == ("changed", None)
    assert article.versions.count() == 1


@pytest.mark.parametrize("wall", ["english", "german"])
def test_a_wall_ends_what_was_counted_towards_a_day(watch_of_statement, worker, site, wall):
    worker.check(watch_of_statement)
    site.shows("", status=503)
    worker.check(watch_of_statement)
    assert WatchTurn.objects.get().away_at is not None
    site.shows(pages.CONSENTS[wall], html=True, headers=())
    assert worker.check(watch_of_statement).outcome == "unavailable"
    assert WatchTurn.objects.get().away_at is None


def test_an_absence_within_an_hour_of_a_broken_answer_makes_nothing_suspected(
    watch_of_statement, worker, site, project, reviewer
):
    looked_away(watch_of_statement, project, reviewer, 7)
    broke = timezone.now() - timedelta(minutes=20)
    url = watch_of_statement.canonical_url
    make_capture(project, reviewer, url=url, body=b"", status=503, at=broke)
    site.shows("Not here", status=404)
    check = worker.check(watch_of_statement)
    assert (check.outcome, check.why) == ("unavailable", "unwell")


def test_a_later_capture_that_shows_the_page_is_the_reason(
    watch_of_statement, worker, site, project, reviewer
):
    worker.check(watch_of_statement)
    site.shows("Not here", status=404)
    soon = timezone.now() + timedelta(seconds=5)
    url = watch_of_statement.canonical_url
    make_capture(project, reviewer, url=url, body=WORDS.encode(), at=soon)
    check = worker.check(watch_of_statement)
    assert (check.outcome, check.why, check.control is None) == ("unavailable", "seen_since", False)


def test_a_return_is_dated_by_the_absence_that_it_ends(
    watch_of_statement, worker, site, project, reviewer
):
    url, now = watch_of_statement.canonical_url, timezone.now()
    long_ago, lately = now - timedelta(days=60), now - timedelta(days=2)
    make_capture(project, reviewer, url=url, body=b"", status=404, at=long_ago)
    good = make_capture(project, reviewer, url=url, body=WORDS.encode(), at=lately)
    WatchTurn.objects.update(good=good, away_at=now - timedelta(hours=30))
    site.answers("/robots.txt", page(b"", 503))
    removal = worker.check(watch_of_statement).event
    assert removal.type == "unavailable_unknown"
    site.answers("/robots.txt", page(b"", 404))
    HostPace.objects.update(robots_until=timezone.now())
    worker.check(watch_of_statement)
    back = watch_of_statement.checks.get(outcome="returned").event
    assert back.happened_earliest >= removal.happened_latest


def test_a_page_that_is_back_to_the_version_has_changed(article, worker, site, reviewer):
    Article.objects.filter(pk=article.pk).update(locked_at=timezone.now())
    watch = watch_start(actor=reviewer, subject=article)[0]
    worker.check(watch)
    site.shows(CHANGED, html=True, headers=())
    check = worker.check(watch)
    assert (check.outcome, check.why) == ("changed", "to_check")
    site.shows(pages.ARTICLE, html=True, headers=())
    assert worker.check(watch).outcome == "changed"


def test_a_suspicion_is_told_though_it_is_on_record_that_nobody_knows(
    watch_of_statement, worker, site, project, reviewer
):
    looked_away(watch_of_statement, project, reviewer, 30)
    event = make_event(
        watch_of_statement.statement, reviewer, type="unavailable_unknown", noticed="2022-03-04"
    )
    WatchTurn.objects.update(event=event, outcome="unavailable")
    # Too close to the first failure to prove anything.
    broke = timezone.now() - timedelta(hours=29, minutes=30)
    url = watch_of_statement.canonical_url
    make_capture(project, reviewer, url=url, body=b"", status=503, at=broke)
    site.shows("Not here", status=404)
    assert worker.check(watch_of_statement).outcome == "suspected_removal"
    assert told(reviewer) == 1


def test_a_removal_recorded_late_is_over_where_the_return_came_after_it(
    watch_of_statement, reviewer
):
    said = watch_of_statement.statement
    make_event(said, reviewer, type="restored", happened="2022-03-05", self_observed=True)
    make_event(said, reviewer, type="unpublished", happened="2022-03-02")
    assert open_removal(said) is None
    again = make_event(said, reviewer, type="unpublished", happened="2022-03-09")
    assert open_removal(said) == again
