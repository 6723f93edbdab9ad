"""The end of a check: its row, when to look next, events and telling, in one transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.captures.models import Capture
from annotations.captures.quality import CLEAN_ABSENCES, PageKind
from annotations.captures.reading import digests_of
from annotations.captures.services import files_hold
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.pacing import Pace, next_look
from annotations.lifecycle.proving import Seen
from annotations.lifecycle.watches.choices import CheckOutcome, WatchState, Why
from annotations.lifecycle.watches.findings import Found, found_in
from annotations.lifecycle.watches.looking import waits_for_eyes
from annotations.lifecycle.watches.models import WatchCheck, WatchTurn
from annotations.lifecycle.watches.recording import event_of, says_away
from annotations.lifecycle.watches.telling import watch_tell
from annotations.lifecycle.watches.turns import ENDED, turn_lock, watch_lock
from annotations.lifecycle.weighing import seen_in


def check_end(
    turn: WatchTurn,
    found: Found | None,
    *,
    capture: Capture | None = None,
    control: Capture | None = None,
) -> WatchCheck | None:
    """End a check with what was found, or with what its capture shows; return its row.

    None where the turn is no longer in the same hands: then another worker ends the check.
    """
    if found is not None:
        return _end(turn, found, capture, control)
    assert capture is not None
    while True:
        # Reading pages takes seconds: nobody is to wait for the turn's row meanwhile. What it makes
        # is made once, however often it is done.
        capture = Capture.objects.select_related("file", "text_file").get(pk=capture.pk)
        read = digests_of(capture, turn.good)
        found = found_in(turn, capture)
        with transaction.atomic():
            files_hold()
            if digests_of(capture, turn.good) == read:
                return _end(turn, found, capture, control)
        # A redaction has overwritten words meanwhile: the check would bring them back.
        turn.refresh_from_db(fields=["good"])


def _end(
    turn: WatchTurn, found: Found, capture: Capture | None, control: Capture | None
) -> WatchCheck | None:
    with context(actor=User.objects.system(), action="watch.check"):
        # The watch before the turn, as whoever pauses or resumes does.
        state = watch_lock(turn)
        if not turn_lock(turn):
            return None
        event = event_of(turn, found, capture)
        check = _check_of(turn, found, event, capture=capture, control=control)
        watch_tell(turn, found, event)
        columns = _times(turn, found, capture, event)
        is_active = state == WatchState.ACTIVE
        columns["next_at"] = _next(turn, found, capture, columns) if is_active else None
        columns["to_look"] = waits_for_eyes(turn, check, is_telling=found.is_telling)
        held = WatchTurn.objects.filter(pk=turn.pk, holder=turn.holder)
        held.update(
            **{**ENDED, **columns},
            outcome=found.outcome,
            why=found.why,
            checked_at=timezone.now(),
        )
    return check


def _check_of(
    turn: WatchTurn,
    found: Found,
    event: LifecycleEvent | None,
    *,
    capture: Capture | None,
    control: Capture | None,
) -> WatchCheck:
    """Write the check's row; its uid makes sure that it is written once."""
    assert turn.check_uid is not None
    return WatchCheck.objects.create(
        uid=turn.check_uid,
        project=turn.watch.project,
        created_by=User.objects.system(),
        watch=turn.watch,
        started_at=turn.started_at or timezone.now(),
        asked_by=turn.asked_by,
        outcome=found.outcome,
        why=found.why,
        capture=capture,
        control=control,
        before=found.before,
        changes=found.changes,
        version=found.version,
        event=event,
    )


def _next(
    turn: WatchTurn, found: Found, capture: Capture | None, columns: dict[str, Any]
) -> datetime:
    """Return when to look next, as the pace has it."""
    pace = Pace(
        fresh_at=columns.get("fresh_at", turn.fresh_at),
        refusals=columns.get("refusals", turn.refusals),
        retry_after=_retry_after(capture),
        gone_at=columns.get("gone_at", turn.gone_at),
    )
    return next_look(pace, now=timezone.now(), seed=f"{turn.watch_id} {turn.check_uid}")


def _times(
    turn: WatchTurn, found: Found, capture: Capture | None, event: LifecycleEvent | None
) -> dict[str, Any]:
    """Return what is known of the page from now on."""
    if found.is_there:
        assert capture is not None
        columns: dict[str, Any] = dict.fromkeys(("away_at", "gone_at", "event"))
        columns["refusals"] = 0
        if capture.quality.kind is not PageKind.UNCHANGED:
            columns["good"] = capture
        if found.is_telling or found.outcome == CheckOutcome.RETURNED:
            columns["fresh_at"] = capture.taken_at
        return columns
    columns = {"event": event} if event is not None else {}
    if capture is None:
        # Nothing was fetched. Who does not answer, or does not want us, is asked ever less often.
        if found.why in (PageKind.UNREACHABLE, Why.NO_ROBOTS):
            columns["away_at"] = turn.away_at or timezone.now()
        columns["refusals"] = turn.refusals + 1
        return columns
    # A wall of cookies says nothing of the page, and ends what was counted.
    columns["away_at"] = (turn.away_at or capture.taken_at) if says_away(capture) else None
    if found.outcome == CheckOutcome.SUSPECTED_REMOVAL:
        assert found.weighed is not None
        columns["gone_at"] = found.weighed.failures[0].taken_at
    elif capture.quality.kind in CLEAN_ABSENCES:
        columns["gone_at"] = turn.gone_at or capture.taken_at
    is_refused = seen_in(capture) in (Seen.REFUSED, Seen.BROKEN)
    columns["refusals"] = turn.refusals + 1 if is_refused else 0
    return columns


def _retry_after(capture: Capture | None) -> timedelta | None:
    if capture is None or capture.retry_after is None:
        return None
    return timedelta(seconds=capture.retry_after)
