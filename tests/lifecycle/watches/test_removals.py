"""Pages that are gone, cannot be read, or come back: what is suspected, proven and recorded."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations.captures.models import Capture
from annotations.lifecycle.choices import Standing
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.watches.models import HostPace, WatchTurn
from annotations.notifications.models import Notification
from tests.captures import pages
from tests.captures.server import page
from tests.lifecycle.watches.conftest import WORDS
from tests.material import make_capture, make_event

pytestmark = pytest.mark.django_db


def told(person):
    return Notification.objects.filter(recipient=person, kind="watched_changed").count()


def looked_away(watch, project, reviewer, hours):
    """Good before, and gone with a control so many hours ago, as captures of the address."""
    now = timezone.now()
    url, front = watch.canonical_url, watch.canonical_url.replace("/tolls", "/other")
    for ago, body, status, where in (
        (hours + 1, WORDS, 200, url),
        (hours, "", 404, url),
        (hours, WORDS, 200, front),
    ):
        make_capture(
            project,
            reviewer,
            url=where,
            body=body.encode(),
            status=status,
            at=now - timedelta(hours=ago),
        )
    good = Capture.objects.of_address(project, url).good().first()
    began = now - timedelta(hours=hours)
    WatchTurn.objects.filter(watch=watch).update(good=good, away_at=began, gone_at=began)


def test_a_page_that_is_gone_is_suspected_with_another_page_beside_it(
    watch_of_statement, worker, site, reviewer
):
    worker.check(watch_of_statement)
    site.shows("Not here", status=404)
    check = worker.check(watch_of_statement)
    assert check.outcome == "suspected_removal"
    assert check.control.canonical_url == site.server.url("/")
    assert check.event is None
    assert told(reviewer) == 1
    turn = WatchTurn.objects.get(watch=watch_of_statement)
    assert timedelta(hours=5) < turn.next_at - timezone.now() < timedelta(hours=7)
    worker.check(watch_of_statement)
    assert Notification.objects.get(recipient=reviewer).times == 1


def test_a_site_that_is_unwell_as_a_whole_suspects_nothing(watch_of_statement, worker, site):
    worker.check(watch_of_statement)
    site.shows("Not here", status=404)
    site.shows("", path="/", status=500)
    check = worker.check(watch_of_statement)
    assert (check.outcome, check.why) == ("unavailable", "control")


def test_copies_of_the_site_at_an_archive_are_no_pages_of_it(
    watch_of_statement, worker, site, project, reviewer
):
    """They hold its address in theirs, and there are more of them than are looked through."""
    worker.check(watch_of_statement)
    other = site.server.url("/other")
    make_capture(project, reviewer, url=other, body=WORDS.encode())
    for n in range(51):
        make_capture(project, reviewer, url=f"http://archive.example/{n}/{other}")
    site.shows("Not here", status=404)
    site.shows("", path="/", status=500)
    site.shows(WORDS, path="/other")
    check = worker.check(watch_of_statement)
    assert (check.outcome, check.control.canonical_url) == ("suspected_removal", other)


def test_a_removal_is_proven_by_rule_and_recorded_once(
    watch_of_statement, worker, site, project, reviewer
):
    looked_away(watch_of_statement, project, reviewer, 25)
    site.shows("Not here", status=410)
    check = worker.check(watch_of_statement)
    event = check.event
    assert (event.type, event.self_observed, event.happened_basis) == (
        "unpublished",
        True,
        "observed",
    )
    assert event.created_by.is_system
    assert event.assessments.get().standing == Standing.PROVEN
    assert "/" in event.happened
    assert {one.place for one in event.captures.all()} == {"before", "after", "control"}
    subject = watch_of_statement.subject
    subject.refresh_from_db()
    assert subject.state == "removed"
    again = worker.check(watch_of_statement)
    assert (again.outcome, again.event) == ("suspected_removal", None)
    assert LifecycleEvent.objects.count() == 1


def test_a_removal_that_a_person_recorded_is_the_one_that_is_proven(
    watch_of_statement, worker, site, project, reviewer
):
    known = make_event(watch_of_statement.subject, reviewer)
    looked_away(watch_of_statement, project, reviewer, 25)
    site.shows("Not here", status=404)
    assert worker.check(watch_of_statement).event == known
    standings = known.assessments.order_by("id").values_list("standing", flat=True)
    assert list(standings) == ["reported", "proven"]
    assert LifecycleEvent.objects.count() == 1


def test_a_notice_of_removal_says_what_kind_it_was(
    watch_of_statement, worker, site, project, reviewer
):
    looked_away(watch_of_statement, project, reviewer, 25)
    site.shows(pages.short("Gone", "This article has been removed."), html=True)
    check = worker.check(watch_of_statement)
    assert check.capture.quality_kind == "tombstone"
    assert check.event.type == check.capture.quality.removal


def test_what_was_gone_and_is_back_is_recorded_as_restored(
    watch_of_statement, worker, site, project, reviewer
):
    looked_away(watch_of_statement, project, reviewer, 25)
    site.shows("Not here", status=404)
    removal = worker.check(watch_of_statement).event
    site.shows(WORDS)
    check = worker.check(watch_of_statement)
    assert check.outcome == "returned"
    assert check.event.type == "restored"
    watch_of_statement.subject.refresh_from_db()
    assert watch_of_statement.subject.state == "restored"
    assert removal.assessments.count() == 1
    # One thing that is told twice is counted up.
    assert Notification.objects.get(recipient=reviewer).times == 2
    assert worker.check(watch_of_statement).outcome == "unchanged"


def test_what_is_back_with_other_words_is_restored_changed(
    watch_of_statement, worker, site, project, reviewer
):
    looked_away(watch_of_statement, project, reviewer, 25)
    site.shows("Not here", status=404)
    worker.check(watch_of_statement)
    site.shows(WORDS.replace("2,000", "1,900"))
    assert worker.check(watch_of_statement).event.type == "restored_changed"


def test_a_page_that_comes_and_goes_is_unavailable_and_nobody_knows_why(
    watch_of_statement, worker, site, reviewer
):
    for _time in range(3):
        site.shows(WORDS)
        worker.check(watch_of_statement)
        site.shows("Not here", status=404)
        check = worker.check(watch_of_statement)
    assert (check.outcome, check.why) == ("unavailable", "flapping")
    assert (check.event.type, check.event.assessments.get().standing) == (
        "unavailable_unknown",
        "reported",
    )
    site.shows(WORDS)
    assert worker.check(watch_of_statement).event.type == "restored"
    # Once in a week is enough.
    site.shows("Not here", status=404)
    assert worker.check(watch_of_statement).event is None
    site.shows(WORDS)
    assert worker.check(watch_of_statement).event is None
    types = LifecycleEvent.objects.order_by("id").values_list("type", flat=True)
    assert list(types) == ["unavailable_unknown", "restored"]


def test_a_suspicion_is_told_once_whatever_comes_between(
    watch_of_statement, worker, site, reviewer
):
    worker.check(watch_of_statement)
    for _time in range(2):
        site.shows("Not here", status=404)
        assert worker.check(watch_of_statement).outcome == "suspected_removal"
        site.shows(pages.CONSENTS["english"], html=True)
        assert worker.check(watch_of_statement).why == "consent_wall"
    assert Notification.objects.get(recipient=reviewer).times == 1


@pytest.mark.parametrize("status", [429, 403, 503])
def test_a_page_that_throttles_or_blocks_us_for_a_day_is_unavailable(
    status, watch_of_statement, worker, site
):
    worker.check(watch_of_statement)
    site.answers("/tolls", page(b"", status))
    assert worker.check(watch_of_statement).event is None
    long_ago = timezone.now() - timedelta(hours=25)
    WatchTurn.objects.filter(watch=watch_of_statement).update(away_at=long_ago)
    assert worker.check(watch_of_statement).event.type == "unavailable_unknown"


def test_a_page_that_cannot_be_read_for_a_day_is_unavailable_once(
    watch_of_statement, worker, site, reviewer
):
    worker.check(watch_of_statement)
    site.answers("/tolls", page(b"", 500))
    check = worker.check(watch_of_statement)
    assert (check.outcome, check.why, check.event) == ("unavailable", "server_error", None)
    long_ago = timezone.now() - timedelta(hours=25)
    WatchTurn.objects.filter(watch=watch_of_statement).update(away_at=long_ago)
    event = worker.check(watch_of_statement).event
    assert event.type == "unavailable_unknown"
    assert event.assessments.get().standing == Standing.REPORTED
    assert worker.check(watch_of_statement).event is None
    assert LifecycleEvent.objects.count() == 1
    assert told(reviewer) == 1


def test_a_host_that_is_down_for_a_day_is_unavailable_too(watch_of_statement, worker, site):
    worker.check(watch_of_statement)
    site.answers("/robots.txt", b"")
    HostPace.objects.update(robots_until=timezone.now())
    check = worker.check(watch_of_statement)
    assert (check.outcome, check.why, check.capture) == ("unavailable", "unreachable", None)
    long_ago = timezone.now() - timedelta(hours=25)
    WatchTurn.objects.filter(watch=watch_of_statement).update(away_at=long_ago)
    HostPace.objects.update(robots_until=timezone.now())
    assert worker.check(watch_of_statement).event.type == "unavailable_unknown"


def test_a_question_about_cookies_is_no_removal_however_long(watch_of_statement, worker, site):
    worker.check(watch_of_statement)
    site.shows(pages.CONSENTS["english"], html=True)
    worker.check(watch_of_statement)
    long_ago = timezone.now() - timedelta(hours=25)
    WatchTurn.objects.filter(watch=watch_of_statement).update(away_at=long_ago)
    check = worker.check(watch_of_statement)
    assert (check.outcome, check.why, check.event) == ("unavailable", "consent_wall", None)


def test_a_page_is_said_to_be_gone_only_where_that_is_suspected_or_recorded(
    watch_of_statement, worker, site, project, reviewer, client_for
):
    address = reverse("watch-detail", args=[project.slug, watch_of_statement.uid])

    def shown():
        return client_for(reviewer).get(address).content.decode()

    worker.check(watch_of_statement)
    for path in ("/tolls", "/", "/other"):
        site.answers(path, page(b"Not found", 404))
    assert worker.check(watch_of_statement).why == "control"
    assert "Not found since" in shown()
    assert "whether it was removed is not known" in shown()
    assert "Gone since" not in shown()
    site.shows(path="/")
    assert worker.check(watch_of_statement).outcome == "suspected_removal"
    assert "Gone since" in shown()
    site.answers("/tolls", page(b"busy", 503))
    worker.check(watch_of_statement)
    assert "Gone since" not in shown()
    event = make_event(watch_of_statement.statement, reviewer, type="unpublished")
    WatchTurn.objects.update(event=event)
    assert "Gone since" in shown()
