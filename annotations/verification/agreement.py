"""How far people who judged the same claims agree: numbers, or the reason there is none. PURE.

A value is whatever was given to a unit: here the label of a review, and the claim is the unit.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

Value = TypeVar("Value", bound=Hashable)
# How often the first reviewer gave the one value and the second the other, by both values.
Table = Mapping[tuple[Value, Value], int]


class Undefined(StrEnum):
    """Why there is no number: the words for people are in `agreement_words`."""

    NO_COMMON_CLAIMS = "no_common_claims"
    ONE_LABEL = "one_label"
    NOTHING_MARKED = "nothing_marked"
    NO_TOKENS = "no_tokens"
    NO_TEXTS = "no_texts"


# A coefficient, or why it is undefined; a number of 0 is a number.
Measured = float | Undefined


def krippendorff_alpha(
    units: Iterable[Sequence[Value | None]], *, order: Sequence[Value] | None = None
) -> Measured:
    """Return Krippendorff's alpha of the units, each the values it was given; None is no value.

    Nominal without `order`; ordinal with the scale's values from one end to the other. Who gave a
    value does not matter, so any number of reviewers may have judged any unit; a unit with fewer
    than two values says nothing. Source: K. Krippendorff, "Computing Krippendorff's
    Alpha-Reliability" (2011), by the coincidence matrix. Raises ValueError for a value outside
    `order`.
    """
    # Units with the same values count together: 10,000 claims have a few dozen patterns.
    patterns = Counter(tuple(one for one in unit if one is not None) for unit in units)
    coincidences = _coincidences(patterns)
    if not coincidences:
        return Undefined.NO_COMMON_CLAIMS
    totals: dict[Any, Fraction] = {}
    for (value, _other), count in coincidences.items():
        totals[value] = totals.get(value, Fraction(0)) + count
    if len(totals) < 2:
        return Undefined.ONE_LABEL
    distance = _nominal if order is None else _ordinal(order, totals)
    observed = sum(count * distance(*pair) for pair, count in coincidences.items())
    expected = sum(
        totals[one] * totals[other] * distance(one, other) for one in totals for other in totals
    )
    return float(1 - (sum(totals.values()) - 1) * observed / expected)


def cohen_kappa(table: Table[Value]) -> Measured:
    """Return Cohen's kappa of two reviewers: agreement beyond what their own habits would give.

    Source: J. Cohen, "A Coefficient of Agreement for Nominal Scales" (1960). Undefined where both
    gave one and the same label throughout, since then chance alone agrees always.
    """
    total = sum(table.values())
    if not total:
        return Undefined.NO_COMMON_CLAIMS
    first: Counter[Value] = Counter()
    second: Counter[Value] = Counter()
    for (one, other), count in table.items():
        first[one] += count
        second[other] += count
    by_chance = Fraction(sum(first[one] * second[one] for one in first), total * total)
    if by_chance == 1:
        return Undefined.ONE_LABEL
    return float((_share_alike(table) - by_chance) / (1 - by_chance))


def percentage_agreement(table: Table[Value]) -> Measured:
    """Return the share, from 0 to 1, of pairs of values of the same unit that are the same."""
    return float(_share_alike(table)) if sum(table.values()) else Undefined.NO_COMMON_CLAIMS


def confusion_matrix(table: Table[Value], values: Sequence[Value]) -> list[list[int]]:
    """Return the counts by the first reviewer's value (rows) and the second's (columns)."""
    return [[table.get((row, column), 0) for column in values] for row in values]


def either_way(table: Table[Value]) -> Counter[tuple[Value, Value]]:
    """Return the table with every pair counted in both orders: for reviewers without a first."""
    both: Counter[tuple[Value, Value]] = Counter()
    for (one, other), count in table.items():
        both[one, other] += count
        both[other, one] += count
    return both


def _share_alike(table: Table[Value]) -> Fraction:
    alike = sum(count for (one, other), count in table.items() if one == other)
    return Fraction(alike, sum(table.values()))


def _coincidences(patterns: Mapping[tuple[Any, ...], int]) -> dict[tuple[Any, Any], Fraction]:
    """Count the ordered pairs of values in each unit, a unit of m values weighing m in all."""
    found: dict[tuple[Any, Any], Fraction] = {}
    for values, units in patterns.items():
        if len(values) < 2:
            continue
        counts = Counter(values)
        for one, given in counts.items():
            for other, also in counts.items():
                pairs = given * (also - (one == other)) * units
                if pairs:
                    weight = Fraction(pairs, len(values) - 1)
                    found[one, other] = found.get((one, other), Fraction(0)) + weight
    return found


def _nominal(one: Any, other: Any) -> Fraction:
    return Fraction(one != other)


def _ordinal(
    order: Sequence[Any], totals: Mapping[Any, Fraction]
) -> Callable[[Any, Any], Fraction]:
    """Return the squared distance of ranks: how many values were given from the one to the other,
    the two ends by half.
    """
    places = {value: place for place, value in enumerate(order)}
    outside = [value for value in totals if value not in places]
    if outside:
        raise ValueError(f"Not on the scale: {outside[0]!r}")

    def distance(one: Any, other: Any) -> Fraction:
        low, high = sorted((places[one], places[other]))
        between = sum((totals.get(order[n], Fraction(0)) for n in range(low, high + 1)), Fraction())
        return (between - (totals[one] + totals[other]) / 2) ** 2

    return distance
