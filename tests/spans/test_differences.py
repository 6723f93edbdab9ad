"""Two texts word by word: nothing is lost, and what matters is told from what does not."""

import sys
import time
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.spans.differences import Kind, compare_words, telling_changes
from annotations.spans.weights import Weighed, Weight


def shown(before: str, after: str) -> list[tuple[str, str, str]]:
    return [
        (one.kind.value, one.text, one.weight.value)
        for one in compare_words(before, after)
        if one.kind is not Kind.EQUAL
    ]


CASES = [
    ("He denied that he had met her.", "He confirmed that he had met her.", [Weight.NEGATION]),
    ("He did not know.", "He did know.", [Weight.NEGATION]),
    ("They won't go.", "They will go.", [Weight.NEGATION]),
    ("Він не знав.", "Він знав.", [Weight.NEGATION]),
    ("Some 6,000 died.", "Some 5,840 died.", [Weight.NUMBER]),
    ("Up 4.5% today.", "Up 4.6% today.", [Weight.NUMBER]),
    ("Twelve streets were named.", "Ten streets were named.", [Weight.NUMBER]),
    ("The mayor, Ann Lee, spoke.", "The mayor, Ann Kim, spoke.", [Weight.NAME]),
    ("The mayor said “all is lost”.", "The mayor said all is lost.", [Weight.QUOTATION]),
    ("All is  well, he said.", "All is well he said.", []),
    ("The Mayor spoke.", "The mayor spoke.", []),
    ("It rained. Later it stopped.", "It rained. Then it stopped.", []),
    ("No, said Kim at 9.", "Yes, said Lee at 10.", [Weight.NEGATION, Weight.NUMBER, Weight.NAME]),
]


@pytest.mark.parametrize(("before", "after", "telling"), CASES)
def test_what_matters_stands_out(before, after, telling):
    assert telling_changes(compare_words(before, after)) == telling


def test_each_change_is_told_with_its_words():
    assert shown("He denied it on 2 May.", "He confirmed it on 3 May.") == [
        ("gone", "denied", "negation"),
        ("come", "confirmed", "negation"),
        ("gone", "2", "number"),
        ("come", "3", "number"),
    ]


def test_the_same_text_has_no_change():
    assert shown("All is well.", "All is well.") == []
    assert compare_words("", "") == []


PIECES = ("a", "B", "not", "denied", "confirmed", "likely", "unlikely", "7", "x9", "é", "👨‍👩‍👧")
words = st.lists(st.sampled_from([*PIECES, *"“”«»'’.\n "]), max_size=30)


@given(words, words)
def test_the_runs_make_up_both_texts(old, new):
    before, after = "".join(old), "".join(new)
    runs = compare_words(before, after)
    assert "".join(one.text for one in runs if one.kind is not Kind.COME) == before
    assert "".join(one.text for one in runs if one.kind is not Kind.GONE) == after


def test_a_text_of_one_word_over_and_over_is_not_compared_for_ever():
    began = time.perf_counter()
    runs = compare_words("c " + "ab " * 5000 + "c", "ba " + "ab " * 5000 + "ba")
    assert time.perf_counter() - began < 1
    assert {one.kind for one in runs} == {Kind.GONE, Kind.COME}


def test_of_a_long_paragraph_only_the_changed_words_are_marked():
    sentences = [
        f"On day {n} the mayor of town {n * 7} said that all was well. " for n in range(3500)
    ]
    before = "".join(sentences)
    assert len(before) > 200_000
    after = before.replace("On day 1700 the", "On day 1701 a")
    assert shown(before, after) == [
        ("gone", "1700", "number"),
        ("come", "1701", "number"),
        ("gone", "the", "words"),
        ("come", "a", "words"),
    ]


def lines_run(read: Callable[[], object]) -> int:
    """Count the lines of code that are run: a measure of work that does not depend on the load."""
    count = 0

    def trace(_frame: FrameType, event: str, _arg: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "“a ",
        "'a ",
        '«b» "c" ',
        "a” ",
        "Not 5 of «the» ‘bank’. ",
        "Share on X\n",
        '"',
        "‘a\n",
        "don’t ",
    ],
)
def test_twice_the_text_takes_twice_the_work(piece):
    short, long = (lines_run(lambda n=n: Weighed(piece * n).weight(0)) for n in (3_000, 6_000))
    assert long < 2.2 * short + 1_000


@given(words, words)
def test_every_change_has_one_weight_and_no_changed_number_is_cosmetic(old, new):
    before, after = "".join(old), "".join(new)
    runs = compare_words(before, after)
    assert all(isinstance(one.weight, Weight) for one in runs)
    changed = [one for one in runs if one.kind is not Kind.EQUAL]
    cosmetic = "".join(one.text for one in changed if one.weight is Weight.COSMETIC)
    assert not any(one.isdigit() for one in cosmetic)
