"""Redirects that lead to another server: asked as politely, and as its own robots.txt allows."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from annotations.captures.failures import FailureCode, FetchFailed
from annotations.captures.fetching import Border
from annotations.lib.urls import canonical_url
from annotations.lifecycle.watches.hosts import (
    gap_of,
    host_key,
    host_pace,
    robots_allow,
    robots_are_stale,
    robots_read,
)
from annotations.lifecycle.watches.models import HostPace

# A step waits so long for another server within its fetch; for longer, the check is put off.
PATIENCE = timedelta(seconds=12)


class HostBusy(Exception):
    """The server that a redirect leads to is not to be asked before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(str(until))
        self.until = until


def polite(border: Border | None) -> Border:
    """Return the border with its redirects to other servers paced, and read robots.txt for."""
    base = border or Border.of_settings()

    def before_leaving(url: str) -> None:
        _wait_for_turn(url, base)

    return replace(base, before_leaving=before_leaving)


def _wait_for_turn(url: str, border: Border) -> None:
    """Wait until the server may be asked. Raises HostBusy where that takes long, and FetchFailed
    (robots) where it wants no program there, or cannot say.
    """
    canonical = canonical_url(url)
    host = host_key(canonical)
    pace = host_pace(host)
    if robots_are_stale(pace, timezone.now()):
        _wait(host)
        pace = robots_read(host, canonical, border=border).pace
    if pace.is_closed or not robots_allow(pace, url):
        raise FetchFailed(FailureCode.ROBOTS, url)
    _wait(host)


def _wait(host: str) -> None:
    """Take the server's next free moment and wait for it. Raises HostBusy."""
    with transaction.atomic():
        pace = HostPace.objects.select_for_update().get(host=host)
        now = timezone.now()
        moment = max(now, pace.free_at)
        if moment - now > PATIENCE:
            raise HostBusy(pace.free_at)
        pace.free_at = moment + gap_of(pace)
        pace.save(update_fields=["free_at"])
    time.sleep((moment - now).total_seconds())
