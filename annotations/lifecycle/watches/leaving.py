"""Redirects that lead to another server: asked as politely, and as its own robots.txt allows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from annotations.captures.failures import FailureCode, FetchFailed
from annotations.captures.fetching import MOST_SECONDS, Border
from annotations.lib.urls import canonical_url
from annotations.lifecycle.watches.hosts import (
    gap_of,
    host_key,
    host_pace,
    robots_allow,
    robots_are_stale,
    robots_read,
)
from annotations.lifecycle.watches.models import HostPace, WatchTurn

# What has to be left alone for longer is not asked; and so long a look waits in all.
PATIENCE, MOST_WAITING = timedelta(seconds=12), timedelta(seconds=60)
# Nobody else asks the server meanwhile; over by itself, should the worker be killed.
HOLD = timedelta(seconds=MOST_SECONDS + 5)
# How often is looked whether a check of that server has ended, in seconds.
STRIDE = 0.25


@contextmanager
def polite(border: Border | None, host: str) -> Iterator[Border]:
    """Give a border that paces redirects away from `host`, for one look at a page."""
    look = _Look(border or Border.of_settings(), asked={host})
    try:
        yield replace(look.border, before_leaving=look.before_leaving)
    finally:
        HostPace.objects.filter(host__in=look.held).update(held_until=None)


@dataclass
class _Look:
    """A look at a page under way: which servers it has asked, and holds against others."""

    border: Border
    asked: set[str]
    held: set[str] = field(default_factory=set)
    waited: timedelta = timedelta()

    def before_leaving(self, url: str) -> float:
        """Wait until the server may be asked; return the seconds that took, robots.txt included.

        Raises FetchFailed: `robots` where it wants no program there, `left_alone` where it cannot
        be asked now.
        """
        began = time.monotonic()
        canonical = canonical_url(url)
        host = host_key(canonical)
        pace = host_pace(host)
        if host in self.asked:
            # The same look comes back: to start anew each time would ask for ever and get nowhere.
            self._sleep(timedelta(seconds=settings.WATCH_HOST_GAP), url)
        else:
            if robots_are_stale(pace, timezone.now()):
                self._wait(host, url)
                pace = robots_read(host, canonical, border=self.border).pace
            if pace.is_closed:
                raise FetchFailed(FailureCode.LEFT_ALONE, url)
        if not robots_allow(pace, url):
            raise FetchFailed(FailureCode.ROBOTS, url)
        if host not in self.asked:
            self._wait(host, url)
            self.asked.add(host)
        return time.monotonic() - began

    def _wait(self, host: str, url: str) -> None:
        """Take the server's next free moment, hold it against others, and wait for the moment."""
        since = self.waited
        while (wait := self._take(host)) is None:
            if self.waited - since > PATIENCE:
                raise FetchFailed(FailureCode.LEFT_ALONE, url)
            self._sleep(timedelta(seconds=STRIDE), url)
        self._sleep(wait, url)

    def _take(self, host: str) -> timedelta | None:
        """Return how long to wait for the moment taken; None where somebody is asking just now."""
        with transaction.atomic():
            pace = HostPace.objects.select_for_update().get(host=host)
            now = timezone.now()
            if host not in self.held and _is_in_hand(pace):
                return None
            moment = max(now, pace.free_at)
            if self._may_wait(moment - now):
                pace.free_at, pace.held_until = moment + gap_of(pace), moment + HOLD
                pace.save(update_fields=["free_at", "held_until"])
                self.held.add(host)
        return moment - now

    def _may_wait(self, wait: timedelta) -> bool:
        return wait <= PATIENCE and self.waited + wait <= MOST_WAITING

    def _sleep(self, wait: timedelta, url: str) -> None:
        if not self._may_wait(wait):
            raise FetchFailed(FailureCode.LEFT_ALONE, url)
        self.waited += wait
        time.sleep(wait.total_seconds())


def _is_in_hand(pace: HostPace) -> bool:
    """Say whether a check of the server, or a look that was led there, is under way."""
    now = timezone.now()
    if pace.held_until is not None and pace.held_until > now:
        return True
    return WatchTurn.objects.filter(host=pace.host, leased_until__gt=now).exists()
