"""What proves a removal and what does not."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lifecycle.proving import (
    APART,
    CONTROL_WITHIN,
    SPAN,
    Finding,
    Lacking,
    Look,
    Origin,
    Seen,
    weigh,
)

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def look(hours: float, seen: str, *, control: float | None = 2, **more) -> Look:
    """A look so many hours on; `control` is how many minutes from it another page was well."""
    at = START + timedelta(hours=hours)
    well = None if control is None else at + timedelta(minutes=control)
    return Look(at, Seen(seen), well, **more)


GOOD = look(0, "good")


@pytest.mark.parametrize(
    "looks",
    [
        [GOOD, look(1, "gone"), look(25, "gone")],
        [GOOD, look(1, "tombstone"), look(25, "gone")],
        [GOOD, look(1, "gone"), look(8, "gone"), look(14, "gone"), look(25, "gone")],
        [GOOD, look(1, "gone", control=-10), look(25, "gone", control=10)],
        [GOOD, look(1, "gone"), look(3, "refused"), look(25, "gone")],
        [GOOD, look(1, "gone"), look(24, "gone"), look(25, "gone")],
        [GOOD, look(1, "gone"), look(9, "gone", control=None), look(25, "gone")],
        [look(0, "good", origin=Origin.ARCHIVE), look(1, "gone"), look(25, "gone")],
        [GOOD, look(1, "gone", origin=Origin.UPLOADED), look(25, "gone")],
    ],
    ids=range(9),
)
def test_a_removal_is_proven(looks: list[Look]) -> None:
    found = weigh(looks)
    assert found.finding is Finding.PROVEN
    assert found.before == looks[0]
    assert found.failures[-1].at - found.failures[0].at >= SPAN
    assert all(later.at - one.at >= APART for one, later in pairwise(found.failures))


@pytest.mark.parametrize(
    ("looks", "finding", "lacking"),
    [
        ([], "unknown", "good_before"),
        ([look(1, "gone"), look(26, "gone")], "suspected", "good_before"),
        ([GOOD, look(1, "gone")], "suspected", "second_failure"),
        ([GOOD, look(1, "gone"), look(6, "gone")], "suspected", "second_failure"),
        ([GOOD, look(1, "gone"), look(24.9, "gone")], "suspected", "time"),
        ([GOOD, look(1, "gone"), look(25, "gone", control=None)], "suspected", "control"),
        ([GOOD, look(1, "gone"), look(25, "gone", control=11)], "suspected", "control"),
        ([GOOD, look(1, "broken"), look(25, "broken")], "unknown", "clean_failure"),
        ([GOOD, look(1, "refused"), look(25, "refused")], "unknown", "clean_failure"),
        ([GOOD, look(1, "unclear"), look(25, "unclear")], "unknown", "clean_failure"),
        (
            [GOOD, look(1, "gone"), look(24.5, "refused"), look(25, "gone")],
            "suspected",
            "second_failure",
        ),
        (
            [GOOD, look(1, "gone"), look(25, "gone", origin=Origin.SCREENSHOT)],
            "suspected",
            "second_failure",
        ),
        (
            [GOOD, look(1, "gone"), look(25, "gone", origin=Origin.ARCHIVE, is_traced=False)],
            "suspected",
            "second_failure",
        ),
        (
            [look(0, "good", origin=Origin.SCREENSHOT), look(1, "gone"), look(26, "gone")],
            "suspected",
            "good_before",
        ),
    ],
    ids=range(14),
)
def test_a_removal_is_not_proven(looks: list[Look], finding: str, lacking: str) -> None:
    found = weigh(looks)
    assert (found.finding, found.lacking) == (Finding(finding), {Lacking(lacking)})


def test_a_page_that_came_back_is_there() -> None:
    found = weigh([GOOD, look(1, "gone"), look(25, "gone"), look(26, "good")])
    assert (found.finding, found.lacking) == (Finding.THERE, frozenset())


def test_a_flapping_page_proves_nothing() -> None:
    back_and_forth = [look(n, "gone" if n % 2 else "good") for n in range(5)]
    found = weigh([*back_and_forth, look(6, "gone"), look(31, "gone")])
    assert found.finding is Finding.UNKNOWN
    assert Lacking.FLAPPING in found.lacking
    later = weigh([*back_and_forth, look(24 * 9, "gone"), look(24 * 10 + 2, "gone")])
    assert later.finding is Finding.PROVEN


looks = st.builds(
    look,
    st.integers(0, 80).map(lambda half: half / 2),
    st.sampled_from([str(one) for one in Seen]),
    control=st.sampled_from([None, 2, 10, 11]),
    origin=st.sampled_from(Origin),
    is_traced=st.booleans(),
)


@given(st.lists(looks, max_size=12))
def test_what_is_proven_meets_the_rule_to_the_letter(several: list[Look]) -> None:
    found = weigh(several)
    if found.finding is not Finding.PROVEN:
        return
    assert found.before is not None
    assert found.before.seen is Seen.GOOD
    assert len(found.failures) >= 2
    assert found.failures[-1].at - found.failures[0].at >= SPAN
    for one in found.failures:
        assert one.at > found.before.at
        assert one.seen in (Seen.GONE, Seen.TOMBSTONE)
        assert one.control_at is not None
        assert abs(one.control_at - one.at) <= CONTROL_WITHIN
        assert one.counts
    newer = [one for one in several if one.counts and one.at > found.before.at]
    assert Seen.GOOD not in {one.seen for one in newer}


@given(st.lists(looks, max_size=8), st.randoms())
def test_the_order_in_which_looks_are_told_changes_nothing(
    several: list[Look], chance: random.Random
) -> None:
    mixed = sorted(several, key=lambda one: (one.at, chance.random()))
    moments = [one.at for one in several]
    if len(set(moments)) == len(moments):
        assert weigh(mixed) == weigh(several)


@given(st.lists(looks, max_size=8))
def test_a_refusal_beside_every_failure_takes_any_proof_away(several: list[Look]) -> None:
    refused = [Look(one.at, Seen.REFUSED) for one in several]
    assert weigh([*several, *refused]).finding is not Finding.PROVEN
