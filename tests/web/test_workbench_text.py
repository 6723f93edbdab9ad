"""Drawing a text with its marks, apart from any database."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from annotations.articles.passages import BlockRow, Passage, touching
from annotations.web.views.claims_context import in_context
from annotations.web.views.claims_history import word_difference
from annotations.web.views.workbench_text import (
    Marks,
    draw_text,
)

LETTERS = st.sampled_from([*"ab <&>\"'\u00a0\u0301é\n", "👨‍👩‍👧", "🇺🇦", "ن", "ש"])
TEXTS = st.lists(LETTERS, min_size=1, max_size=60).map("".join)


def blocks_of(text: str) -> list[BlockRow]:
    size = 17
    cuts = range(0, len(text), size)
    return [
        BlockRow(n, "paragraph", start, min(start + size, len(text)), text[start : start + size])
        for n, start in enumerate(cuts)
    ]


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


@given(TEXTS, st.data())
def test_marks_never_change_the_text(text, data):
    edges = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(edges, edges), max_size=12))
    pieces = [(min(pair), max(pair), str(n)) for n, pair in enumerate(pairs) if pair[0] != pair[1]]
    html = draw_text(blocks_of(text), Marks(pieces))
    assert plain(html) == text
    for start, end, number in pieces:
        marked = re.findall(
            rf'<mark[^>]*data-claims="(?:\d+ )*{number}(?: \d+)*"[^>]*>(.*?)</mark>', html, re.S
        )
        assert "".join(map(plain, marked)) == text[start:end]
        assert html.count(f'id="claim-{number}"') == 1


def test_only_what_separates_blocks_is_not_drawn():
    text = "A line\nbroken by hand\n\n"
    block = BlockRow(0, "paragraph", 0, len(text), text)
    html = draw_text([block], Marks([(7, 13, "1")]))
    assert (
        'A line\n<mark id="claim-1" class="d1" data-first="1" data-claims="1">broken</mark>' in html
    )
    assert html.count('class="gap"') == 1
    assert '<span class="gap">\n\n</span>' in html


@given(TEXTS, st.data())
def test_touched_blocks_are_those_a_range_reaches(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    blocks = blocks_of(text)
    assert touching(blocks, [(start, end)]) == [
        block for block in blocks if set(range(block.start, block.end)) & set(range(start, end))
    ]


@given(TEXTS, st.data())
def test_the_context_marks_exactly_the_words(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    pieces = in_context(Passage(100, text), [(start + 100, end + 100)])
    assert "".join(piece.text for piece in pieces if piece.is_marked) == text[start:end]
    assert "".join(piece.text for piece in pieces) in text


def test_the_context_is_the_sentence():
    text = "First one. He said that 498 died. Last one."
    start = text.index("498")
    pieces = in_context(Passage(0, text), [(start, start + 3)])
    assert "".join(piece.text for piece in pieces) == "He said that 498 died."


def test_a_difference_keeps_both_texts():
    runs = word_difference("About 6,000 soldiers died", "About 9,000 soldiers died")
    assert "".join(run.text for run in runs if run.kind != "insert") == "About 6,000 soldiers died"
    assert "".join(run.text for run in runs if run.kind != "delete") == "About 9,000 soldiers died"
    assert word_difference("one", "entirely different") == []
