"""What a check of a watched page comes to, against a real server."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from annotations.articles.services import version_add
from annotations.captures.models import Capture
from annotations.lib.errors import Conflict, InvalidInput
from annotations.lifecycle.watches.checking import check_step
from annotations.lifecycle.watches.hosts import host_key
from annotations.lifecycle.watches.models import HostPace, WatchCheck, WatchTurn
from annotations.lifecycle.watches.services import (
    watch_check_now,
    watch_pause,
    watch_resume,
    watch_start,
)
from annotations.lifecycle.watches.turns import MOST_ATTEMPTS, turns_hand_out
from annotations.notifications.models import Notification
from annotations.notifications.services import follow_start
from tests.captures import pages
from tests.captures.server import page
from tests.lifecycle.watches.conftest import ROOM, WORDS
from tests.material import make_statement

pytestmark = pytest.mark.django_db


def told(person):
    return Notification.objects.filter(recipient=person, kind="watched_changed").count()


def test_an_unchanged_page_is_asked_for_by_what_it_said_of_itself(watch_of_statement, worker, site):
    first = worker.check(watch_of_statement)
    assert (first.outcome, first.why) == ("unchanged", "first_look")
    assert site.asked("/robots.txt") == 1
    site.answers("/tolls", page(b"", 304))
    second = worker.check(watch_of_statement)
    assert (second.outcome, second.capture.quality_kind) == ("unchanged", "unchanged")
    assert b'If-None-Match: "v1"' in site.server.asked[-1]
    # robots.txt is read once a day.
    assert site.asked("/robots.txt") == 1


def test_a_page_whose_date_has_odd_letters_behind_it_is_checked_again(
    watch_of_statement, worker, site
):
    site.shows(headers=("Last-Modified: Wed, 02 Mar 2022 10:00:00 GMT \u00e9",))
    assert worker.check(watch_of_statement).outcome == "unchanged"
    site.shows("The tolls were never raised.")
    assert worker.check(watch_of_statement).outcome == "changed"


def test_the_same_words_without_a_304_are_unchanged(watch_of_statement, worker, site):
    worker.check(watch_of_statement)
    site.shows(WORDS, headers=())
    assert worker.check(watch_of_statement).outcome == "unchanged"


def test_an_article_that_changed_gets_a_new_version(watch, worker, site, reviewer):
    worker.check(watch)
    site.shows(pages.ARTICLE.replace("more than two thousand", "about 1,900"), html=True)
    check = worker.check(watch)
    assert (check.outcome, check.why) == ("changed", "")
    assert check.version.number == watch.subject.versions.count() > 1
    assert check.changes["weighty"] > 0
    assert "number" in check.changes["kinds"]
    assert told(reviewer) == 1
    assert check.version.capture == check.capture


def test_what_was_corrected_by_hand_is_not_replaced(watch, worker, site, reviewer):
    version_add(actor=reviewer, article=watch.article, text="Corrected by hand.\n")
    worker.check(watch)
    site.shows(pages.ARTICLE.replace("more than two thousand", "about 1,900"), html=True)
    check = worker.check(watch)
    assert (check.outcome, check.why, check.version) == ("changed", "to_check", None)
    assert check.changes["kinds"] == ["number"]
    assert watch.article.versions.count() == 2


def test_a_page_that_says_something_else_entirely_is_no_edit(watch, worker, site, reviewer):
    worker.check(watch)
    before = watch.subject.versions.count()
    unknown = "<p>Kindly tap the purple square and type whatever letters it displays, visitor.</p>"
    site.shows(f"<html><title>Hello</title><body>{unknown * 6}</body></html>", html=True)
    check = worker.check(watch)
    assert (check.outcome, check.why) == ("changed", "another_text")
    assert "another text entirely: it waits to be checked" in check.reason
    assert check.changes == {"another_text": True}
    assert (check.version, watch.subject.versions.count()) == (None, before)
    assert told(reviewer) == 1
    assert worker.check(watch).outcome == "unchanged"
    assert told(reviewer) == 1
    site.shows(pages.ARTICLE, html=True)
    assert worker.check(watch).outcome == "unchanged"


def test_a_locked_article_gets_none(watch, worker, site, moderator):
    worker.check(watch)
    type(watch.article).objects.filter(pk=watch.article_id).update(
        locked_at=timezone.now(), locked_by=moderator
    )
    versions = watch.article.versions.count()
    site.shows(pages.ARTICLE.replace("more than two thousand", "about 1,900"), html=True)
    check = worker.check(watch)
    assert (check.outcome, check.why) == ("changed", "to_check")
    assert watch.article.versions.count() == versions


def test_what_went_from_a_statements_page_is_counted_and_told(
    watch_of_statement, worker, site, reviewer, second_reviewer, project
):
    follow_start(actor=second_reviewer, project=project, target=watch_of_statement.subject)
    worker.check(watch_of_statement)
    site.shows(WORDS.replace("2,000", "1,900"))
    check = worker.check(watch_of_statement)
    assert check.outcome == "changed"
    assert check.changes["words_gone"] is True
    assert check.changes["kinds"] == ["number"]
    assert check.before.pk != check.capture.pk
    ((old, new),) = check.changes["passages"]
    assert old == "More than 2,000 people were killed, it said."
    assert new == "More than 1,900 people were killed, it said."
    assert [told(reviewer), told(second_reviewer)] == [1, 1]
    turn = WatchTurn.objects.get(watch=watch_of_statement)
    # A text that has just changed is looked at every few minutes.
    assert turn.next_at < timezone.now() + timedelta(minutes=6)


def test_a_counter_that_went_on_is_told_to_nobody(watch_of_statement, worker, site, reviewer):
    site.shows(WORDS + "\n\n1,204 views")
    worker.check(watch_of_statement)
    site.shows(WORDS + "\n\n1,377 views")
    check = worker.check(watch_of_statement)
    assert (check.outcome, check.why) == ("changed", "cosmetic")
    assert told(reviewer) == 0


def test_an_address_that_is_never_asked_says_so(project, reviewer, worker):
    inside = make_statement(project, reviewer, url="http://10.0.0.1/post")
    check = worker.check(watch_start(actor=reviewer, subject=inside)[0])
    assert (check.outcome, check.why, check.capture.failure) == (
        "unavailable",
        "refused",
        "address_refused",
    )


def test_a_host_that_asks_to_wait_is_left_alone_by_all_its_watches(
    watch_of_statement, worker, site, project, reviewer
):
    worker.check(watch_of_statement)
    site.answers("/tolls", page(b"", 429, "Retry-After: 7200"))
    other = make_statement(project, reviewer, url=site.server.url("/other"))
    check = worker.check(watch_of_statement)
    assert (check.outcome, check.why) == ("unavailable", "throttled")
    watch_start(actor=reviewer, subject=other)
    assert turns_hand_out() == []
    assert site.asked("/other") == 0
    free = HostPace.objects.get(host=host_key(other.canonical_url)).free_at
    assert timedelta(minutes=119) < free - timezone.now() < timedelta(minutes=121)


def test_what_robots_txt_forbids_is_not_fetched(watch_of_statement, worker, site):
    site.answers(
        "/robots.txt", page(b"User-agent: factcheck\nDisallow: /tolls\n", kind="text/plain")
    )
    check = worker.check(watch_of_statement)
    assert (check.outcome, check.why, check.capture) == ("unavailable", "robots", None)
    assert site.asked("/tolls") == 0


@pytest.mark.parametrize(("status", "fetched"), [(404, 1), (403, 1), (500, 0), (429, 0)])
def test_a_robots_txt_that_cannot_be_read(watch_of_statement, worker, site, status, fetched):
    site.answers("/robots.txt", page(b"", status))
    check = worker.check(watch_of_statement)
    assert site.asked("/tolls") == fetched
    assert check.why == ("first_look" if fetched else "no_robots")


def test_a_known_robots_txt_outlasts_a_bad_hour(watch_of_statement, worker, site):
    worker.check(watch_of_statement)
    HostPace.objects.update(robots_until=timezone.now())
    site.answers("/robots.txt", page(b"", 500))
    assert worker.check(watch_of_statement).why == "no_robots"
    assert not HostPace.objects.get(host=ROOM.format(port=site.server.port)).is_closed
    assert worker.check(watch_of_statement).outcome == "unchanged"


def test_a_crawl_delay_is_kept_up_to_two_minutes(watch_of_statement, worker, site):
    robots = b"User-agent: *\nCrawl-delay: 86400\n"
    site.answers("/robots.txt", page(robots, kind="text/plain"))
    worker.work()
    pace = HostPace.objects.get(host=ROOM.format(port=site.server.port))
    assert pace.delay == 120
    assert pace.free_at > timezone.now() + timedelta(seconds=110)
    assert site.asked("/tolls") == 0


def test_a_paused_watch_is_not_looked_at_until_it_is_resumed(watch, worker, site, reviewer):
    paused = watch_pause(actor=reviewer, watch=watch, reason="The site asked us to.")
    assert worker.work() == 0
    with pytest.raises(Conflict):
        watch_check_now(actor=reviewer, watch=paused)
    watch_resume(actor=reviewer, watch=paused)
    assert worker.work() == 2
    assert site.asked("/tolls") == 1


def test_a_pause_needs_a_reason(watch, reviewer):
    with pytest.raises(InvalidInput):
        watch_pause(actor=reviewer, watch=watch, reason=" ")


def test_a_check_that_was_asked_for_says_by_whom(watch_of_statement, worker, reviewer):
    worker.work()
    turn = WatchTurn.objects.get(watch=watch_of_statement)
    assert turn.next_at > timezone.now()
    assert watch_check_now(actor=reviewer, watch=watch_of_statement)
    assert not watch_check_now(actor=reviewer, watch=watch_of_statement)
    worker.work()
    assert watch_of_statement.checks.first().asked_by == reviewer


def test_a_subject_without_an_address_cannot_be_watched(project, reviewer):
    with pytest.raises(InvalidInput):
        watch_start(actor=reviewer, subject=make_statement(project, reviewer))


def test_what_is_watched_already_is_not_watched_twice(watch, reviewer, moderator):
    assert watch_start(actor=moderator, subject=watch.subject) == (watch, False)


def test_an_archived_project_is_not_looked_at(watch, worker, site, project):
    type(project).objects.filter(pk=project.pk).update(archived_at=timezone.now())
    worker.work()
    assert site.server.asked == []
    assert WatchCheck.objects.count() == 0
    assert WatchTurn.objects.get(watch=watch).next_at > timezone.now()


def test_a_check_that_goes_wrong_too_often_reads_failed(watch, worker, border):
    for _attempt in range(MOST_ATTEMPTS + 1):
        HostPace.objects.update(free_at=timezone.now())
        WatchTurn.objects.update(next_at=timezone.now())
        ((turn_id, check_uid),) = turns_hand_out()
        broken = None if _attempt == MOST_ATTEMPTS else "no border"
        try:
            check_step(turn_id=turn_id, check_uid=str(check_uid), border=broken)
        except TypeError:
            assert broken
    check = watch.checks.get()
    assert (check.outcome, check.why) == ("failed", "stopped")
    assert not WatchTurn.objects.get(watch=watch).is_under_way


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_step_do_it_once(watch, worker, site, border):
    HostPace.objects.update(robots_until=timezone.now() + timedelta(days=1))
    ((turn_id, check_uid),) = turns_hand_out()

    def step():
        try:
            check_step(turn_id=turn_id, check_uid=str(check_uid), border=border)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(step), pool.submit(step)]:
            done.result()
    assert site.asked("/tolls") == 1
    check = WatchCheck.objects.get()
    assert Capture.objects.filter(uid=check.capture.uid).count() == 1
