"""Redirects that lead to another server: asked as politely, and as its own robots.txt allows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from annotations.captures.failures import FailureCode, FetchFailed
from annotations.captures.fetching import MOST_SECONDS, Border
from annotations.lifecycle.watches.hosts import (
    gap_of,
    host_is_in_hand,
    host_key,
    host_lock,
    host_pace,
    robots_allow,
    robots_are_stale,
    robots_read,
)
from annotations.lifecycle.watches.models import HostPace

# What has to be left alone for longer is not asked; and so long a look waits in all.
PATIENCE, MOST_WAITING = timedelta(seconds=12), timedelta(seconds=60)
# Nobody else asks the server meanwhile; over by itself, should the worker be killed.
HOLD = timedelta(seconds=MOST_SECONDS + 5)
# How often is looked whether a check of that server has ended, in seconds.
STRIDE = 0.25
ROBOTS_PATH = "/robots.txt"


@contextmanager
def polite(border: Border | None, host: str) -> Iterator[Border]:
    """Give a border that paces redirects away from `host`, for one look at a page."""
    look = _Look(border or Border.of_settings(), asked={host})
    try:
        yield replace(look.border, before_leaving=look.before_leaving)
    finally:
        for name, until in look.held.items():
            # What ran out meanwhile may be another look's by now.
            HostPace.objects.filter(host=name, held_until=until).update(held_until=None)


@dataclass
class _Look:
    """A look at a page under way: which servers it has asked for it, and holds against others, each
    until when.
    """

    border: Border
    asked: set[str]
    held: dict[str, datetime] = field(default_factory=dict)
    waited: timedelta = timedelta()

    def before_leaving(self, url: str) -> float:
        """Wait until the server may be asked; return the seconds that took, robots.txt included.

        `url` is the address as it is asked for: host and port are in their one form. Raises
        FetchFailed: `robots` where it wants no program there, `left_alone` where it cannot be asked
        now.
        """
        if urlsplit(url).path == ROBOTS_PATH:
            return self.before_robots(url)
        began = time.monotonic()
        host = host_key(url)
        pace = host_pace(host)
        if host in self.asked:
            # The same look comes back: to start anew each time would ask for ever and get nowhere.
            self._sleep(timedelta(seconds=settings.WATCH_HOST_GAP), url)
        else:
            if robots_are_stale(pace, timezone.now()):
                self._wait(host, url)
                border = replace(self.border, before_leaving=self.before_robots)
                pace = robots_read(host, url, border=border).pace
            if pace.is_closed:
                raise FetchFailed(FailureCode.LEFT_ALONE, url)
        if not robots_allow(pace, url):
            raise FetchFailed(FailureCode.ROBOTS, url)
        if host not in self.asked:
            self._wait(host, url)
            self.asked.add(host)
        return time.monotonic() - began

    def before_robots(self, url: str) -> float:
        """Wait until the server may be asked for a robots.txt, which anybody may read (RFC 9309
        section 2.2.2); return the seconds that took. Raises FetchFailed (`left_alone`).
        """
        began = time.monotonic()
        host = host_key(url)
        if host in self.asked:
            self._sleep(timedelta(seconds=settings.WATCH_HOST_GAP), url)
        else:
            self._wait(host, url)
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
            pace = host_lock(host)
            now = timezone.now()
            own = self.held.get(host)
            is_held = own is not None and own == pace.held_until and own > now
            if not is_held and host_is_in_hand(pace):
                return None
            moment = max(now, pace.free_at)
            if self._may_wait(moment - now):
                pace.free_at, pace.held_until = moment + gap_of(pace), moment + HOLD
                pace.save(update_fields=["free_at", "held_until"])
                self.held[host] = pace.held_until
        return moment - now

    def _may_wait(self, wait: timedelta) -> bool:
        return wait <= PATIENCE and self.waited + wait <= MOST_WAITING

    def _sleep(self, wait: timedelta, url: str) -> None:
        if not self._may_wait(wait):
            raise FetchFailed(FailureCode.LEFT_ALONE, url)
        self.waited += wait
        time.sleep(wait.total_seconds())
