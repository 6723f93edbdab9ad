"""Two texts word by word: nothing is lost, and what matters is told from what does not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.spans.differences import Kind, Weight, compare_words, telling_changes


def shown(before: str, after: str) -> list[tuple[str, str, str]]:
    return [
        (one.kind.value, one.text, one.weight.value)
        for one in compare_words(before, after)
        if one.kind is not Kind.EQUAL
    ]


CASES = [
    ("He denied that he had met her.", "He confirmed that he had met her.", []),
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
        ("gone", "denied", "words"),
        ("come", "confirmed", "words"),
        ("gone", "2", "number"),
        ("come", "3", "number"),
    ]


def test_the_same_text_has_no_change():
    assert shown("All is well.", "All is well.") == []
    assert compare_words("", "") == []


words = st.lists(
    st.sampled_from(["a", "B", " ", "not", "7", "“", ".", "\n", "é", "👨‍👩‍👧"]), max_size=30
)


@given(words, words)
def test_the_runs_make_up_both_texts(old, new):
    before, after = "".join(old), "".join(new)
    runs = compare_words(before, after)
    assert "".join(one.text for one in runs if one.kind is not Kind.COME) == before
    assert "".join(one.text for one in runs if one.kind is not Kind.GONE) == after


def test_a_text_of_one_word_over_and_over_is_not_compared_for_ever():
    began = time.perf_counter()
    runs = compare_words("ab " * 5000, "ba " + "ab " * 5000)
    assert time.perf_counter() - began < 1
    assert {one.kind for one in runs} == {Kind.GONE, Kind.COME}
