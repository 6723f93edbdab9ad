"""Checks that were left lying, moved away under, or kept from the page by its site."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.articles.capturing import page_capture
from annotations.lifecycle.watches.checking import check_step
from annotations.lifecycle.watches.models import HostPace, WatchTurn
from annotations.lifecycle.watches.reading import check_lines
from annotations.lifecycle.watches.services import watch_pause, watch_resume
from annotations.lifecycle.watches.turns import hand_out_later, turn_take, turns_hand_out
from annotations.models import LifecycleEvent
from annotations.statements.services import statement_update
from tests.captures.server import page
from tests.material import make_check, make_statement

pytestmark = pytest.mark.django_db


def test_what_was_fetched_already_does_not_wait_for_a_resting_host(
    watch_of_statement, worker, border, project, reviewer, site
):
    HostPace.objects.update(robots_until=timezone.now() + timedelta(days=1))
    ((turn_id, check_uid),) = turns_hand_out()
    turn = turn_take(turn_id, check_uid)
    page_capture(
        actor=reviewer, project=project, url=watch_of_statement.url, uid=turn.capture_uid,
        border=border,
    )  # fmt: skip
    # Its worker is killed here, and the host wants to be left alone for hours.
    past = timezone.now() - timedelta(seconds=1)
    WatchTurn.objects.filter(pk=turn_id).update(leased_until=past)
    HostPace.objects.update(free_at=timezone.now() + timedelta(hours=5))
    asked = site.asked("/tolls")
    ((again, same_check),) = turns_hand_out()
    assert (again, same_check) == (turn_id, check_uid)
    check_step(turn_id=again, check_uid=str(same_check), border=border)
    assert watch_of_statement.checks.get().capture.uid == turn.capture_uid
    assert site.asked("/tolls") == asked


def killed(free_in):
    """Hand out a turn, take it and kill its worker; the host is free again after a time."""
    ((turn_id, check_uid),) = turns_hand_out()
    turn = turn_take(turn_id, check_uid)
    past = timezone.now() - timedelta(seconds=1)
    WatchTurn.objects.filter(pk=turn_id).update(leased_until=past)
    HostPace.objects.update(free_at=timezone.now() + free_in)
    return turn


def test_what_may_have_to_ask_waits_for_its_host(
    watch_of_statement, django_capture_on_commit_callbacks
):
    turn = killed(timedelta(seconds=10))
    assert turns_hand_out() == []
    with django_capture_on_commit_callbacks() as queued:
        hand_out_later(timezone.now())
    assert len(queued) == 1
    HostPace.objects.update(free_at=timezone.now())
    assert turns_hand_out() == [(turn.pk, turn.check_uid)]


def test_a_killed_check_fails_rather_than_wait_long_for_its_host(
    watch_of_statement, worker, site, django_capture_on_commit_callbacks
):
    killed(timedelta(minutes=2))
    worker.work()
    check = watch_of_statement.checks.get()
    assert (check.outcome, check.why, check.capture) == ("failed", "stopped", None)
    assert site.asked("/tolls") == 0
    with django_capture_on_commit_callbacks() as queued:
        hand_out_later(timezone.now())
    assert queued == []


def test_what_nobody_took_up_is_handed_out_again_at_once(watch_of_statement):
    handed = turns_hand_out()
    WatchTurn.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    HostPace.objects.update(free_at=timezone.now() + timedelta(minutes=2))
    assert turns_hand_out() == handed


def test_an_absence_is_not_controlled_where_a_killed_check_would_wait_long_for_it(
    watch_of_statement, worker, site
):
    worker.check(watch_of_statement)
    site.shows("Not here", status=404)
    WatchTurn.objects.update(next_at=timezone.now())
    HostPace.objects.update(free_at=timezone.now(), delay=120)
    killed(timedelta(0))
    worker.work()
    check = watch_of_statement.checks.first()
    assert (check.outcome, check.why, check.control) == ("unavailable", "control", None)


def test_a_watch_that_moves_during_a_check_begins_anew(watch_of_statement, reviewer):
    ((turn_id, check_uid),) = turns_hand_out()
    watch_pause(actor=reviewer, watch=watch_of_statement, reason="It moves.")
    said = watch_of_statement.statement
    said.refresh_from_db()
    statement_update(
        actor=reviewer, statement=said, revision=said.revision, url="https://elsewhere.example/a"
    )
    watch_of_statement.refresh_from_db()
    watch_resume(actor=reviewer, watch=watch_of_statement)
    turn = WatchTurn.objects.get(pk=turn_id)
    assert (turn.host, turn.check_uid, turn.is_under_way) == ("elsewhere.example", None, False)
    assert turn_take(turn_id, check_uid) is None


def test_a_site_that_cannot_say_what_may_be_fetched_is_away_after_a_day(
    watch_of_statement, worker, site
):
    worker.check(watch_of_statement)
    site.answers("/robots.txt", page(b"busy", 503))
    HostPace.objects.update(robots="", robots_until=None, robots_read_at=None)
    assert worker.check(watch_of_statement).why == "no_robots"
    turn = WatchTurn.objects.get(watch=watch_of_statement)
    assert turn.away_at is not None
    WatchTurn.objects.update(away_at=turn.away_at - timedelta(hours=25))
    HostPace.objects.update(robots_until=None)
    worker.check(watch_of_statement)
    assert LifecycleEvent.objects.get().type == "unavailable_unknown"


def test_a_check_that_fails_again_and_again_is_made_ever_less_often(watch_of_statement, border):
    times = []
    for _check in range(3):
        for _attempt in range(4):
            HostPace.objects.update(free_at=timezone.now())
            WatchTurn.objects.update(next_at=timezone.now())
            ((turn_id, uid),) = turns_hand_out()
            try:
                check_step(
                    turn_id=turn_id, check_uid=str(uid), border=None if _attempt == 3 else "no"
                )
            except TypeError:
                continue
        times.append(WatchTurn.objects.get().next_at - timezone.now())
    assert times[0] < times[1] < times[2]


def test_words_of_a_capture_that_may_not_be_seen_are_not_shown(
    watch_of_statement, reader, reviewer, project, client_for
):
    check = make_check(watch_of_statement)
    address = f"/p/{project.slug}/watches/{watch_of_statement.uid}/"
    assert "1,900" in client_for(reader).get(address).content.decode()
    make_statement(project, reviewer, url=watch_of_statement.url, confidential=True)
    assert check_lines(watch_of_statement, [check], reader)[0].capture is None
    assert "1,900" not in client_for(reader).get(address).content.decode()
    assert "1,900" in client_for(reviewer).get(address).content.decode()
