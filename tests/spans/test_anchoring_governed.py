"""No highlight comes to stand on words that somebody else says now, or that are denied now."""

import random
from collections import Counter

import pytest

from annotations.spans.anchoring import Comparison, PlacementState
from annotations.spans.selectors import TextRange
from tests.long import IS_LONG
from tests.spans.governed import edit_article, make_article, written

EDITS = 40_000 if IS_LONG else 2_000
PARTS = 4
PLACED = {PlacementState.SAME, PlacementState.MOVED}


@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_placed_means_what_it_meant(part):
    seen: Counter[str] = Counter()
    for n in range(EDITS // PARTS):
        chance = random.Random(f"{part}/{n}")
        article = make_article(chance)
        edited = article
        for _ in range(chance.randint(1, 3)):
            edited = edit_article(chance, edited)
        (old, clauses), (new, there) = written(article), written(edited)
        comparison = Comparison(old, new)
        for one, start, end in clauses:
            first = chance.randrange(start, end - 20)
            marked = TextRange(first, chance.randint(first + 1, min(end, first + 30)))
            placement = comparison.locate([marked])
            seen[placement.state] += 1
            if placement.state in PLACED:
                (place,) = placement.ranges
                holding = [c for c, a, b in there if a <= place.start and place.end <= b]
                assert [c.meaning for c in holding] == [one.meaning], (old, new, marked, place)
    # It would be easy to place nothing.
    assert seen[PlacementState.SAME] + seen[PlacementState.MOVED] > sum(seen.values()) / 3
