"""Redirects to another server: as polite to that one, and by its own robots.txt."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.lifecycle.watches.models import HostPace, WatchTurn
from annotations.lifecycle.watches.services import watch_start
from tests.captures.server import page, to
from tests.lifecycle.watches.conftest import WORDS
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


def test_a_server_that_is_to_be_left_alone_puts_the_check_off(elsewhere, worker, site):
    watch, other = elsewhere
    robots(site, FREELY)
    worker.check(watch)
    later = timezone.now() + timedelta(minutes=3)
    site.server.asked.clear()

    def busy():
        WatchTurn.objects.filter(watch=watch).update(next_at=timezone.now())
        HostPace.objects.exclude(host=other).update(free_at=timezone.now())
        HostPace.objects.filter(host=other).update(free_at=later)
        worker.work()

    busy()
    assert watch.checks.count() == 1
    turn = WatchTurn.objects.get(watch=watch)
    assert (turn.is_under_way, turn.next_at) == (True, later)
    assert site.asked("/landed") == 0
    worker.check(watch)
    assert watch.checks.count() == 2


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
