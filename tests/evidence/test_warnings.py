"""What to be warned of: dates that may overlap, one origin, one link twice."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib.dates import parse_event_time
from annotations.verification.evidence.warnings import (
    Answer,
    Interval,
    Piece,
    claim_made,
    dated_after,
    first_of,
    links_used_twice,
    one_origin,
)

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
START = datetime(2022, 3, 1, tzinfo=UTC)


def when(edtf: str) -> Interval:
    if not edtf:
        return Interval()
    time = parse_event_time(edtf, "UTC")
    return Interval(time.earliest, time.latest)


@pytest.mark.parametrize(
    ("published", "made", "answer"),
    [
        ("2022-03-03", "2022-03-02", YES),
        ("2022-03-02", "2022-03-02", UNKNOWN),
        ("2022-03-01", "2022-03-02", NO),
        ("2022-03", "2022-03-02", UNKNOWN),
        ("2022-04", "2022-03-02", YES),
        ("2022", "2023-01-01", NO),
        ("2022-03-02 18:31", "2022-03-02 18:30", YES),
        ("2022-03-03?", "2022-03-02", UNKNOWN),
        ("../2022-03-01", "2022-03-02", NO),
        ("2022-03-05/..", "2022-03-02", YES),
        ("", "2022-03-02", UNKNOWN),
        ("2022-03-02", "", UNKNOWN),
    ],
)
def test_dated_after_the_claim(published, made, answer):
    assert dated_after(Piece(1, published=when(published)), when(made)) == answer


def test_a_claimants_answer_always_comes_later_and_is_no_warning():
    piece = Piece(1, published=when("2022-05-01"), is_response=True)
    assert dated_after(piece, when("2022-03-02")) == NO


def test_a_claim_was_made_when_it_was_first_said_or_else_first_published():
    said, printed = [when("2022-03-02"), when("2022-03-01")], [when("2022-03-05")]
    assert claim_made(said, printed) == when("2022-03-01")
    assert claim_made([Interval()], printed) == when("2022-03-05")
    assert claim_made([], []) == Interval()


instants = st.integers(0, 60).map(lambda hours: START + timedelta(hours=hours))
intervals = st.tuples(st.none() | instants, st.none() | instants).map(
    lambda ends: Interval(*(sorted(ends) if None not in ends else ends))
)


@given(st.lists(intervals, max_size=6), st.randoms())
def test_the_first_of_moments_does_not_hang_on_their_order(moments, random):
    shuffled = list(moments)
    random.shuffle(shuffled)
    first = first_of(moments)
    assert first_of(shuffled) == first
    for one in moments:
        if one.earliest and first.earliest:
            assert first.earliest <= one.earliest
        if one.latest and first.latest:
            assert first.latest <= one.latest


@given(intervals, intervals)
def test_later_and_not_later_never_hold_at_once(published, made):
    there = dated_after(Piece(1, published=published), made)
    back = dated_after(Piece(1, published=made), published)
    assert not (there is YES and back is YES and published.earliest != published.latest)
    if not published.is_known or not made.is_known:
        assert there is UNKNOWN


def test_one_piece_or_none_is_no_question():
    assert one_origin([], {}) == one_origin([Piece(1)], {}) == NO


CNN, BBC = Piece(1, origin="cnn.com"), Piece(2, origin="bbc.co.uk")


@pytest.mark.parametrize(
    ("pieces", "marks", "answer"),
    [
        ([CNN, BBC], {}, NO),
        ([CNN, Piece(2, origin="cnn.com")], {}, YES),
        ([CNN, Piece(2, origin="cnn.com")], {(1, 2): True}, NO),
        ([CNN, BBC], {(1, 2): False}, YES),
        ([Piece(1, source=7), Piece(2, source=7)], {}, YES),
        ([Piece(1, source=7, origin="cnn.com"), Piece(2, source=7, origin="bbc.co.uk")], {}, YES),
        ([Piece(1, source=7), Piece(2, source=8)], {}, NO),
        ([Piece(1, source=7), Piece(2, origin="cnn.com")], {}, UNKNOWN),
        ([Piece(1), Piece(2)], {}, UNKNOWN),
        ([Piece(1), Piece(2)], {(1, 2): True}, NO),
        # A copy of a copy is no second origin.
        ([CNN, BBC, Piece(3, origin="un.org")], {(1, 2): False, (2, 3): False}, YES),
        ([CNN, BBC, Piece(3, origin="cnn.com")], {}, NO),
        ([CNN, Piece(3, origin="cnn.com"), Piece(4)], {}, UNKNOWN),
    ],
)
def test_all_from_one_origin(pieces, marks, answer):
    assert one_origin(pieces, {frozenset(pair): said for pair, said in marks.items()}) == answer


pieces_lists = st.integers(2, 6).flatmap(
    lambda count: st.tuples(
        *[
            st.builds(
                Piece,
                key=st.just(n),
                source=st.none() | st.integers(1, 2),
                origin=st.sampled_from(["", "a.org", "b.org"]),
                url=st.sampled_from(["", "https://a.org/", "https://b.org/"]),
            )
            for n in range(count)
        ]
    )
)


@given(pieces_lists, st.randoms())
def test_the_origin_does_not_hang_on_the_order(pieces, random):
    shuffled = list(pieces)
    random.shuffle(shuffled)
    assert one_origin(shuffled, {}) == one_origin(pieces, {})


@given(pieces_lists)
def test_marks_decide_over_what_is_guessed(pieces):
    together = {frozenset((one.key, other.key)): False for one, other in pairwise(pieces)}
    apart = {
        frozenset((one.key, other.key)): True for one in pieces for other in pieces if one != other
    }
    assert one_origin(pieces, together) is YES
    assert one_origin(pieces, apart) is NO


@given(pieces_lists)
def test_links_used_twice_are_those_that_several_have(pieces):
    groups = links_used_twice(pieces)
    urls = [piece.url for piece in pieces if piece.url]
    assert sorted(len(group) for group in groups) == sorted(
        urls.count(url) for url in set(urls) if urls.count(url) > 1
    )
    by_key = {piece.key: piece.url for piece in pieces}
    assert all(len({by_key[key] for key in group}) == 1 for group in groups)
