"""Which claims of several people lie together: tables of cases, and what holds for any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.verification.rounds.groups import Kind, Marked, group_marks

A, B, C = 1, 2, 3


def marked(*claims: tuple[int, tuple[tuple[int, int], ...]]) -> list[Marked]:
    return [Marked(n, person, ranges) for n, (person, ranges) in enumerate(claims)]


@pytest.mark.parametrize(
    ("claims", "wanted"),
    [
        ([], []),
        ([(A, ((0, 5),))], [("alone", [0])]),
        ([(A, ((0, 5),)), (B, ((0, 5),))], [("same", [0, 1])]),
        ([(A, ((0, 5),)), (B, ((4, 9),))], [("overlapping", [0, 1])]),
        # Ranges that touch share nothing.
        ([(A, ((5, 9),)), (B, ((0, 5),))], [("alone", [1]), ("alone", [0])]),
        # Through a third that reaches both.
        ([(A, ((0, 3),)), (B, ((6, 9),)), (C, ((2, 7),))], [("overlapping", [0, 2, 1])]),
        # Through a second range, over what lies between.
        ([(A, ((0, 3), (20, 25))), (B, ((22, 23),)), (C, ((5, 9),))],
         [("overlapping", [0, 1]), ("alone", [2])]),
        ([(A, ((0, 9),)), (A, ((2, 4),))], [("alone", [0, 1])]),
        ([(A, ((0, 2), (4, 6))), (B, ((4, 6), (0, 2)))], [("same", [0, 1])]),
        # A long one before a short one still reaches what comes after the short one.
        ([(A, ((0, 30),)), (B, ((2, 4),)), (C, ((20, 22),))], [("overlapping", [0, 1, 2])]),
    ],
)  # fmt: skip
def test_groups(claims, wanted):
    found = group_marks(marked(*claims))
    assert [(one.kind, [each.claim for each in one.members]) for one in found] == wanted


def test_plain_is_what_everybody_marked_just_once():
    once = marked((A, ((0, 5),)), (B, ((0, 5),)))
    twice = marked((A, ((0, 5),)), (B, ((0, 5),)), (B, ((0, 5),)))
    assert [group.is_plain for group in group_marks(once)] == [True]
    assert [(group.kind, group.is_plain) for group in group_marks(twice)] == [(Kind.SAME, False)]


RANGES = st.tuples(st.integers(0, 60), st.integers(1, 9)).map(lambda one: (one[0], sum(one)))
MARKS = st.lists(
    st.tuples(st.integers(1, 3), st.lists(RANGES, min_size=1, max_size=2).map(tuple)), max_size=8
)


@given(claims=MARKS)
def test_every_claim_is_in_one_group_and_groups_share_no_word(claims):
    groups = group_marks(marked(*claims))
    members = [one.claim for group in groups for one in group.members]
    assert sorted(members) == list(range(len(claims)))

    def points(group):
        return {n for one in group.members for start, end in one.ranges for n in range(start, end)}

    for n, group in enumerate(groups):
        assert not any(points(group) & points(other) for other in groups[n + 1 :])
