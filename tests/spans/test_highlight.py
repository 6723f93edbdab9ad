from __future__ import annotations

import random
import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotations.spans.highlight import (
    LANES,
    Segment,
    SpanPiece,
    assign_lanes,
    segments,
    segments_by_block,
)


@st.composite
def span_pieces(draw: st.DrawFn) -> list[SpanPiece]:
    ends = st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(lambda pair: pair[0] != pair[1])
    drawn = draw(st.lists(ends, max_size=12))
    return [(min(pair), max(pair), f"id{n}") for n, pair in enumerate(drawn)]


def test_a_block_without_spans_is_one_plain_segment() -> None:
    assert segments(5, 9, []) == [Segment(5, 9, ())]
    assert segments(5, 9, [(0, 5, "before"), (9, 12, "after")]) == [Segment(5, 9, ())]
    assert segments(5, 5, []) == []


def test_nested_and_overlapping_spans_are_cut_at_every_boundary() -> None:
    cut = segments(0, 20, [(0, 10, "long"), (5, 8, "short"), (7, 14, "other")])
    assert [(one.start, one.end, one.ids) for one in cut] == [
        (0, 5, ("long",)),
        (5, 7, ("short", "long")),
        (7, 8, ("short", "other", "long")),
        (8, 10, ("other", "long")),
        (10, 14, ("other",)),
        (14, 20, ()),
    ]
    assert [one.depth for one in cut] == [1, 2, 2, 2, 1, 0]


def test_the_same_passage_twice_and_touching_spans() -> None:
    assert segments(0, 4, [(0, 2, "b"), (0, 2, "a"), (2, 4, "c")]) == [
        Segment(0, 2, ("a", "b")),
        Segment(2, 4, ("c",)),
    ]


def test_shortest_first_goes_by_the_whole_range_not_the_part_in_the_block() -> None:
    assert segments(10, 20, [(0, 12, "long"), (10, 15, "short")])[0].ids == ("short", "long")


@given(span_pieces(), st.integers(0, 30), st.integers(30, 60))
def test_segments_concatenate_to_the_block_and_list_just_their_spans(
    spans: list[SpanPiece], block_start: int, block_end: int
) -> None:
    cut = segments(block_start, block_end, spans)
    if block_start < block_end:
        assert (cut[0].start, cut[-1].end) == (block_start, block_end)
    assert all(one.end == following.start for one, following in pairwise(cut))
    lengths = {uid: end - start for start, end, uid in spans}
    for one in cut:
        expected = {uid for start, end, uid in spans if start <= one.start and end >= one.end}
        assert set(one.ids) == expected
        assert len(one.ids) == len(expected)
        assert [lengths[uid] for uid in one.ids] == sorted(lengths[uid] for uid in one.ids)


@given(span_pieces(), st.lists(st.integers(1, 59), max_size=6))
def test_blocks_get_the_spans_that_touch_them(spans: list[SpanPiece], cuts: list[int]) -> None:
    edges = [0, *sorted(set(cuts)), 60]
    blocks = list(pairwise(edges))
    expected = [segments(start, end, spans) for start, end in blocks]
    assert segments_by_block(blocks, spans) == expected


@given(span_pieces())
def test_overlapping_spans_lie_in_different_lanes_while_lanes_last(spans: list[SpanPiece]) -> None:
    lanes = assign_lanes(spans)
    assert set(lanes) == {uid for _start, _end, uid in spans}
    assert all(1 <= lane <= LANES for lane in lanes.values())
    for one in segments(0, 60, spans):
        covering = [span for span in spans if span[0] < 60 and span[2] in one.ids]
        if max((len(two.ids) for two in segments(0, 60, spans)), default=0) <= LANES:
            assert len({lanes[span[2]] for span in covering}) == len(covering)


def test_all_ranges_of_one_span_share_its_lane() -> None:
    lanes = assign_lanes([(0, 5, "a"), (3, 9, "b"), (20, 25, "b"), (19, 30, "c")])
    assert lanes == {"a": 1, "b": 2, "c": 1}


def test_five_thousand_overlapping_spans_in_a_long_article(record_property: object) -> None:
    chance = random.Random(7)
    edges = sorted({0, 200_000, *(chance.randrange(200_000) for _n in range(347))})
    spans = []
    for number in range(5000):
        start = chance.randrange(199_000)
        spans.append((start, start + chance.randrange(5, 400), f"span-{number}"))
    began = time.perf_counter()
    cut = segments_by_block(list(pairwise(edges)), spans)
    lanes = assign_lanes(spans)
    record_property("milliseconds", round((time.perf_counter() - began) * 1000))  # type: ignore[operator]
    assert sum(one.end - one.start for block in cut for one in block) == 200_000
    assert len(lanes) == 5000
