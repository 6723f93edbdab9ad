"""Telling an edited text from another one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.articles.likeness import is_another_text
from tests.captures import pages, wall_news, walls
from tests.captures.test_quality import read

STORY = " ".join(read(source).text for source in wall_news.NEWS.values())
SENTENCES = STORY.split(". ")
WORDS = st.lists(st.sampled_from(["one", "two", "three", "four", "five", "six"]), max_size=40)


@pytest.mark.parametrize(
    "source",
    [*walls.BLOCKS.values(), *walls.CONSENTS.values(), *walls.MAINTENANCE.values()],
)
def test_a_wall_nobody_knows_is_another_text(source):
    for article in (pages.ARTICLE, pages.UKRAINIAN):
        assert is_another_text(read(article).text, read(source).text)


@pytest.mark.parametrize(
    ("old", "new", "is_another"),
    [
        (STORY, STORY, False),
        (STORY, STORY.upper(), False),
        (STORY, ". ".join(SENTENCES[:2]), False),
        (". ".join(SENTENCES[:2]), STORY, False),
        (STORY, ". ".join(reversed(SENTENCES)), False),
        (STORY, f"Corrected on Monday. {STORY}", False),
        (STORY, read(pages.UKRAINIAN).text, True),
        ("498 were killed.", "2,000 were killed.", False),
        ("Tolls differ, says the ministry.", "Tolls differ, said the ministry.", False),
        ("Tolls differ, says the ministry.", "Nothing to see here, move along.", True),
        ("死傷者数は省庁によって異なる。", "死傷者数は省庁により異なる。", False),
        ("死傷者数は省庁によって異なる。", "ご利用にはログインが必要です。", True),
        ("Some words.", "", True),
        ("", "Some words.", True),
        ("", "", False),
        ("...", "!", False),
    ],
)
def test_what_is_left_of_a_text_decides(old, new, is_another):
    assert is_another_text(old, new) == is_another


def test_every_fourth_word_may_change():
    words = STORY.split()
    changed = " ".join("other" if n % 4 == 0 else word for n, word in enumerate(words))
    assert not is_another_text(STORY, changed)
    assert is_another_text(STORY, " ".join("other" if n % 2 else word for n, word in enumerate(
        words[:60])))  # fmt: skip


@given(WORDS, WORDS)
def test_neither_order_nor_a_copy_matters(one, other):
    old, new = " ".join(one), " ".join(other)
    assert is_another_text(old, new) == is_another_text(new, old)
    assert not is_another_text(old, old)


@given(WORDS.filter(lambda words: len(words) > 2), st.text(max_size=300))
def test_whatever_is_put_around_a_text_it_is_the_same(words, around):
    text = " ".join(words)
    assert not is_another_text(text, f"{around} {text} {around}")


@pytest.mark.parametrize("text", ["word ", "a", "死" * 5, "a b c d e f g ", "é\u0301"])
def test_a_long_text_is_told_at_once(text):
    long = (text * 200_000)[:200_000]
    began = time.perf_counter()
    is_another_text(long, STORY)
    is_another_text(" ".join(map(str, range(30_000))), long)
    assert time.perf_counter() - began < 2
