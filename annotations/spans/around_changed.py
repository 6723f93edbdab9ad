"""What changed around a sentence whose own words stayed, for a person to judge it by. PURE.

A placement is for review where the words are the same and what stands around them is not: the
sentence before, the words over a list, who speaks a quotation. Here they are, old beside new.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from annotations.lib.text import CONTEXT_SIZE
from annotations.spans.around import Hull
from annotations.spans.selectors import TextRange
from annotations.spans.sentences import Sentences

# Of a sentence next to the words no more is shown than this, in code points: what is nearest.
LONGEST = 240


class Beside(StrEnum):
    """Where words stand that bear on a sentence without being in it."""

    OVER = "over"
    OPENS = "opens"
    BEFORE = "before"
    AFTER = "after"
    CLOSES = "closes"


@dataclass(frozen=True, slots=True)
class AroundChange:
    """What stood there and what does now; either may be empty. Both are without line ends."""

    beside: Beside
    old: str
    new: str

    def is_in(self, other: AroundChange) -> bool:
        """Say whether another one shows this too."""
        return self.old in other.old and self.new in other.new


def changed_around(
    old: Sentences, new: Sentences, one: TextRange, place: TextRange
) -> list[AroundChange]:
    """Return what differs around a range of `old` and its place in `new`, in the text's order.

    Empty where no words differ, but for line ends and white space. Ranges are not empty.
    """
    hulls = (
        Hull(old, *old.touched(one.start, one.end)),
        Hull(new, *new.touched(place.start, place.end)),
    )
    near = [_change(Beside.BEFORE, hulls, _before), _change(Beside.AFTER, hulls, _after)]
    far = [
        _change(Beside.OVER, hulls, lambda hull: hull.frame.over),
        _change(Beside.OPENS, hulls, lambda hull: hull.frame.before),
        _change(Beside.CLOSES, hulls, lambda hull: hull.frame.after),
    ]
    shown = [one for one in near if one]
    further = [one for one in far if one and not any(one.is_in(other) for other in shown)]
    order = list(Beside)
    return sorted((*shown, *further), key=lambda one: order.index(one.beside))


def _change(
    beside: Beside, hulls: tuple[Hull, Hull], read: Callable[[Hull], str]
) -> AroundChange | None:
    was, now = (" ".join(read(hull).split()) for hull in hulls)
    return None if was == now else AroundChange(beside, was, now)


def _before(hull: Hull) -> str:
    """Return the sentences that the context before the run reaches into, the nearest of them."""
    reached = hull.side.at(max(0, hull.start - CONTEXT_SIZE))
    start = max(hull.side.all[reached].start, hull.start - LONGEST)
    return hull.side.text[min(start, hull.start) : hull.start]


def _after(hull: Hull) -> str:
    """Return the sentences that the context behind the run reaches into, the nearest of them."""
    reached = hull.side.all[hull.side.at(hull.end + CONTEXT_SIZE - 1)]
    return hull.side.text[hull.end : min(max(reached.end, hull.end), hull.end + LONGEST)]
