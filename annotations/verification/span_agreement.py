"""How far people who marked the same text on their own agree on what to mark. PURE.

A mark is one claim's words: its ranges of code points, start inclusive, end exclusive.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence

from annotations.verification.agreement import Measured, Undefined, krippendorff_alpha

Range = tuple[int, int]
Mark = tuple[Range, ...]


def token_alpha(tokens: Sequence[Range], marked: Sequence[Collection[Mark]]) -> Measured:
    """Return Krippendorff's nominal alpha over the tokens, each marked or not by each person.

    `tokens` are the places of the text's words, in order; `marked` is one collection of marks a
    person. A token touched by any mark counts as marked: whether two claims overlap is not asked.

    Tokens, and not Krippendorff's unitised alpha over lengths: nobody chooses single characters,
    so a full stop left out would count as dissent and a long word for more than a short one; and
    the unitised form allows no two units of one person to overlap, which claims do. Tokens of one
    claim depend on each other, so the number tells how much text people agree on, not how many
    claims: read it beside the two F1.
    """
    return tokens_alpha([(tokens, marked)])


def tokens_alpha(texts: Iterable[tuple[Sequence[Range], Sequence[Collection[Mark]]]]) -> Measured:
    """Return the same over the tokens of several texts, which need not have the same people."""
    units: list[tuple[bool, ...]] = []
    is_marked = is_any = False
    for tokens, marked in texts:
        is_any = True
        starts = [start for start, _end in tokens]
        ends = [end for _start, end in tokens]
        touched = [_touched(starts, ends, marks) for marks in marked]
        is_marked = is_marked or any(touched)
        units += [tuple(n in one for one in touched) for n in range(len(tokens))]
    if not is_any:
        return Undefined.NO_TEXTS
    if not units:
        return Undefined.NO_TOKENS
    if not is_marked:
        return Undefined.NOTHING_MARKED
    return krippendorff_alpha(units)


def exact_f1(first: Collection[Mark], second: Collection[Mark]) -> Measured:
    """Return the F1 of marks that both people made with exactly the same ranges.

    The harmonic mean of each one's share that the other made too; it needs no count of what
    nobody marked, which has no meaning for spans. Source: G. Hripcsak and A. Rothschild,
    "Agreement, the F-Measure, and Reliability in Information Retrieval" (2005).
    """
    mine, theirs = _as_set(first), _as_set(second)
    common = len(mine & theirs)
    return _f1(common, len(mine), common, len(theirs))


def overlap_f1(first: Collection[Mark], second: Collection[Mark]) -> Measured:
    """Return the F1 of marks that share at least one code point with one of the other person's.

    One mark may meet several, so a mark over the whole text meets all: read it beside the exact
    one. Source: J. Wiebe, T. Wilson and C. Cardie, "Annotating Expressions of Opinions and Emotions
    in Language" (2005), whose agr is taken in both directions.
    """
    mine, theirs = _as_set(first), _as_set(second)
    return _f1(_meeting(mine, theirs), len(mine), _meeting(theirs, mine), len(theirs))


def _as_set(marks: Collection[Mark]) -> set[Mark]:
    return {tuple(sorted(mark)) for mark in marks}


def _touched(starts: Sequence[int], ends: Sequence[int], marks: Collection[Mark]) -> set[int]:
    """Return the tokens that a mark shares a code point with."""
    found: set[int] = set()
    for mark in marks:
        for start, end in mark:
            found.update(range(bisect_right(ends, start), bisect_left(starts, end)))
    return found


def _meeting(marks: set[Mark], others: set[Mark]) -> int:
    """Count the marks that one of `others` overlaps."""
    ranges = sorted(one for mark in others for one in mark)
    starts = [start for start, _end in ranges]
    # The furthest end among the ranges up to each: those may overlap one another.
    reach: list[int] = []
    for _start, end in ranges:
        reach.append(max(end, reach[-1]) if reach else end)

    def is_met(mark: Mark) -> bool:
        for start, end in mark:
            before = bisect_left(starts, end)
            if before and reach[before - 1] > start:
                return True
        return False

    return sum(map(is_met, marks))


def _f1(found_of_first: int, first: int, found_of_second: int, second: int) -> Measured:
    if not first and not second:
        return Undefined.NOTHING_MARKED
    if not found_of_first or not found_of_second:
        return 0.0
    precision, recall = found_of_first / first, found_of_second / second
    return 2 * precision * recall / (precision + recall)
