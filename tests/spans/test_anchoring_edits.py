"""No edit, whatever it is, makes a span stand on words it was not made on."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from annotations.lib.text import context
from annotations.spans.anchoring import Comparison, Placement, PlacementState
from annotations.spans.selectors import TextRange
from tests.long import IS_LONG
from tests.spans.edits import Edited, make_edit

EDITS = 100_000 if IS_LONG else 4_000
PARTS = 8
PLACED = {PlacementState.SAME, PlacementState.MOVED}


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_attached_to_other_words(part: int) -> None:
    seen: Counter[str] = Counter()
    for n in range(EDITS // PARTS):
        chance = random.Random(f"{part}.{n}")
        edited = make_edit(chance)
        comparison = Comparison(edited.old, edited.new)
        for number in chance.sample(sorted(edited.starts), min(3, len(edited.starts))):
            one = _within(chance, edited, number)
            placement = comparison.locate([one])
            wrong = _what_is_wrong(edited, number, one, placement)
            assert not wrong, f"{wrong}: {edited}, {one}, {placement}"
            seen[placement.state] += 1
    # It would be easy to attach nothing: most spans of what was not touched are placed.
    assert seen[PlacementState.SAME] + seen[PlacementState.MOVED] > sum(seen.values()) / 3
    assert min(seen[PlacementState.NEEDS_REVIEW], seen[PlacementState.ORPHANED]) > 0


def _within(chance: random.Random, edited: Edited, number: int) -> TextRange:
    start, length = edited.starts[number], edited.lengths[number]
    begins = chance.randrange(length)
    return TextRange(start + begins, start + chance.randint(begins + 1, length))


def _what_is_wrong(edited: Edited, number: int, one: TextRange, placed: Placement) -> str:
    """Return what a placement did wrong; nothing for a span that is left to a person."""
    if placed.state not in PLACED:
        return ""
    (there,) = placed.ranges
    if edited.new[there.start : there.end] != edited.old[one.start : one.end]:
        return "other words"
    if (placed.state is PlacementState.SAME) != (there == one):
        return "not what it is called"
    begins = there.start - (one.start - edited.starts[number])
    if begins in edited.kept.get(number, ()):
        return ""
    # Of two alike nobody can say which was moved past the other.
    twins = [n for n in edited.kept if edited.words_of(n) == edited.words_of(number)]
    around = context(edited.old, one.start, one.end)
    is_twin = any(begins in edited.kept[n] for n in twins)
    if is_twin and context(edited.new, there.start, there.end) == around:
        return ""
    return "a sentence that was changed, taken out or is another one"
