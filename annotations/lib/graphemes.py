"""Edges of grapheme clusters: what a reader takes for one character (UAX 29, rule set of `regex`).

Found locally, from a few code points around an offset; a text is never scanned as a whole.
"""

from __future__ import annotations

import regex

# A "cluster" longer than this is an attack on the reader (Unicode's stream-safe format allows 30
# marks); its inside counts as an edge, so that one hostile text cannot make every look-up slow.
LONGEST_CLUSTER = 1000

_CLUSTER = regex.compile(r"\X")
_CLOSES_ALONE = regex.compile(r"[\p{GCB=Other}\p{GCB=Control}\p{GCB=LF}]")
_NEVER_STARTS = regex.compile(r"[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]")


def cluster_at(text: str, offset: int) -> tuple[int, int]:
    """Return start and end of the cluster whose inside holds `offset`.

    Both are `offset` itself when it lies on an edge already, as the text's ends always do.
    """
    if offset <= 0 or offset >= len(text) or _is_certain_edge(text, offset):
        return offset, offset
    start = _certain_edge_before(text, offset)
    # A slice, since `regex` would count a row of flags back to its beginning for every match.
    for cluster in _CLUSTER.finditer(text[start : offset + LONGEST_CLUSTER]):
        if start + cluster.end() > offset:
            first = start + cluster.start()
            return (first, start + cluster.end()) if first < offset else (offset, offset)
    return offset, offset


def is_edge(text: str, offset: int) -> bool:
    """Tell whether `offset` lies between two clusters or at an end of the text."""
    return cluster_at(text, offset) == (offset, offset)


def _is_certain_edge(text: str, offset: int) -> bool:
    """Tell from two characters alone that there is an edge; False means only "not certain".

    Every rule that forbids an edge needs a joiner, a mark, a flag letter, a Hangul jamo or a
    prepended sign on its left, or a mark or joiner on its right.
    """
    return bool(_CLOSES_ALONE.match(text, offset - 1)) and not _NEVER_STARTS.match(text, offset)


def _certain_edge_before(text: str, offset: int) -> int:
    """Return the nearest certain edge before `offset`, or as far back as a cluster may reach."""
    earliest = max(0, offset - LONGEST_CLUSTER)
    for position in range(offset - 1, earliest, -1):
        if _is_certain_edge(text, position):
            return position
    return earliest
