"""Which changed paragraphs of two versions are one and the same paragraph. PURE."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from annotations.articles.likeness import words_of

# Paragraphs that share so much of their words are one; any two of a language share some.
LEAST = 0.5
# As many pairs are weighed; of more changed paragraphs in a row each is held against the opposite.
MOST_PAIRS = 2_500


def alike(gone: Sequence[str], come: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of paragraphs that are alike, in the order of both: of all such orders the
    one in which most is alike. So a paragraph put in above another is not taken for an edit of it.
    """
    if not gone or not come or len(gone) * len(come) > MOST_PAIRS:
        return []
    old, new = [set(words_of(one)) for one in gone], [set(words_of(one)) for one in come]

    @cache
    def likeness(i: int, j: int) -> float:
        share = 2 * len(old[i] & new[j]) / max(1, len(old[i]) + len(new[j]))
        return share if share >= LEAST else 0.0

    # The most that can be alike from these places on.
    best = [[0.0] * (len(new) + 1) for _n in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = best[i + 1][j + 1] + likeness(i, j)
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if likeness(i, j) and best[i][j] == best[i + 1][j + 1] + likeness(i, j):
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
