"""Where redirects lead: servers that are held, given back, asked for robots.txt, and long ones."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from annotations.captures.network import Door
from annotations.lifecycle.watches.hosts import host_pace
from annotations.lifecycle.watches.leaving import polite
from annotations.lifecycle.watches.models import HostPace, WatchTurn
from annotations.lifecycle.watches.services import watch_start
from annotations.lifecycle.watches.turns import turn_take
from tests.captures.server import SITE, page, to
from tests.lifecycle.watches.conftest import WORDS, due
from tests.material import make_statement

pytestmark = pytest.mark.django_db
FREELY = page(b"", 404)
NOTHING = page(b"User-agent: *\nDisallow: /\n", kind="text/plain")


def watched(project, reviewer, url):
    return watch_start(actor=reviewer, subject=make_statement(project, reviewer, url=url))[0]


def by_host(site, path, **answers):
    """Answer a path by the host that is asked: `news`, `other` and `third` for .test."""

    def says(server, _path):
        name = server.asked[-1].split(b"Host: ", 1)[1].split(b".", 1)[0].decode()
        yield answers.get(name, FREELY)

    site.server.on_call(path, says)


def known(host):
    """A server whose robots.txt was read just now, and allows everything."""
    host_pace(host)
    read = {"robots_read_at": timezone.now(), "robots_until": timezone.now() + timedelta(days=1)}
    HostPace.objects.filter(host=host).update(**read)


def test_an_address_too_long_to_be_compared_is_followed(site, worker, project, reviewer):
    site.answers("/robots.txt", FREELY)
    site.shows(WORDS, path="/landed")
    far = site.server.url(f"/landed?back={'a' * 3000}", "other.test")
    watch = watched(project, reviewer, site.answers("/moved", to(far)))
    assert worker.check(watch).why == "first_look"


def test_a_hold_that_ran_out_is_not_taken_from_who_has_it_now(border):
    known("other.test")
    with ExitStack() as second:
        with polite(border, "one.test") as slow:
            slow.before_leaving("http://other.test/a")
            past = timezone.now() - timedelta(seconds=1)
            HostPace.objects.update(held_until=past, free_at=past)
            after = second.enter_context(polite(border, "two.test"))
            after.before_leaving("http://other.test/b")
        assert HostPace.objects.get(host="other.test").held_until > timezone.now()
    assert HostPace.objects.get(host="other.test").held_until is None


def test_robots_of_another_server_may_be_read_though_that_one_lets_nothing_be_fetched(
    site, worker, project, reviewer
):
    robots = to(site.server.url("/robots.txt", "other.test"))
    by_host(site, "/robots.txt", news=robots, other=NOTHING)
    check = worker.check(watched(project, reviewer, site.server.url("/tolls")))
    assert (check.outcome, check.why) == ("unavailable", "robots")


def test_a_server_is_not_unwell_where_the_one_with_its_robots_rests(
    site, worker, project, reviewer
):
    other = f"other.test:{site.server.port}"
    known(other)
    site.answers("/robots.txt", to(site.server.url("/robots.txt", "other.test")))
    watch = watched(project, reviewer, site.server.url("/tolls"))
    HostPace.objects.filter(host=other).update(free_at=timezone.now() + timedelta(days=1))
    worker.work()
    assert watch.checks.get().why == "no_robots"
    own = HostPace.objects.exclude(host=other).get()
    assert own.refusals == 0
    assert own.free_at <= timezone.now()


def test_the_robots_of_a_redirect_ask_a_third_server_as_politely(
    site, worker, project, reviewer, settings
):
    third, name = site.server.url("/robots.txt", "third.test"), f"third.test:{site.server.port}"
    by_host(site, "/robots.txt", other=to(third))
    site.shows(WORDS, path="/landed")
    start = site.answers("/moved", to(site.server.url("/landed", "other.test")))
    watch = watched(project, reviewer, start)
    hosts = frozenset((SITE, "other.test", "third.test"))
    worker.border = replace(worker.border, door=Door(test_hosts=hosts))
    settings.WATCH_HOST_GAP = 1
    began = timezone.now()
    assert worker.check(watch) is None
    assert worker.check(watch).why == "first_look"
    pace = HostPace.objects.get(host=name)
    assert pace.free_at > began + timedelta(seconds=1)
    assert pace.held_until is None


def test_what_one_address_said_of_itself_is_not_held_against_another(
    site, worker, project, reviewer
):
    site.answers("/robots.txt", FREELY)
    site.shows(WORDS, path="/landed")
    watch = watched(project, reviewer, site.answers("/moved", to(site.server.url("/landed"))))
    assert worker.check(watch).why == "first_look"

    def other(server, _path):
        is_known = b'If-None-Match: "v1"' in server.asked[-1]
        words = WORDS.replace("More than 2,000", "About 1,900").encode()
        yield page(b"", 304) if is_known else page(words, 200, 'ETag: "v1"', kind="text/plain")

    site.server.on_call("/moved", other)
    assert worker.check(watch).outcome == "changed"
    # What it says of itself now holds for itself.
    check = worker.check(watch)
    assert (check.outcome, check.capture.status) == ("unchanged", 304)


@pytest.fixture
def late(site, project, reviewer):
    """A turn whose lease ran out before its job began."""
    watch = watched(project, reviewer, site.server.url("/tolls"))
    turn = due(watch)
    past = timezone.now() - timedelta(seconds=1)
    WatchTurn.objects.filter(watch=watch).update(leased_until=past)
    HostPace.objects.update(free_at=past)
    known(watch.turn.host)
    return watch, turn


def test_a_job_that_comes_late_leaves_a_server_to_a_look_that_was_led_there(late, border):
    watch, turn = late
    with polite(border, "one.test") as paced:
        paced.before_leaving(watch.url)
        assert turn_take(*turn) is None
    assert turn_take(*turn) is not None


@pytest.mark.django_db(transaction=True)
def test_a_late_job_waits_to_know_who_has_the_server(late, border):
    watch, turn = late
    is_held = Event()

    def lead():
        try:
            with polite(border, "one.test") as paced:
                with transaction.atomic():
                    paced.before_leaving(watch.url)
                    is_held.set()
                    time.sleep(0.5)
                return time.sleep(0.5)
        finally:
            connection.close()

    def take():
        try:
            is_held.wait(5)
            return turn_take(*turn)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        led, taken = pool.submit(lead), pool.submit(take)
        assert taken.result() is None
        led.result()


def test_a_turn_that_was_put_off_is_nobodys_until_it_is_handed_out_again(late):
    _watch, turn = late
    WatchTurn.objects.update(leased_until=None, next_at=timezone.now() + timedelta(minutes=1))
    assert turn_take(*turn) is None
