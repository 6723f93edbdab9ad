"""The times that a page was away, as its captures show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotations.captures.models import Capture
from annotations.lifecycle.proving import Seen
from annotations.lifecycle.weighing import seen_in

_THERE = (Seen.GOOD, Seen.POOR)
_AWAY = (Seen.GONE, Seen.TOMBSTONE)


@dataclass(frozen=True, slots=True)
class Absence:
    """One time that a page was plainly away: the first and the last capture that show it.

    `there` is the last one before it that shows the page, and `back` the first one since.
    """

    there: Capture | None
    first: Capture
    last: Capture
    back: Capture | None = None


def absences_in(captures: Iterable[Capture]) -> Iterator[Absence]:
    """Yield the absences that captures of one address show, the earliest first, as these are.

    What says neither, as a wall or a server's failure, begins none and ends none.
    """
    there: Capture | None = None
    away: list[Capture] = []
    for one in captures:
        seen = seen_in(one)
        if seen in _AWAY:
            away.append(one)
        elif seen in _THERE:
            if away:
                yield Absence(there, away[0], away[-1], one)
            there, away = one, []
    if away:
        yield Absence(there, away[0], away[-1])
