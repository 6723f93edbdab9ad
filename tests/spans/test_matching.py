"""Two lists are compared in about linear time, and nothing of either is lost."""

import random
import time
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.spans import matching
from annotations.spans.changes import compare_texts
from annotations.spans.matching import opcodes


def proved(old, new, found):
    """Prove that the opcodes turn one list into the other, each place once and in order."""
    here = there = 0
    for kind, a, b, c, d in found:
        assert (a, c) == (here, there)
        assert a < b or c < d
        assert (kind == "equal") == (old[a:b] == new[c:d])
        here, there = b, d
    assert (here, there) == (len(old), len(new))


words = st.lists(st.sampled_from("abcdefgh"), max_size=30)


@given(words, words)
def test_a_long_list_is_cut_as_truly_as_a_short_one(old, new):
    proved(old, new, opcodes(old, new))
    proved(old, new, list(matching._joined(matching._of_long(old, new, 4))))


def test_one_changed_word_of_many_is_found():
    old = [str(n) for n in range(9_000)]
    new = [*old[:4_000], "x", *old[4_001:7_000], *old[7_002:]]
    assert opcodes(old, new) == list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def every_second(count):
    rows = [f"{n} lost at {n * 7}" for n in range(count)]
    return "\n".join(rows), "\n".join(f"{row} x" if n % 2 else row for n, row in enumerate(rows))


def shuffled(count):
    chance = random.Random(2)
    rows = [str(chance.randrange(150)) for _ in range(count)]
    return "\n".join(rows), "\n".join(chance.sample(rows, count))


def tied(count):
    """Words of a paragraph that have no space between them, every second one changed."""
    rows = [f"{10_000 + n}{chr(0x4E00 + n)}" for n in range(count)]
    return "".join(rows), "".join(f"{row}q" if n % 2 else row for n, row in enumerate(rows))


@pytest.mark.parametrize(
    ("made", "count"), [(every_second, 20_000), (shuffled, 20_000), (tied, 15_000)]
)
def test_texts_that_take_long_to_compare_do_not(made, count):
    old, new = made(count)
    began = time.perf_counter()
    found = compare_texts(old, new)
    assert all(one.runs for one in found if one.is_changed)
    assert time.perf_counter() - began < 5
    assert "".join(one.old for one in found) == old
    assert "".join(one.new for one in found) == new
