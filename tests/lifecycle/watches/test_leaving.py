"""Redirects to another server: as polite to that one, and by its own robots.txt."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.watches import leaving
from annotations.lifecycle.watches.checking import check_step
from annotations.lifecycle.watches.hosts import host_asked, host_pace
from annotations.lifecycle.watches.models import HostPace, WatchTurn
from annotations.lifecycle.watches.services import watch_start
from annotations.lifecycle.watches.turns import turn_take, turns_hand_out
from tests.captures.server import page, to
from tests.lifecycle.watches.conftest import WORDS, due
from tests.material import make_statement

pytestmark = pytest.mark.django_db
FREELY = page(b"", 404)
FORBIDDEN = page(b"User-agent: *\nDisallow: /landed\n", kind="text/plain")


@pytest.fixture
def elsewhere(site, project, reviewer):
    """A watched address that leads to another server, and the name of that."""
    landed = site.server.url("/landed", "other.test")
    site.shows(WORDS, path="/landed")
    start = site.answers("/moved", to(landed))
    watch = watch_start(actor=reviewer, subject=make_statement(project, reviewer, url=start))[0]
    return watch, f"other.test:{site.server.port}"


def robots(site, answer):
    """Answer for robots.txt; both servers have the same one."""
    site.answers("/robots.txt", answer)


def test_the_other_server_is_asked_what_it_allows_and_left_alone_afterwards(
    elsewhere, worker, site, settings
):
    watch, other = elsewhere
    robots(site, FREELY)
    assert worker.check(watch).outcome == "unchanged"
    asked = [one.split(b" ", 2)[1] for one in site.server.asked]
    assert asked == [b"/robots.txt", b"/moved", b"/robots.txt", b"/landed"]
    settings.WATCH_HOST_GAP = 60
    before = timezone.now()
    HostPace.objects.filter(host=other).update(free_at=before)
    worker.check(watch)
    assert HostPace.objects.get(host=other).free_at >= before + timedelta(seconds=60)


def test_what_the_other_server_forbids_is_not_fetched(elsewhere, worker, site):
    watch, _other = elsewhere
    robots(site, FORBIDDEN)
    check = worker.check(watch)
    assert (check.outcome, check.capture.failure) == ("unavailable", "robots")
    assert site.asked("/landed") == 0
    assert check.event is None


def led(watch):
    """Have the step of the watch's check done that is due."""
    turn_id, uid = due(watch)
    return turn_id, str(uid)


def test_a_server_that_is_to_be_left_alone_for_long_is_not_asked_and_that_is_on_record(
    elsewhere, worker, site
):
    watch, other = elsewhere
    robots(site, FREELY)
    worker.check(watch)
    rests = timezone.now() + timedelta(days=7)
    HostPace.objects.filter(host=other).update(free_at=rests)
    site.server.asked.clear()
    turn_id, uid = led(watch)
    check_step(turn_id=turn_id, check_uid=uid, border=worker.border)
    check = watch.checks.first()
    assert (check.outcome, check.capture.failure) == ("unavailable", "left_alone")
    assert [hop["status"] for hop in check.capture.hops] == [302]
    assert site.asked("/landed") == 0
    pace = HostPace.objects.get(host=other)
    assert (pace.free_at, pace.refusals, pace.held_until) == (rests, 0, None)
    assert WatchTurn.objects.get(watch=watch).away_at == check.capture.taken_at


def test_a_killed_check_ends_though_what_it_leads_to_rests(elsewhere, worker, site):
    watch, other = elsewhere
    robots(site, FREELY)
    worker.check(watch)
    turn_take(*due(watch))
    past = timezone.now() - timedelta(seconds=1)
    WatchTurn.objects.filter(watch=watch).update(leased_until=past)
    HostPace.objects.exclude(host=other).update(free_at=past)
    HostPace.objects.filter(host=other).update(free_at=past + timedelta(days=7))
    worker.work()
    assert not WatchTurn.objects.get(watch=watch).is_under_way


def later(by):
    """Move all that is kept of turns and servers into the past."""
    turns = ("next_at", "away_at", "started_at")
    WatchTurn.objects.update(**{name: F(name) - by for name in turns})
    hosts = ("free_at", "robots_until", "robots_read_at")
    HostPace.objects.update(**{name: F(name) - by for name in hosts})


