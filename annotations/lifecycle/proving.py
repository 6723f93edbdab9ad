"""When captures prove that something was removed: the only way a removal becomes `proven`.

A good capture before; after it at least two failures, 6 hours apart or more and spanning 24, each a
clean 404 or 410 or a known tombstone, while another page of that host was fetched normally within
10 minutes. Whatever a throttled, blocked, broken or flapping server says proves nothing.

Everything here is told in moments with a zone; nothing is read from a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

APART = timedelta(hours=6)
SPAN = timedelta(hours=24)
CONTROL_WITHIN = timedelta(minutes=10)
# A server that throttled or blocked us this close to a failure may have meant the failure too.
NEAR = timedelta(hours=1)
# Gone and back again this often within a week, a page is flapping.
FLAPS = 2
FLAPPING_WITHIN = timedelta(days=7)


class Seen(StrEnum):
    """What one look at the address showed."""

    GOOD = "good"
    # A page that shows too little to be held against others, and yet is there.
    POOR = "poor"
    GONE = "gone"
    TOMBSTONE = "tombstone"
    REFUSED = "refused"
    BROKEN = "broken"
    UNCLEAR = "unclear"


_THERE = (Seen.GOOD, Seen.POOR)
_ABSENT = (Seen.GONE, Seen.TOMBSTONE)


class Origin(StrEnum):
    """Where a capture comes from."""

    OURS = "ours"
    UPLOADED = "uploaded"
    ARCHIVE = "archive"
    SCREENSHOT = "screenshot"


class Finding(StrEnum):
    """What all looks together come to."""

    THERE = "there"
    PROVEN = "proven"
    SUSPECTED = "suspected"
    UNKNOWN = "unknown"


class Lacking(StrEnum):
    """What keeps a removal from being proven."""

    GOOD_BEFORE = "good_before"
    SECOND_FAILURE = "second_failure"
    TIME = "time"
    CONTROL = "control"
    CLEAN_FAILURE = "clean_failure"
    FLAPPING = "flapping"
    # Gone it is, but not when the event can have happened: told by who knows of events.
    OTHER_TIME = "other_time"


@dataclass(frozen=True, slots=True)
class Look:
    """One capture of the address, as far as proving goes.

    `control_at` is when another page of the host was fetched normally, if one was. `is_traced`
    says that hash and origin are recorded, without which nothing made elsewhere counts.
    """

    at: datetime
    seen: Seen
    control_at: datetime | None = None
    origin: Origin = Origin.OURS
    is_traced: bool = True

    @property
    def counts(self) -> bool:
        """Say whether it may be part of a proof: a screenshot never is."""
        return self.origin is Origin.OURS or (
            self.origin is not Origin.SCREENSHOT and self.is_traced
        )

    @property
    def is_controlled(self) -> bool:
        """Say whether the host was seen to be well at the time."""
        return self.control_at is not None and abs(self.control_at - self.at) <= CONTROL_WITHIN


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the looks come to, what is lacking to a proof, and which looks it rests on."""

    finding: Finding
    lacking: frozenset[Lacking] = frozenset()
    before: Look | None = None
    failures: tuple[Look, ...] = ()


def weigh(looks: Iterable[Look]) -> Weighing:
    """Weigh all looks at one address, in any order."""
    ordered = sorted((one for one in looks if one.counts), key=lambda one: one.at)
    if not ordered:
        return Weighing(Finding.UNKNOWN, frozenset({Lacking.GOOD_BEFORE}))
    before = max((one for one in ordered if one.seen is Seen.GOOD), key=_at, default=None)
    there = max((one for one in ordered if one.seen in _THERE), key=_at, default=None)
    after = [one for one in ordered if there is None or one.at > there.at]
    if not after:
        return Weighing(Finding.THERE, before=before)
    failures = _clean_failures(ordered, after)
    lacking = _lacking(ordered, after, before, failures)
    if not lacking:
        proof = _spanning([one for one in failures if one.is_controlled])
        return Weighing(Finding.PROVEN, before=before, failures=proof)
    is_clear = bool(failures) and Lacking.FLAPPING not in lacking
    finding = Finding.SUSPECTED if is_clear else Finding.UNKNOWN
    return Weighing(finding, lacking, before, tuple(failures))


def _at(look: Look) -> datetime:
    return look.at


def _clean_failures(ordered: Sequence[Look], after: Sequence[Look]) -> list[Look]:
    """Return the failures that the host did not answer while it refused or failed us."""
    unwell = [one.at for one in ordered if one.seen in (Seen.REFUSED, Seen.BROKEN)]
    return [
        one
        for one in after
        if one.seen in _ABSENT and not any(abs(one.at - moment) <= NEAR for moment in unwell)
    ]


def _lacking(
    ordered: Sequence[Look],
    after: Sequence[Look],
    before: Look | None,
    failures: Sequence[Look],
) -> frozenset[Lacking]:
    controlled = [one for one in failures if one.is_controlled]
    lacking = set()
    if before is None:
        lacking.add(Lacking.GOOD_BEFORE)
    if _flaps(ordered, after[-1].at) >= FLAPS:
        lacking.add(Lacking.FLAPPING)
    if not failures:
        lacking.add(Lacking.CLEAN_FAILURE)
    elif len(_spaced(failures)) < 2:
        lacking.add(Lacking.SECOND_FAILURE)
    elif failures[-1].at - failures[0].at < SPAN:
        lacking.add(Lacking.TIME)
    elif not _spanning(controlled):
        lacking.add(Lacking.CONTROL)
    return frozenset(lacking)


def _spaced(failures: Sequence[Look]) -> list[Look]:
    """Return as many of the failures as stand APART or more from one another, the first one first.

    Taking each as early as may be leaves the most room for those after it.
    """
    spaced: list[Look] = []
    for one in failures:
        if not spaced or one.at - spaced[-1].at >= APART:
            spaced.append(one)
    return spaced


def _spanning(failures: Sequence[Look]) -> tuple[Look, ...]:
    """Return the failures that prove: spaced, with the last one, if they span SPAN; else none."""
    if not failures or failures[-1].at - failures[0].at < SPAN:
        return ()
    spaced = _spaced(failures)
    if spaced[-1] is not failures[-1]:
        # Fewer than 6 hours before the last one: that one alone reaches over the whole span.
        spaced[-1] = failures[-1]
    return tuple(spaced)


def _flaps(ordered: Sequence[Look], until: datetime) -> int:
    """Count how often the page came back within the week before `until`."""
    plain = [one for one in ordered if one.seen in (*_THERE, *_ABSENT)]
    recent = [one for one in plain if until - one.at <= FLAPPING_WITHIN]
    return sum(
        earlier.seen in _ABSENT and later.seen in _THERE for earlier, later in pairwise(recent)
    )
