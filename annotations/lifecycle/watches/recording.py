"""Recording what a check shows to have happened: a removal, that nobody knows, or a return.

Nothing else is recorded by the machine: what became of changed words is for people to say.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.captures.models import Capture
from annotations.captures.quality import PageKind
from annotations.lib.errors import InvalidInput
from annotations.lifecycle.choices import (
    EVENT_GROUPS,
    EventGroup,
    EventType,
    Standing,
    TimeBasis,
)
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.proving import FLAPPING_WITHIN, SPAN, Seen
from annotations.lifecycle.services import Subject, assessment_add, event_record
from annotations.lifecycle.watches.choices import CheckOutcome, Why
from annotations.lifecycle.watches.findings import Found
from annotations.lifecycle.watches.models import WatchTurn
from annotations.lifecycle.weighing import Weighed, seen_in, weigh_address

_REMOVALS = EVENT_GROUPS[EventGroup.REMOVAL]
_RETURNS = EVENT_GROUPS[EventGroup.RETURN]
# What says that the server, or the page, cannot be relied on; a wall of cookies says nothing.
_NOT_TO_BE_READ = (Seen.REFUSED, Seen.BROKEN, Seen.GONE, Seen.TOMBSTONE)


def event_of(turn: WatchTurn, found: Found, capture: Capture | None) -> LifecycleEvent | None:
    """Record what the check shows to have happened to the subject, once; None where nothing is new.

    Called with the watch locked, so that no two checks record the same. A subject that has moved
    to another address is left alone.
    """
    if turn.watch.has_moved:
        return None
    if capture is None:
        is_dead = found.why in (PageKind.UNREACHABLE, Why.NO_ROBOTS)
        return _unavailable(turn, timezone.now()) if is_dead else None
    if found.outcome == CheckOutcome.RETURNED:
        return _returned(turn, found, capture)
    if found.weighed is not None and found.weighed.is_proven:
        return _proven(turn, found.weighed)
    if found.why == Why.FLAPPING:
        return _flapping(turn, capture.taken_at)
    if found.outcome == CheckOutcome.UNAVAILABLE and says_away(capture):
        return _unavailable(turn, capture.taken_at)
    return None


def says_away(capture: Capture) -> bool:
    """Say whether a capture shows that the page cannot be read, or cannot be relied on."""
    return seen_in(capture) in _NOT_TO_BE_READ


def removal_is_recorded(turn: WatchTurn) -> bool:
    """Say whether a removal was recorded: that nobody knows why a page cannot be read is none."""
    return turn.event is not None and turn.event.type != EventType.UNAVAILABLE_UNKNOWN


def open_removal(subject: Subject) -> LifecycleEvent | None:
    """Return the latest removal of the subject that nobody has refuted or hidden, unless it ended:
    by when things happened, whenever they were recorded.

    Its `standing` is annotated.
    """
    name = "article" if isinstance(subject, Article) else "statement"
    rows = LifecycleEvent.objects.filter(
        **{name: subject}, type__in=[*_REMOVALS, *_RETURNS], moderation__hidden_at__isnull=True
    )
    kept = [event for event in rows.with_standing() if event.standing != Standing.REFUTED]
    last = max(kept, key=lambda event: event.order, default=None)
    return last if last is not None and last.type in _REMOVALS else None


def _proven(turn: WatchTurn, weighed: Weighed) -> LifecycleEvent | None:
    """Have the removal proven that is on record, or record one."""
    if removal_is_recorded(turn):
        return None
    subject, machine = turn.watch.subject, User.objects.system()
    reason = _(
        "Proven by rule: a good capture before, and captures after it, 6 hours apart or more and"
        " spanning 24, that show a plain absence while another page of the site was there."
    )
    known = open_removal(subject)
    if known is not None and known.type != EventType.UNAVAILABLE_UNKNOWN:
        if known.standing == Standing.PROVEN:
            return known
        try:
            with transaction.atomic():
                assessment_add(actor=machine, event=known, standing=Standing.PROVEN, reason=reason)
        except InvalidInput:
            # Said to have happened at another time than the captures show: another removal.
            pass
        else:
            return known
    assert weighed.weighing.before is not None
    return event_record(
        actor=machine,
        subject=subject,
        type=_removal_type(weighed),
        happened=_between(weighed.weighing.before.at, weighed.weighing.failures[0].at),
        happened_basis=TimeBasis.OBSERVED,
        noticed=_moment(timezone.now()),
        self_observed=True,
        standing=Standing.PROVEN,
        assessment_reason=reason,
    )


def _removal_type(weighed: Weighed) -> str:
    """Return what the latest notice of removal says, else that it was unpublished."""
    said = (one.quality.removal for one in reversed(weighed.failures))
    known = [one for one in said if one in _REMOVALS and one != EventType.UNAVAILABLE_UNKNOWN]
    return known[0] if known else EventType.UNPUBLISHED


def _unavailable(turn: WatchTurn, moment: datetime) -> LifecycleEvent | None:
    """Record that a page which had been there cannot be read for longer than a day, once."""
    if turn.good is None or turn.away_at is None or turn.event is not None:
        return None
    if moment - turn.away_at <= SPAN or open_removal(turn.watch.subject) is not None:
        return None
    why = _("The page could not be read for more than 24 hours, and why is not known.")
    return _record_unavailable(turn, turn.away_at, why)


def _flapping(turn: WatchTurn, moment: datetime) -> LifecycleEvent | None:
    """Record of a page that comes and goes that nobody knows, once in a week of that."""
    if turn.event is not None or open_removal(turn.watch.subject) is not None:
        return None
    named = {"article": turn.watch.article, "statement": turn.watch.statement}
    lately = LifecycleEvent.objects.filter(
        **named,
        type=EventType.UNAVAILABLE_UNKNOWN,
        created_by=User.objects.system(),
        created_at__gte=timezone.now() - FLAPPING_WITHIN,
    )
    if lately.exists():
        return None
    why = _("The page comes and goes, so that its absence says nothing.")
    return _record_unavailable(turn, turn.away_at or moment, why)


def _record_unavailable(turn: WatchTurn, away_at: datetime, why: str) -> LifecycleEvent:
    weighing = weigh_address(turn.watch.project, turn.watch.canonical_url).weighing
    last = turn.good.taken_at if turn.good is not None else away_at
    if weighing.before is not None:
        last = weighing.before.at
    return event_record(
        actor=User.objects.system(),
        subject=turn.watch.subject,
        type=EventType.UNAVAILABLE_UNKNOWN,
        happened=_between(min(last, away_at), away_at),
        happened_basis=TimeBasis.OBSERVED,
        noticed=_moment(timezone.now()),
        self_observed=True,
        assessment_reason=why,
    )


def _returned(turn: WatchTurn, found: Found, capture: Capture) -> LifecycleEvent | None:
    """Record that what was removed, or could not be read, is there again."""
    if open_removal(turn.watch.subject) is None:
        return None
    is_changed = found.is_telling
    return event_record(
        actor=User.objects.system(),
        subject=turn.watch.subject,
        type=EventType.RESTORED_CHANGED if is_changed else EventType.RESTORED,
        happened=_between(_last_away(turn, capture.taken_at), capture.taken_at),
        happened_basis=TimeBasis.OBSERVED,
        noticed=_moment(timezone.now()),
        self_observed=True,
        assessment_reason=_("A check of the watched page found it there again."),
    )


def _last_away(turn: WatchTurn, until: datetime) -> datetime:
    """Return when it was last known not to be there to be read, before it was there again; else
    when it was last there.
    """
    rows = Capture.objects.of_address(turn.watch.project, turn.watch.canonical_url)
    there = (PageKind.PAGE, PageKind.FILE, PageKind.UNCHANGED)
    away = rows.filter(taken_at__lt=until).exclude(quality_kind__in=there).first()
    known = [away.taken_at] if away is not None else []
    known += [one.taken_at for one in (turn.good,) if one is not None]
    if turn.outcome in (CheckOutcome.UNAVAILABLE, CheckOutcome.SUSPECTED_REMOVAL):
        known += [one for one in (turn.away_at, turn.checked_at) if one is not None]
    return max((one for one in known if one <= until), default=until)


def _between(since: datetime, until: datetime) -> str:
    """Return an interval as an event's time is entered, to the second."""
    first, last = _moment(since), _moment(until)
    return first if first == last else f"{first}/{last}"


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
