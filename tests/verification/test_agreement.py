"""Agreement: published worked examples to three decimals, and what holds for any data."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.verification.agreement import (
    Undefined,
    cohen_kappa,
    confusion_matrix,
    either_way,
    krippendorff_alpha,
    percentage_agreement,
)

# Krippendorff (2011), example C: four observers, twelve units, some values missing.
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
UNITS = list(zip(*FOUR, strict=True))
SCALE = (1, 2, 3, 4, 5)


def table(*rows: tuple[int, ...]) -> dict[tuple[int, int], int]:
    return {(n, m): count for n, row in enumerate(rows) for m, count in enumerate(row)}


class TestPublishedExamples:
    def test_krippendorff_2011_with_missing_values(self):
        assert krippendorff_alpha(UNITS) == pytest.approx(0.743, abs=0.0005)
        assert krippendorff_alpha(UNITS, order=SCALE) == pytest.approx(0.815, abs=0.0005)

    def test_krippendorff_2011_two_observers_of_two_values(self):
        """Example A: ten units, alpha 0.095."""
        one = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
        other = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
        assert krippendorff_alpha(zip(one, other, strict=True)) == pytest.approx(0.095, abs=0.0005)

    def test_krippendorff_2011_two_observers_of_many_values(self):
        """Example B: twelve units, alpha 0.692."""
        one, other = "aabbdcccedda", "babbbccceddd"
        assert krippendorff_alpha(zip(one, other, strict=True)) == pytest.approx(0.692, abs=0.0005)

    def test_cohens_kappa_of_the_grant_proposals(self):
        """50 proposals, 20 and 15 alike, 5 and 10 not: kappa 0.4 at 70 %."""
        found = table((20, 5), (10, 15))
        assert cohen_kappa(found) == pytest.approx(0.4, abs=0.0005)
        assert percentage_agreement(found) == pytest.approx(0.7)

    def test_equal_agreement_of_unequal_habits(self):
        """Two tables at 60 % whose kappas differ: 0.130 and 0.259."""
        assert cohen_kappa(table((45, 15), (25, 15))) == pytest.approx(0.1304, abs=0.0005)
        assert cohen_kappa(table((25, 35), (5, 35))) == pytest.approx(0.2593, abs=0.0005)

    def test_three_categories_by_hand(self):
        """200 units: 140 alike, 82 by chance, so kappa is 58 / 118."""
        found = table((88, 14, 18), (10, 40, 10), (2, 6, 12))
        assert cohen_kappa(found) == pytest.approx(0.492, abs=0.0005)


class TestUndefined:
    def test_nobody_judged_the_same(self):
        assert krippendorff_alpha([]) == Undefined.NO_COMMON_CLAIMS
        assert krippendorff_alpha([["s"], ["r", None]]) == Undefined.NO_COMMON_CLAIMS
        assert cohen_kappa({}) == Undefined.NO_COMMON_CLAIMS
        assert percentage_agreement({("s", "s"): 0}) == Undefined.NO_COMMON_CLAIMS

    def test_one_label_only(self):
        assert krippendorff_alpha([["s", "s"], ["s", "s", "s"]]) == Undefined.ONE_LABEL
        assert cohen_kappa({("s", "s"): 9}) == Undefined.ONE_LABEL
        assert percentage_agreement({("s", "s"): 9}) == 1

    def test_a_lone_other_label_compares_with_nothing(self):
        assert krippendorff_alpha([["s", "s"], ["r"]]) == Undefined.ONE_LABEL

    def test_none_agreeing_is_a_number(self):
        assert percentage_agreement({("s", "r"): 3}) == 0
        assert cohen_kappa({("s", "r"): 3}) == 0

    def test_a_value_off_the_scale_is_no_silent_nought(self):
        with pytest.raises(ValueError, match="Not on the scale: 9"):
            krippendorff_alpha([[1, 9]], order=SCALE)


UNIT = st.lists(st.none() | st.sampled_from(SCALE), max_size=5)
ANY_UNITS = st.lists(UNIT, max_size=12)
ORDERS = st.sampled_from([None, SCALE])
PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=20)


def counted(pairs: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    return {pair: pairs.count(pair) for pair in pairs}


class TestAlwaysHolds:
    @given(units=ANY_UNITS, order=ORDERS)
    def test_alpha_is_at_most_one(self, units, order):
        found = krippendorff_alpha(units, order=order)
        assert isinstance(found, Undefined) or -1 <= found <= 1

    @given(units=ANY_UNITS, order=ORDERS, seed=st.randoms(use_true_random=False))
    def test_who_gave_a_value_and_in_which_order_changes_nothing(self, units, order, seed):
        mixed = [seed.sample(unit, len(unit)) for unit in units]
        seed.shuffle(mixed)
        assert krippendorff_alpha(mixed, order=order) == krippendorff_alpha(units, order=order)

    @given(units=ANY_UNITS, order=ORDERS, lone=st.sampled_from(SCALE))
    def test_a_unit_of_one_value_changes_nothing(self, units, order, lone):
        more = [*units, [lone], [None, lone], []]
        assert krippendorff_alpha(more, order=order) == krippendorff_alpha(units, order=order)

    @given(values=st.lists(st.sampled_from(SCALE), max_size=12), order=ORDERS)
    def test_perfect_agreement_is_one(self, values, order):
        found = krippendorff_alpha([[one, one, one] for one in values], order=order)
        assert found == (1 if len(set(values)) > 1 else found)
        assert isinstance(found, Undefined) or found == 1

    @given(units=ANY_UNITS)
    def test_turning_the_scale_round_changes_nothing(self, units):
        found = krippendorff_alpha(units, order=SCALE)
        assert krippendorff_alpha(units, order=SCALE[::-1]) == found

    @given(units=st.lists(st.lists(st.sampled_from((1, 5)), max_size=4), max_size=10))
    def test_of_two_values_ordinal_is_nominal(self, units):
        assert krippendorff_alpha(units, order=SCALE) == krippendorff_alpha(units)

    @given(pairs=PAIRS)
    def test_kappa_is_the_same_both_ways_and_at_most_one(self, pairs):
        found = cohen_kappa(counted(pairs))
        assert found == cohen_kappa(counted([(b, a) for a, b in pairs]))
        assert isinstance(found, Undefined) or -1 <= found <= 1
        if pairs and all(a == b for a, b in pairs):
            assert found in (1, Undefined.ONE_LABEL)

    @given(pairs=PAIRS)
    def test_the_matrix_holds_every_pair(self, pairs):
        rows = confusion_matrix(counted(pairs), "abc")
        assert sum(map(sum, rows)) == len(pairs)
        both = confusion_matrix(either_way(counted(pairs)), "abc")
        assert both == [list(column) for column in zip(*both, strict=True)]
        assert sum(map(sum, both)) == 2 * len(pairs)
        assert percentage_agreement(either_way(counted(pairs))) == percentage_agreement(
            counted(pairs)
        )


def test_ten_thousand_units_take_a_moment():
    numbers = random.Random(7)
    units = [[numbers.choice("abcde"), numbers.choice("abcde")] for _unit in range(10_000)]
    started = time.perf_counter()
    found = krippendorff_alpha(units)
    assert time.perf_counter() - started < 0.5
    assert found == pytest.approx(0, abs=0.03)
