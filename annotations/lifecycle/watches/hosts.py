"""How a server is asked: one request at a time, with a gap, as its robots.txt allows.

robots.txt is read as RFC 9309 says: 4xx means that everything may be fetched, and a server that
cannot answer is left alone until it can.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from protego import Protego

from annotations.captures.answers import Fetch
from annotations.captures.failures import FailureCode
from annotations.captures.fetching import Border, fetch
from annotations.captures.models import Capture
from annotations.captures.quality import PageKind
from annotations.lifecycle.pacing import rest_of
from annotations.lifecycle.watches.models import HostPace, WatchTurn

# RFC 9309 section 2.4: no longer than a day.
ROBOTS_HOLD = timedelta(days=1)
# After which a server that could not say is asked again.
ROBOTS_AGAIN = timedelta(hours=1)
# Section 2.3.1.4: what was read before holds while the server cannot answer, so long at most.
ROBOTS_OUTLAST = timedelta(days=30)
# Section 2.5: at least 500 KiB have to be read, and the rest may be left.
MOST_ROBOTS = 500 * 1024
# Of a Crawl-delay, which no standard knows; a longer one would keep everybody else waiting.
LONGEST_DELAY = 120.0
_NEVER_ASKED = (FailureCode.BAD_ADDRESS, FailureCode.ADDRESS_REFUSED)
# A redirect that was not followed: what it leads to was not asked.
_NOT_FOLLOWED = (FailureCode.ROBOTS, FailureCode.LEFT_ALONE)
# What says that the server itself is unwell, not only the page.
_UNWELL = (PageKind.THROTTLED, PageKind.UNREACHABLE)


def host_key(canonical: str) -> str:
    """Return what is asked politely: the host, with the port where it is not the usual one."""
    return urlsplit(canonical).netloc


def host_pace(host: str) -> HostPace:
    """Return how a host is asked; a host nobody has asked yet is free."""
    return HostPace.objects.get_or_create(host=host)[0]


def host_lock(host: str) -> HostPace:
    """Lock how a host is asked until the transaction ends, before any turn, and return it.

    One that was let go of meanwhile (tidying.py) is made anew, and stays as long as it is locked.
    """
    rows = HostPace.objects.select_for_update().filter(host=host)
    while (pace := rows.first()) is None:
        host_pace(host)
    return pace


def host_is_in_hand(pace: HostPace) -> bool:
    """Say whether a check of the host, or a look that was led there, is under way."""
    now = timezone.now()
    if pace.held_until is not None and pace.held_until > now:
        return True
    return WatchTurn.objects.filter(host=pace.host, leased_until__gt=now).exists()


def host_asked(
    host: str, *, is_unwell: bool, retry_after: int | None, now: datetime | None = None
) -> HostPace:
    """Note that a host was asked: free again after the gap, or when it wants to be.

    One that throttles us or cannot be reached is left alone for what it asks, in seconds, or ever
    longer; for all its watches.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        pace = host_lock(host)
        pace.refusals = pace.refusals + 1 if is_unwell else 0
        gap = gap_of(pace)
        asked = timedelta(seconds=retry_after or 0)
        rest = rest_of(pace.refusals, asked) if is_unwell else gap
        # Redirects ask a host beside its own turn: what it asked for meanwhile is not forgotten.
        pace.free_at = max(pace.free_at, moment + max(gap, rest))
        pace.save(update_fields=["refusals", "free_at"])
    return pace


def gap_of(pace: HostPace) -> timedelta:
    """Return how long a host is left alone between two requests."""
    return timedelta(seconds=max(settings.WATCH_HOST_GAP, pace.delay or 0))


def host_asked_for(host: str, capture: Capture, *, at: datetime | None = None) -> HostPace:
    """Note that a host was asked for a page, now or `at` a time, and how it answered; return how it
    is asked from now on.

    Where a redirect led to another one, that is the one that may be unwell. One that was not asked
    at all is not.
    """
    is_unwell = capture.quality.kind in _UNWELL and capture.failure not in _NOT_FOLLOWED
    last = host_key(capture.final_canonical_url or capture.canonical_url)
    if last != host and HostPace.objects.filter(host=last).exists():
        host_asked(last, is_unwell=is_unwell, retry_after=capture.retry_after, now=at)
        return host_asked(host, is_unwell=False, retry_after=None, now=at)
    return host_asked(host, is_unwell=is_unwell, retry_after=capture.retry_after, now=at)


def robots_are_stale(pace: HostPace, now: datetime) -> bool:
    """Say whether the host's robots.txt has to be read before anything is fetched."""
    return pace.robots_until is None or pace.robots_until <= now


def robots_allow(pace: HostPace, url: str) -> bool:
    """Say whether the host lets this program fetch the address."""
    return bool(Protego.parse(pace.robots).can_fetch(url, _agent()))


@dataclass(frozen=True, slots=True)
class RobotsRead:
    """How a host is asked from now on, and whether it could not be reached at all."""

    pace: HostPace
    is_unreachable: bool


def robots_read(host: str, url: str, *, border: Border | None = None) -> RobotsRead:
    """Read the robots.txt that holds for an address and note what it says; one request.

    An address that is never connected to has none: asking for the page says why.
    """
    scheme = urlsplit(url).scheme
    brought = fetch(f"{scheme}://{host}/robots.txt", border=border)
    status = brought.status or 0
    failure = brought.failure.code if brought.failure else None
    could_answer = failure in _NEVER_ASKED or (failure is None and status < 500 and status != 429)
    _note_robots(host, _text(brought) if 200 <= status < 300 else "", is_said=could_answer)
    # The host itself is well where its answer led to another one that was not asked.
    is_well = could_answer or failure in _NOT_FOLLOWED
    pace = host_asked(host, is_unwell=not is_well, retry_after=brought.retry_after)
    return RobotsRead(pace, is_unreachable=failure is not None and not is_well)


def _note_robots(host: str, robots: str, *, is_said: bool) -> None:
    """Note what a robots.txt says, or that the host could not say it."""
    now = timezone.now()
    with transaction.atomic():
        pace = host_lock(host)
        if is_said:
            pace.robots, pace.is_closed = robots, False
            pace.robots_read_at, pace.robots_until = now, now + ROBOTS_HOLD
        else:
            # "" was read once too: that everything may be fetched.
            read_at = pace.robots_read_at
            pace.is_closed = read_at is None or now - read_at > ROBOTS_OUTLAST
            pace.robots_until = now + ROBOTS_AGAIN
        pace.delay = _delay(pace.robots)
        pace.save(update_fields=["robots", "robots_read_at", "robots_until", "is_closed", "delay"])


def _text(brought: Fetch) -> str:
    # PostgreSQL keeps no NUL.
    return brought.body[:MOST_ROBOTS].decode("utf-8", "replace").replace("\0", "")


def _delay(robots: str) -> float | None:
    found = Protego.parse(robots).crawl_delay(_agent())
    return None if found is None else min(max(float(found), 0.0), LONGEST_DELAY)


def _agent() -> str:
    """Return the name by which robots.txt knows us: what stands before the version."""
    return str(settings.CAPTURE_USER_AGENT).partition("/")[0].strip()
