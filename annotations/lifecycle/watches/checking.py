"""A check, step by step: robots.txt, the page, another page of the site, and what it comes to.

Each step asks a host once at most and is a job of its own, so that nobody sleeps through a gap. A
step may be done again after a crash: what was fetched is found by its uid, and a check ends once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urljoin
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from annotations.accounts.models import User
from annotations.articles.capturing import page_capture
from annotations.captures.fetching import Border
from annotations.captures.models import Capture
from annotations.captures.quality import CLEAN_ABSENCES, PageKind
from annotations.captures.reading import conditions_of
from annotations.lib.urls import host_of
from annotations.lifecycle.proving import CONTROL_WITHIN
from annotations.lifecycle.watches.choices import CheckOutcome, Why
from annotations.lifecycle.watches.ending import check_end
from annotations.lifecycle.watches.findings import Found
from annotations.lifecycle.watches.hosts import (
    host_asked_for,
    host_key,
    host_pace,
    robots_allow,
    robots_are_stale,
    robots_read,
)
from annotations.lifecycle.watches.leases import held
from annotations.lifecycle.watches.leaving import polite
from annotations.lifecycle.watches.models import HostPace, WatchTurn
from annotations.lifecycle.watches.turns import (
    MOST_ATTEMPTS,
    MOST_WAITING,
    hand_out_soon,
    turn_drop,
    turn_put_off,
    turn_stumble,
    turn_take,
)

# An archived project is looked at again when it may have been opened.
ARCHIVED_REST = timedelta(days=1)


def check_step(*, turn_id: int, check_uid: str, border: Border | None = None) -> None:
    """Do the next step of a check, as a job; nothing where another worker has it, or it has ended.

    What goes wrong for no known reason is tried again, MOST_ATTEMPTS times in all.
    """
    turn = turn_take(turn_id, UUID(check_uid))
    if turn is None:
        return
    try:
        with held(turn), polite(border, turn.host) as paced:
            _step(turn, paced)
    except Exception:
        turn_stumble(turn)
        raise
    hand_out_soon()


def _step(turn: WatchTurn, border: Border) -> None:
    watch, now = turn.watch, timezone.now()
    if turn.attempts > MOST_ATTEMPTS:
        check_end(turn, Found(CheckOutcome.FAILED, Why.STOPPED))
        return
    if watch.project.archived_at is not None:
        turn_drop(turn, now + ARCHIVED_REST)
        return
    pace = host_pace(turn.host)
    if _is_fetched(turn):
        _look(turn, pace, border)
    elif robots_are_stale(pace, now):
        read = robots_read(turn.host, watch.canonical_url, border=border)
        if not read.pace.is_closed and _is_soon(read.pace, now):
            turn_put_off(turn, read.pace.free_at)
            return
        # The host is unwell, or says nothing: to wait for it would keep the check open for hours.
        why = PageKind.UNREACHABLE.value if read.is_unreachable else Why.NO_ROBOTS
        check_end(turn, Found(CheckOutcome.UNAVAILABLE, why))
    elif pace.is_closed:
        check_end(turn, Found(CheckOutcome.UNAVAILABLE, Why.NO_ROBOTS))
    elif not robots_allow(pace, watch.url):
        check_end(turn, Found(CheckOutcome.UNAVAILABLE, Why.ROBOTS))
    else:
        _look(turn, pace, border)


def _look(turn: WatchTurn, pace: HostPace, border: Border) -> None:
    """Fetch the page; where it is plainly absent, another page of the site as well."""
    assert turn.capture_uid is not None
    was_kept = Capture.objects.filter(uid=turn.capture_uid).exists()
    capture = _capture(turn, turn.watch.url, turn.capture_uid, border, compares=True)
    if not was_kept:
        pace = host_asked_for(turn.host, capture)
    elif turn.attempts > 1:
        # Whoever kept it was killed, maybe before this was noted.
        pace = host_asked_for(turn.host, capture, at=capture.taken_at)
    control = None
    if capture.quality.kind in CLEAN_ABSENCES:
        if turn.control_url:
            assert turn.control_uid is not None
            control = _capture(turn, turn.control_url, turn.control_uid, border)
            host_asked_for(turn.host, control)
        elif _may_wait(turn, pace, capture) and (url := _control_url(turn, pace)):
            turn_put_off(turn, pace.free_at, control_url=url)
            return
    check_end(turn, None, capture=capture, control=control)


def _is_fetched(turn: WatchTurn) -> bool:
    """Say whether all that this step would ask for is kept already, by whoever was killed then."""
    uid = turn.control_uid if turn.control_url else turn.capture_uid
    assert uid is not None
    return Capture.objects.filter(uid=uid).exists()


def _capture(
    turn: WatchTurn, url: str, uid: UUID, border: Border, *, compares: bool = False
) -> Capture:
    conditions = conditions_of(turn.good) if compares and turn.good is not None else None
    return page_capture(
        actor=User.objects.system(),
        project=turn.watch.project,
        url=url,
        uid=uid,
        conditions=conditions,
        border=border,
    )


def _is_soon(pace: HostPace, since: datetime) -> bool:
    """Say whether the host may be asked again early enough for a control of what was seen then."""
    return pace.free_at < since + CONTROL_WITHIN - timedelta(minutes=1)


def _may_wait(turn: WatchTurn, pace: HostPace, capture: Capture) -> bool:
    """Say whether another page is fetched to control an absence: soon enough to count, and, after a
    worker was killed, soon enough for people who wait to know how it stands.
    """
    was_killed = turn.attempts > 1
    if was_killed and pace.free_at > timezone.now() + MOST_WAITING:
        return False
    return _is_soon(pace, capture.taken_at)


def _control_url(turn: WatchTurn, pace: HostPace) -> str:
    """Return another page of the host that may be fetched: the one that was seen to be good last,
    else the front page; "" where there is none.
    """
    watch = turn.watch
    host = host_of(watch.canonical_url)
    begins = Q(canonical_url__startswith=f"https://{turn.host}/")
    begins |= Q(canonical_url__startswith=f"http://{turn.host}/")
    of_host = Capture.objects.filter(begins, project=watch.project)
    of_host = of_host.exclude(canonical_url=watch.canonical_url)
    # The latest of each: what has gone since it was good controls nothing.
    latest = list(of_host.defer("hops").order_by("-taken_at", "-id")[:50])
    pages = {one.canonical_url: one for one in reversed(latest)}
    stayed = [
        one.canonical_url
        for one in reversed(pages.values())
        if one.is_good and host_of(one.final_url) == host
    ]
    front = urljoin(watch.canonical_url, "/")
    candidates = [*stayed, *([front] if front != watch.canonical_url else [])]
    fitting = (one for one in candidates if host_key(one) == turn.host and robots_allow(pace, one))
    return next(fitting, "")
