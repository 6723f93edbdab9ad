"""What a changed sentence may have become: proposals for a person, never placements.

For every span only a bounded number of sentences is compared: those between the nearest sentences
that both versions have once, and those that share its rarest words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import Any

from annotations.spans.around import Hull
from annotations.spans.rising import longest_rising
from annotations.spans.selectors import TextRange
from annotations.spans.sentences import Sentences

# Below this (0 to 100) two sentences are not called one another's edit.
LIKE_ENOUGH = 55.0
# From here on one is taken for the other with an edit in it.
DOUBLE = 75.0
# So many sentences may have come before or behind it.
_NEAR = 3
# How many sentences are compared for one span, and how much of a long one.
_MOST_COMPARED = 24
_MOST_WORDS = 12
_COMMON = 32
_LONGEST, _SLACK = 600, 300
_LONGEST_WORD = 60
_WORD = re.compile(r"\w+")


@cache
def _fuzz() -> Any:
    """Load the library when words are first compared: web processes never do, and it is 3 MiB."""
    from rapidfuzz import fuzz  # noqa: PLC0415

    return fuzz


class Nearest:
    """Finds, for sentences of the old text, those of the new one that are most like them."""

    def __init__(self, old: Sentences, new: Sentences) -> None:
        self._old = old
        self._new = new
        self._found: dict[tuple[int, int], Hull | None] = {}

    def closest(self, hull: Hull, places: Sequence[Hull]) -> Hull:
        """Return the place nearest to where the sentences should stand."""
        expected = self._expected(hull.first)
        return min(places, key=lambda at: abs(at.first - expected))

    def has_double(self, hull: Hull, place: Hull) -> bool:
        """Say whether the sentences were taken elsewhere while an edit of them stands here still.

        Then the one elsewhere may be a copy, and what was marked the edited one.
        """
        expected, length = self._expected(hull.first), hull.last - hull.first
        if place.first == expected:
            return False
        first = max(0, expected - _NEAR)
        last = min(expected + _NEAR, len(self._new.all) - 1 - length)
        around = (n for n in range(first, last + 1) if n != place.first)
        return any(self._is_edit(hull, Hull(self._new, n, n + length)) for n in around)

    def _is_edit(self, hull: Hull, other: Hull) -> bool:
        words = hull.words[:_LONGEST], other.words[:_LONGEST]
        return _fuzz().ratio(*words, score_cutoff=DOUBLE) > 0

    def similar(self, hull: Hull, one: TextRange) -> TextRange | None:
        """Return the words of the new text most like a range's, whole words; None without any."""
        key = (hull.first, hull.last)
        if key not in self._found:
            self._found[key] = self._most_like(hull)
        found = self._found[key]
        return _aligned(hull, found, one) if found else None

    def _most_like(self, hull: Hull) -> Hull | None:
        words = hull.words[:_LONGEST]
        best, score = None, LIKE_ENOUGH
        for at in self._candidates(hull):
            last = min(at + hull.last - hull.first, len(self._new.all) - 1)
            run = Hull(self._new, at, last)
            likeness = _fuzz().ratio(words, run.words[:_LONGEST], score_cutoff=score)
            if likeness > score:
                best, score = run, likeness
        return best

    def _candidates(self, hull: Hull) -> Iterator[int]:
        """Yield the numbers of new sentences worth comparing, each once, the likeliest first."""
        length = hull.last - hull.first
        votes: Counter[int] = Counter()
        rare = sorted(
            (len(self._holding.get(word, ())), word)
            for word in set(_WORD.findall(hull.words[:_LONGEST].lower()))
        )
        for count, word in rare[:_MOST_WORDS]:
            if 0 < count <= _COMMON:
                for number in self._holding[word]:
                    for first in range(max(0, number - min(length, 2)), number + 1):
                        votes[first] += 1
        likely = [number for number, _count in votes.most_common(_MOST_COMPARED)]
        expected = self._expected(hull.first)
        around = range(max(0, expected - 3), min(len(self._new.all), expected + 4))
        yield from dict.fromkeys((*likely, *around))

    @cached_property
    def _holding(self) -> dict[str, list[int]]:
        """Return in which new sentences each word stands; of a common word one too many."""
        holding: dict[str, list[int]] = {}
        for number in range(len(self._new.all)):
            for word in set(_WORD.findall(self._new.words(number).lower())):
                numbers = holding.setdefault(word, [])
                if len(numbers) <= _COMMON:
                    numbers.append(number)
        return holding

    @cached_property
    def _fixed(self) -> tuple[list[int], list[int]]:
        """Return the sentences that both texts have once, in an order both agree on."""
        pairs = []
        for number in range(len(self._old.all)):
            words = self._old.words(number)
            found = self._new.numbers(words)
            if len(found) == 1 and len(self._old.numbers(words)) == 1:
                pairs.append((number, found[0]))
        kept = [pairs[n] for n in longest_rising([there for _here, there in pairs])]
        return [here for here, _there in kept], [there for _here, there in kept]

    def _expected(self, number: int) -> int:
        """Return the new number of an old sentence, counted from the last fixed one before it."""
        here, there = self._fixed
        at = bisect_left(here, number)
        if at < len(here) and here[at] == number:
            return there[at]
        return there[at - 1] + number - here[at - 1] if at else number


def _aligned(hull: Hull, found: Hull, one: TextRange) -> TextRange:
    """Return the words of `found` that answer to the range, widened to whole words."""
    exact = hull.side.text[one.start : one.end][:_LONGEST]
    # Looked for around where it stood in its sentence, which may be a very long one.
    offset = one.start - hull.start
    start = max(found.start, min(found.start + offset - _SLACK, found.end - len(exact)))
    window = found.side.text[start : min(found.end, start + len(exact) + 2 * _SLACK)]
    aligned = _fuzz().partial_ratio_alignment(exact, window)
    if aligned is None or aligned.dest_start >= aligned.dest_end:
        return TextRange(found.start, found.end)
    return _whole_words(found, start + aligned.dest_start, start + aligned.dest_end)


def _whole_words(found: Hull, start: int, end: int) -> TextRange:
    """Return the range without white space at its ends, widened to the words they stand in."""
    text = found.side.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return TextRange(found.start, found.end)
    first, last = max(found.start, start - _LONGEST_WORD), min(found.end, end + _LONGEST_WORD)
    while start > first and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < last and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return TextRange(start, end)
