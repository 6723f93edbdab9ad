"""The longest rising subsequence. PURE."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def longest_rising(values: Sequence[int]) -> list[int]:
    """Return the positions of a longest rising subsequence, in O(n log n)."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for position, value in enumerate(values):
        at = bisect_left(ends, value)
        before.append(tails[at - 1] if at else -1)
        if at == len(ends):
            ends.append(value)
            tails.append(position)
        else:
            ends[at] = value
            tails[at] = position
    chain = []
    position = tails[-1] if tails else -1
    while position >= 0:
        chain.append(position)
        position = before[position]
    return chain[::-1]
