"""Agreement on what to mark: by tokens, by whole marks, by marks that meet."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.verification.agreement import Undefined
from annotations.verification.span_agreement import (
    exact_f1,
    overlap_f1,
    token_alpha,
    tokens_alpha,
)

TEXT = "The service said more than 2,000 civilians were killed in a week."
TOKENS = [one.span() for one in re.finditer(r"\w[\w,]*", TEXT)]


def mark(*words: str) -> tuple[tuple[int, int], ...]:
    return tuple((TEXT.index(one), TEXT.index(one) + len(one)) for one in words)


WHOLE = mark("more than 2,000 civilians were killed")
SHORT = mark("2,000 civilians")
LATE = mark("in a week")


class TestTokens:
    def test_the_same_words_agree_wholly(self):
        assert token_alpha(TOKENS, [[WHOLE], [WHOLE]]) == 1
        assert (
            token_alpha(TOKENS, [[WHOLE], [mark("more than"), mark("2,000 civilians were killed")]])
            == 1
        )

    def test_a_full_stop_more_is_no_dissent(self):
        assert token_alpha(TOKENS, [[LATE], [mark("in a week.")]]) == 1

    def test_by_hand(self):
        """Twelve tokens, six marked by one and two of these by the other.

        Of 24 values 8 say marked: alpha is 1 - 23 * 8 / (2 * 8 * 16).
        """
        assert len(TOKENS) == 12
        found = token_alpha(TOKENS, [[WHOLE], [SHORT]])
        assert found == pytest.approx(1 - 23 * 8 / (2 * 8 * 16))

    def test_krippendorff_2011_two_observers_of_two_values(self):
        """His example A as ten words, of which the one marked two and the other four: 0.095."""
        words = [(n, n + 1) for n in range(0, 20, 2)]
        one, other = ([(words[n],) for n in places] for places in ((1, 8), (0, 1, 2, 5)))
        assert token_alpha(words, [one, other]) == pytest.approx(0.095, abs=0.0005)

    def test_texts_count_together_whoever_marked_them(self):
        words = [(n, n + 1) for n in range(0, 20, 2)]
        one, other = ([(words[n],) for n in places] for places in ((1, 8), (0, 1, 2, 5)))
        halves = [
            (words[:5], [[mark for mark in each if mark[0][0] < 10] for each in (one, other)]),
            (words[5:], [[mark for mark in each if mark[0][0] >= 10] for each in (one, other)]),
        ]
        assert tokens_alpha(halves) == token_alpha(words, [one, other])
        assert tokens_alpha([]) == Undefined.NO_TEXTS

    def test_what_has_no_number(self):
        assert token_alpha([], [[], []]) == Undefined.NO_TOKENS
        assert token_alpha(TOKENS, [[], []]) == Undefined.NOTHING_MARKED
        assert token_alpha(TOKENS, [[WHOLE]]) == Undefined.NO_COMMON_CLAIMS
        everything = ((0, len(TEXT)),)
        assert token_alpha(TOKENS, [[everything], [everything]]) == Undefined.ONE_LABEL


class TestMarks:
    def test_exact_needs_the_same_ranges(self):
        assert exact_f1([WHOLE, LATE], [SHORT, LATE]) == 0.5
        assert exact_f1([WHOLE], [SHORT]) == 0
        assert exact_f1([mark("civilians", "week")], [mark("week", "civilians")]) == 1

    def test_overlap_needs_one_code_point(self):
        assert overlap_f1([WHOLE], [SHORT]) == 1
        assert overlap_f1([WHOLE, LATE], [SHORT]) == pytest.approx(2 / 3)
        assert overlap_f1([((0, 5),)], [((5, 9),)]) == 0
        assert overlap_f1([((0, 50),), ((10, 12),)], [((40, 45),)]) == pytest.approx(2 / 3)

    def test_one_who_marked_nothing_agrees_with_nobody(self):
        for measure in (exact_f1, overlap_f1):
            assert measure([WHOLE], []) == 0
            assert measure([], []) == Undefined.NOTHING_MARKED


RANGES = st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda one: (one[0], sum(one)))
MARKS = st.lists(st.lists(RANGES, min_size=1, max_size=2).map(tuple), max_size=6)


@given(first=MARKS, second=MARKS)
def test_either_may_come_first_and_meeting_is_easier_than_matching(first, second):
    exact, overlap = exact_f1(first, second), overlap_f1(first, second)
    assert (exact, overlap) == (exact_f1(second, first), overlap_f1(second, first))
    alpha = token_alpha(TOKENS, [first, second])
    assert alpha == token_alpha(TOKENS, [second, first])
    if isinstance(exact, Undefined) or isinstance(overlap, Undefined):
        assert exact == overlap == Undefined.NOTHING_MARKED
    else:
        assert 0 <= exact <= overlap <= 1


@given(marks=MARKS)
def test_what_one_marks_agrees_with_itself(marks):
    wanted = 1 if marks else Undefined.NOTHING_MARKED
    assert exact_f1(marks, marks) == overlap_f1(marks, marks) == wanted
    assert token_alpha(TOKENS, [marks, marks]) in (1, *Undefined)


@given(first=MARKS, second=MARKS)
def test_meeting_is_what_it_says(first, second):
    def meets(one, others):
        return any(a < d and c < b for a, b in one for other in others for c, d in other)

    mine, theirs = {tuple(sorted(m)) for m in first}, {tuple(sorted(m)) for m in second}
    if not mine or not theirs:
        return
    precision = sum(meets(one, theirs) for one in mine) / len(mine)
    recall = sum(meets(one, mine) for one in theirs) / len(theirs)
    wanted = 2 * precision * recall / (precision + recall) if precision else 0
    assert overlap_f1(first, second) == pytest.approx(wanted)
