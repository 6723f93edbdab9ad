"""What was kept when a worker was killed: taken up as it is, and noted as it was."""

import time
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from annotations.lifecycle.watches import leases
from annotations.lifecycle.watches.checking import check_step
from annotations.lifecycle.watches.models import HostPace, WatchTurn
from annotations.lifecycle.watches.services import watch_pause
from annotations.projects.models import Project
from tests.captures.server import page
from tests.lifecycle.watches.conftest import due, killed_once_kept

pytestmark = pytest.mark.django_db


def test_what_a_server_asked_for_is_noted_though_the_worker_was_killed(
    watch_of_statement, worker, site, border
):
    worker.check(watch_of_statement)
    site.shows("", status=429, headers=("Retry-After: 3600",))
    killed_once_kept(watch_of_statement, border)
    worker.work()
    check = watch_of_statement.checks.first()
    assert check.why == "throttled"
    assert HostPace.objects.get().free_at >= check.capture.taken_at + timedelta(hours=1)


def test_what_was_kept_stays_with_its_check_whatever_robots_say_by_now(
    watch_of_statement, worker, site, border
):
    worker.check(watch_of_statement)
    killed_once_kept(watch_of_statement, border)
    HostPace.objects.update(robots_until=timezone.now())
    site.answers("/robots.txt", page(b"", 503))
    worker.work()
    check = watch_of_statement.checks.first()
    assert (check.outcome, check.capture is None) == ("unchanged", False)


def test_a_paused_watch_stays_paused_whatever_becomes_of_its_check(
    watch_of_statement, worker, project, reviewer
):
    worker.check(watch_of_statement)
    turn_id, uid = due(watch_of_statement)
    watch_of_statement.refresh_from_db()
    watch_pause(actor=reviewer, watch=watch_of_statement, reason="Enough")
    Project.objects.filter(pk=project.pk).update(archived_at=timezone.now())
    check_step(turn_id=turn_id, check_uid=str(uid), border=worker.border)
    turn = WatchTurn.objects.get()
    assert (turn.is_under_way, turn.next_at) == (False, None)


def test_a_lease_outlives_an_error_of_the_database(monkeypatch):
    calls = []

    def renew(_turn):
        calls.append(1)
        if len(calls) == 1:
            raise OperationalError("gone")
        return True

    monkeypatch.setattr(leases, "turn_renew", renew)
    monkeypatch.setattr(leases, "SECONDS", 0.05)
    with leases.held(None):
        time.sleep(0.5)
    assert len(calls) > 1