def test_a_page_that_leads_to_a_dead_server_is_unavailable_after_a_day(elsewhere, worker, site):
    watch, _other = elsewhere
    robots(site, FREELY)
    assert worker.check(watch).outcome == "unchanged"

    def says(server, _path):
        yield page(b"", 429) if b"other.test" in server.asked[-1] else FREELY

    site.server.on_call("/robots.txt", says)
    site.answers("/landed", page(b"", 429))
    passed = timedelta()
    while passed < timedelta(days=4):
        worker.work()
        turn = WatchTurn.objects.get(watch=watch)
        step = max(turn.next_at - timezone.now(), timedelta()) + timedelta(seconds=1)
        later(step)
        passed += step
    assert LifecycleEvent.objects.get().type == "unavailable_unknown"


def test_a_redirect_that_comes_back_is_one_look(worker, site, project, reviewer):
    robots(site, page(b"User-agent: *\nCrawl-delay: 30\n", kind="text/plain"))
    start = site.answers("/start", to(site.server.url("/cookie", "other.test")))
    site.answers("/cookie", to(site.server.url("/final")))
    site.shows(WORDS, path="/final")
    watch = watch_start(actor=reviewer, subject=make_statement(project, reviewer, url=start))[0]
    # The first look reads the robots.txt of the other server, and has to leave it alone then.
    for why in ("unreachable", "first_look"):
        check = worker.check(watch)
        if check is None:
            check = worker.check(watch)
        assert check.why == why
    assert site.asked("/final") == 1


def test_what_is_waited_for_another_server_is_not_taken_from_the_page(
    elsewhere, worker, site, settings, monkeypatch
):
    watch, other = elsewhere
    robots(site, FREELY)
    settings.WATCH_HOST_GAP = 1.2
    worker.border = replace(worker.border, bounds=replace(worker.border.bounds, seconds=2.0))
    site.answers("/landed", 0.6, page(WORDS.encode(), kind="text/plain"))
    for _look in range(2):
        turn_id, uid = led(watch)
        busy = timezone.now() + timedelta(seconds=1.1)
        HostPace.objects.update_or_create(host=other, defaults={"free_at": busy})
        check_step(turn_id=turn_id, check_uid=uid, border=worker.border)
    assert watch.checks.first().outcome == "unchanged"
    assert HostPace.objects.get(host=other).refusals == 0


def test_one_look_at_a_time_goes_to_a_server(
    elsewhere, worker, site, project, reviewer, monkeypatch
):
    watch, other = elsewhere
    robots(site, FREELY)
    worker.check(watch)
    said = make_statement(project, reviewer, url=site.server.url("/landed", "other.test"))
    own = watch_start(actor=reviewer, subject=said)[0]
    due(own)
    turn_id, uid = led(watch)
    monkeypatch.setattr(leaving, "PATIENCE", timedelta(seconds=0.5))
    site.server.asked.clear()
    check_step(turn_id=turn_id, check_uid=uid, border=worker.border)
    assert site.asked("/landed") == 0
    assert watch.checks.first().capture.failure == "left_alone"
    # And the other way round: nobody is handed out while a look that was led there is under way.
    held = timezone.now() + timedelta(seconds=30)
    HostPace.objects.filter(host=other).update(held_until=held)
    past = timezone.now() - timedelta(seconds=1)
    WatchTurn.objects.filter(watch=own).update(leased_until=past)
    assert own.turn.pk not in [turn for turn, _check in turns_hand_out()]


def test_what_a_server_asked_for_outlasts_another_answer():
    host_pace("b.test")
    rests = host_asked("b.test", is_unwell=True, retry_after=3600).free_at
    assert host_asked("b.test", is_unwell=False, retry_after=None).free_at == rests


def test_the_server_that_is_unwell_is_the_one_that_rests(elsewhere, worker, site):
    watch, other = elsewhere
    robots(site, FREELY)
    worker.check(watch)
    site.answers("/landed", page(b"", 429, "Retry-After: 3600"))
    worker.check(watch)
    rests = HostPace.objects.get(host=other)
    assert rests.free_at > timezone.now() + timedelta(minutes=50)
    first = HostPace.objects.exclude(host=other).get()
    assert (first.refusals, rests.refusals) == (0, 1)
    assert first.free_at <= timezone.now()
