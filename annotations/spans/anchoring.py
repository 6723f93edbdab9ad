"""Where a span's words stand in another version of its text, and when only a person can say.

A placement is *same* or *moved* only where every sentence the span touches is identical and the
words before and after it agree; anything less is for a person to decide. So a highlight on "denied
that he had met" can never come to stand on "confirmed that he had met".

Offsets are code points, start inclusive, end exclusive. Nothing here is quadratic: sentences are
looked up by their words, and only a bounded number of places is compared for any span.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from annotations.spans.around import Hull, agrees_around, has_same_neighbours
from annotations.spans.nearest import Nearest
from annotations.spans.selectors import TextRange
from annotations.spans.sentences import Sentences

# The same sentence more often than this is boilerplate, whose places are not told apart.
MAX_PLACES = 50


class PlacementState(StrEnum):
    """Where a span stands in another version."""

    SAME = "same"
    MOVED = "moved"
    NEEDS_REVIEW = "needs_review"
    ORPHANED = "orphaned"


class Why(StrEnum):
    """What a placement rests on."""

    IDENTICAL = "identical"
    CONTEXT_CHANGED = "context_changed"
    SENTENCE_CHANGED = "sentence_changed"
    REPEATED = "repeated"
    REORDERED = "reordered"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a span stands. With needs_review the ranges are a proposal, and may be none."""

    state: PlacementState
    ranges: tuple[TextRange, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class _Part:
    """Where one range stands; certain only when `why` is IDENTICAL."""

    place: TextRange | None
    why: Why


def locate(ranges: Sequence[TextRange], old_text: str, new_text: str) -> Placement:
    """Place one span of `old_text` in `new_text`. For many spans make a `Comparison` once."""
    return Comparison(old_text, new_text).locate(ranges)


class Comparison:
    """Two versions, made ready for placing any number of spans of the old one in the new one."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self._old = Sentences(old_text)
        self._new = Sentences(new_text)
        self._is_unchanged = old_text == new_text
        self._nearest = Nearest(self._old, self._new)

    def locate(self, ranges: Sequence[TextRange]) -> Placement:
        """Place one span, whose ranges are sorted, disjoint and not empty."""
        if self._is_unchanged:
            return Placement(PlacementState.SAME, tuple(ranges), Why.IDENTICAL)
        return _joined(tuple(ranges), [self._locate_one(one) for one in ranges])

    def _locate_one(self, one: TextRange) -> _Part:
        hull = self._hull(self._old, *self._old.touched(one.start, one.end))
        places = self._identical(self._new, hull)
        before = self._identical(self._old, hull)
        if places is None or before is None:
            return _Part(None, Why.REPEATED)
        agreeing = [at for at in places if self._agrees(hull, at, one)]
        if len(agreeing) == 1 and self._is_it(hull, agreeing[0], len(places), len(before)):
            return _Part(_shifted(one, agreeing[0].start - hull.start), Why.IDENTICAL)
        if places:
            why = Why.REPEATED if agreeing else Why.CONTEXT_CHANGED
            closest = self._nearest.closest(hull, agreeing or places)
            return _Part(_within(closest, _shifted(one, closest.start - hull.start)), why)
        similar = self._nearest.similar(hull, one)
        return _Part(similar, Why.SENTENCE_CHANGED if similar else Why.NOT_FOUND)

    def _agrees(self, hull: Hull, place: Hull, one: TextRange) -> bool:
        """Say whether what stands around a range agrees at a place, and the white space that it
        reaches into beyond its sentences is the same there.
        """
        there = _shifted(one, place.start - hull.start)
        is_inside = hull.start <= one.start and one.end <= hull.end
        is_same = is_inside or (
            there.start >= 0
            and self._new.text[there.start : there.end] == self._old.text[one.start : one.end]
        )
        return is_same and agrees_around(hull, place, one)

    def _is_it(self, hull: Hull, place: Hull, there: int, here: int) -> bool:
        """Say whether this place is the sentences' own: they stand once in both texts, or between
        the same neighbours, and nothing that may be an edit of them stands where they were.
        """
        is_told_apart = there == here == 1 or has_same_neighbours(hull, place)
        return is_told_apart and not self._nearest.has_double(hull, place)

    def _hull(self, side: Sentences, first: int, last: int) -> Hull:
        return Hull(side, first, last)

    def _identical(self, side: Sentences, hull: Hull) -> list[Hull] | None:
        """Return where the hull's sentences stand unchanged; None when too often to look."""
        rarest, numbers = min(
            ((n, side.numbers(hull.side.words(n))) for n in range(hull.first, hull.last + 1)),
            key=lambda found: len(found[1]),
        )
        if len(numbers) > MAX_PLACES:
            return None
        firsts = (number - (rarest - hull.first) for number in numbers)
        length = hull.last - hull.first
        found = (Hull(side, at, at + length) for at in firsts if 0 <= at < len(side.all) - length)
        return [one for one in found if one.words == hull.words]


def _joined(ranges: tuple[TextRange, ...], parts: list[_Part]) -> Placement:
    """Return the placement of the whole: as certain as the least certain of its ranges."""
    places = tuple(part.place for part in parts if part.place is not None)
    unsure = [part.why for part in parts if part.why is not Why.IDENTICAL]
    if not places and all(why is Why.NOT_FOUND for why in unsure):
        return Placement(PlacementState.ORPHANED, (), Why.NOT_FOUND)
    in_order = all(a.end <= b.start for a, b in pairwise(places))
    if unsure:
        return Placement(PlacementState.NEEDS_REVIEW, places if in_order else (), unsure[0])
    if not in_order:
        return Placement(PlacementState.NEEDS_REVIEW, (), Why.REORDERED)
    state = PlacementState.SAME if places == ranges else PlacementState.MOVED
    return Placement(state, places, Why.IDENTICAL)


def _shifted(one: TextRange, by: int) -> TextRange:
    return TextRange(one.start + by, one.end + by)


def _within(place: Hull, one: TextRange) -> TextRange:
    """Return what of a range lies in a run; all of the run where nothing does."""
    start, end = max(place.start, one.start), min(place.end, one.end)
    return TextRange(start, end) if start < end else TextRange(place.start, place.end)
