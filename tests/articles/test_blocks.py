from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.articles.blocks import (
    MAX_BLOCK,
    MAX_BLOCKS,
    MAX_LINES,
    SPARE,
    BlockCut,
    BlockKind,
    cut_blocks,
)
from annotations.lib.graphemes import is_edge

ARTICLE = """Two tolls, one war

The ministry names 498 dead; the president speaks of thousands.

The defence ministry said on Wednesday that 498 of its soldiers were killed.

What the other side says

“About 9,000 Russians were killed in a week.”

- 5,300 on Monday
- 5,710 on Tuesday

Photo: a street in Kharkiv

https://example.org/video

The UN's verified minimum is 136.
"""

pieces = st.sampled_from(
    ["\n", "\n\n", "\n \t\n", " ", "  ", "\u00a0", "a", "word", "Zoe\u0301", "👨‍👩‍👧‍👦", "🇺🇦",
     "👍🏽", "قُتل 498", "נהרגו 7", "- item", "1. ", ". ", "? ", "“", "”", "Photo: x", "https://a.b",
     "x" * 150, "sentence here. " * 40, "e\u0301" * 3000, "довге слово " * 500]
)  # fmt: skip
any_text = st.lists(pieces, max_size=30).map("".join)


def read(text: str, cuts: list[BlockCut]) -> list[tuple[str, str]]:
    return [(cut.kind.value, text[cut.start : cut.end].strip()) for cut in cuts]


def test_an_article_is_cut_into_its_parts() -> None:
    lines = ARTICLE.split("\n")
    assert read(ARTICLE, cut_blocks(ARTICLE, headline=lines[0], standfirst=lines[2])) == [
        ("headline", "Two tolls, one war"),
        ("standfirst", "The ministry names 498 dead; the president speaks of thousands."),
        ("paragraph", lines[4]),
        ("heading", "What the other side says"),
        ("quote", "“About 9,000 Russians were killed in a week.”"),
        ("list", "- 5,300 on Monday\n- 5,710 on Tuesday"),
        ("caption", "Photo: a street in Kharkiv"),
        ("embed", "https://example.org/video"),
        ("paragraph", "The UN's verified minimum is 136."),
    ]


@given(any_text, st.sampled_from([None, "a", "word", "Zoe\u0301"]))
def test_blocks_concatenate_to_the_text(text: str, headline: str | None) -> None:
    cuts = cut_blocks(text, headline=headline, standfirst="word")
    assert "".join(text[cut.start : cut.end] for cut in cuts) == text
    assert all(cut.end > cut.start for cut in cuts)
    assert sum(cut.kind is BlockKind.HEADLINE for cut in cuts) <= 1


@given(any_text)
def test_no_edge_lies_in_a_grapheme_cluster_and_no_block_is_long(text: str) -> None:
    for cut in cut_blocks(text):
        assert is_edge(text, cut.end)
        assert cut.end - cut.start <= MAX_BLOCK + SPARE


@given(any_text)
def test_what_separates_two_blocks_belongs_to_the_first(text: str) -> None:
    for cut in cut_blocks(text)[1:]:
        before = text[: cut.start]
        at_a_long_blank = len(before) - len(before.rstrip()) >= SPARE
        assert at_a_long_blank or text[cut.start : cut.end].lstrip("\n")[:1] == text[cut.start]
        assert at_a_long_blank or text[cut.start : cut.end].strip()


def test_without_blank_lines_every_line_is_a_block() -> None:
    text = "Headline\nOne.\nTwo.\n"
    assert read(text, cut_blocks(text, headline="Headline")) == [
        ("headline", "Headline"), ("paragraph", "One."), ("paragraph", "Two."),
    ]  # fmt: skip


def test_wrapped_lines_stay_together_and_long_lines_do_not() -> None:
    wrapped = "one two three\nfour five\n\nsix"
    assert len(cut_blocks(wrapped)) == 2
    long_lines = "x" * 150 + "\n" + "y" * 150 + "\n\nz"
    assert len(cut_blocks(long_lines)) == 3


def test_leading_white_space_belongs_to_the_first_block() -> None:
    text = "\n \nTitle\n\nBody"
    assert cut_blocks(text, headline="Title")[0] == BlockCut(BlockKind.HEADLINE, 0, 10)


@pytest.mark.parametrize("headline", ["Other", "Titl", ""])
def test_a_headline_that_is_not_the_first_line_does_not_count(headline: str) -> None:
    assert cut_blocks("Title\n\nBody", headline=headline)[0].kind is not BlockKind.HEADLINE


def test_the_dash_of_a_dialogue_is_no_list() -> None:
    text = "— Ні, — сказав він.\n— Так, — відповіла вона."
    assert {cut.kind for cut in cut_blocks(text)} == {BlockKind.PARAGRAPH}


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    text = "He said no. " * 1000
    cuts = cut_blocks(text)
    assert all(text[cut.start : cut.end].endswith("no. ") for cut in cuts)
    assert len(cuts) == 4


def test_an_empty_text_has_no_blocks_and_a_blank_one_has_one() -> None:
    assert cut_blocks("") == []
    assert cut_blocks(" \n") == [BlockCut(BlockKind.PARAGRAPH, 0, 2)]


def test_known_blocks_keep_their_kind_and_must_fit() -> None:
    text = "Quote. " * 1000 + "Item"
    known = [BlockCut(BlockKind.QUOTE, 0, 7000), BlockCut(BlockKind.LIST, 7000, 7004)]
    cuts = cut_blocks(text, known=known)
    assert [cut.kind.value for cut in cuts] == ["quote", "quote", "list"]
    for wrong in (known[:1], [known[1]], [*known, known[1]]):
        with pytest.raises(ValueError, match="block"):
            cut_blocks(text, known=wrong)


@pytest.mark.parametrize(
    "piece", ["a\n", "a\n\n", "слово. ", "x", "\n", "e\u0301", "🇺🇦", "“a\n\n", "- a\n\n", "\u0301"]
)
def test_a_million_code_points_of_anything_make_a_bounded_number_of_blocks(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    cuts = cut_blocks("T\n" + text, headline="T")
    assert cuts[-1].end == len(text) + 2
    assert len(cuts) <= MAX_BLOCKS
    assert max(cut.end - cut.start for cut in cuts) <= MAX_BLOCK + SPARE


def test_many_lines_keep_their_headline() -> None:
    text = "Title\n\n" + "a\n" * (MAX_LINES + 1)
    cuts = cut_blocks(text, headline="Title")
    assert cuts[0] == BlockCut(BlockKind.HEADLINE, 0, 7)
