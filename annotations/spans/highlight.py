"""Cutting a text at every span boundary into flat segments, ready to be drawn as marks.

One sweep per block; the server is the only splitter. Offsets are code points.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

LANES = 4

# A range of a span as (start, end, id). One id may come with several disjoint ranges.
SpanPiece = tuple[int, int, str]


class Segment(NamedTuple):
    """A stretch under the same spans throughout; `ids` shortest range first, empty if none.

    A named tuple, as there are ten thousand to make for one page.
    """

    start: int
    end: int
    ids: tuple[str, ...]

    @property
    def depth(self) -> int:
        """The step of the background tint: 0 for plain text, 1 for one span, 2 for more."""
        return min(len(self.ids), 2)


def segments(block_start: int, block_end: int, spans: Iterable[SpanPiece]) -> list[Segment]:
    """Return the block's segments in text order; they concatenate exactly to the block.

    Spans that reach beyond the block are clipped, those outside it are left out. O(n log n).
    """
    opening: list[tuple[int, int, str, int]] = []
    boundaries = {block_start, block_end}
    for start, end, uid in spans:
        clipped_start, clipped_end = max(start, block_start), min(end, block_end)
        if clipped_start < clipped_end:
            opening.append((clipped_start, clipped_end, uid, end - start))
            boundaries.add(clipped_start)
            boundaries.add(clipped_end)
    if not opening:
        return [Segment(block_start, block_end, ())] if block_start < block_end else []
    return _sweep(sorted(boundaries), sorted(opening))


def _sweep(boundaries: list[int], opening: list[tuple[int, int, str, int]]) -> list[Segment]:
    """Walk the boundaries once, with the open spans kept sorted by length."""
    cut: list[Segment] = []
    active: list[tuple[int, str]] = []
    closing: list[tuple[int, tuple[int, str]]] = []
    following = 0
    for start, end in pairwise(boundaries):
        while closing and closing[0][0] <= start:
            active.remove(heappop(closing)[1])
        while following < len(opening) and opening[following][0] == start:
            _start, span_end, uid, length = opening[following]
            insort(active, (length, uid))
            heappush(closing, (span_end, (length, uid)))
            following += 1
        cut.append(Segment(start, end, tuple([uid for _length, uid in active])))
    return cut


def segments_by_block(
    blocks: Sequence[tuple[int, int]], spans: Iterable[SpanPiece]
) -> list[list[Segment]]:
    """Return the segments of every block. `blocks` are (start, end), sorted and without gaps."""
    touching = pieces_by_block(blocks, spans)
    return [segments(*block, inside) for block, inside in zip(blocks, touching, strict=True)]


def pieces_by_block(
    blocks: Sequence[tuple[int, int]], spans: Iterable[SpanPiece]
) -> list[list[SpanPiece]]:
    """Return the pieces that touch each block, in the order given.

    `blocks` are (start, end), sorted and without gaps; they need not begin at the text's start.
    """
    ends = [end for _start, end in blocks]
    touching: list[list[SpanPiece]] = [[] for _block in blocks]
    for span in spans:
        number = bisect_right(ends, span[0])
        while number < len(blocks) and blocks[number][0] < span[1]:
            touching[number].append(span)
            number += 1
    return touching


def assign_lanes(spans: Iterable[SpanPiece]) -> dict[str, int]:
    """Return a lane 1 to LANES for each id, so that overlapping spans lie in different ones.

    Where more than LANES overlap, the lane that is free first is shared. All ranges of one id get
    the lane of the first.
    """
    lanes: dict[str, int] = {}
    free_from = [0] * LANES
    for start, end, uid in sorted(spans, key=lambda span: (span[0], -span[1], span[2])):
        lane = lanes.get(uid)
        if lane is None:
            lane = lanes[uid] = _first_free(free_from, start)
        free_from[lane - 1] = max(free_from[lane - 1], end)
    return lanes


def _first_free(free_from: list[int], start: int) -> int:
    for lane, position in enumerate(free_from, start=1):
        if position <= start:
            return lane
    return free_from.index(min(free_from)) + 1
