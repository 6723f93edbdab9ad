"""Passages are found however they are retyped, with the text's own offsets, and always soon."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.spans.loosely import Folded, fold
from annotations.spans.selectors import find_quote

# What counts alike, each in several spellings.
ALIKE = [
    ["a"],
    ["b"],
    ["é", "e\u0301"],
    ["각", "\u1100\u1161\u11a8"],
    ["q\u0323\u0307", "q\u0307\u0323"],
    [" ", "\u00a0", "\n", "\u2003 \t"],
    ["-", "–", "——", "-–-"],
    ["'", "’", "ʼ"],
    ['"', "«", "“"],
    ["...", "…"],
    ["."],
    ["😀"],
]
NUMBERS = st.lists(st.integers(0, len(ALIKE) - 1), min_size=1, max_size=14)


@st.composite
def retyped(draw: st.DrawFn) -> tuple[str, int, int, str]:
    """A text, a slice of it, and that slice retyped."""
    numbers = draw(NUMBERS)
    first = draw(st.integers(0, len(numbers) - 1))
    last = draw(st.integers(first + 1, len(numbers)))
    spell = [st.sampled_from(ALIKE[number]) for number in numbers]
    words = [draw(one) for one in spell]
    other = [draw(one) for one in spell[first:last]]
    start = len("".join(words[:first]))
    return "".join(words), start, start + len("".join(words[first:last])), "".join(other)


@given(retyped())
def test_what_was_retyped_is_found_where_it_stands(case: tuple[str, int, int, str]) -> None:
    text, start, end, typed = case
    found = list(Folded(text).places(fold(typed)))
    for begins, ends in found:
        assert fold(text[begins:ends]) == fold(typed)
    cut = fold(text[:start]) + fold(text[start:end]) + fold(text[end:])
    # A slice may have been cut out of the middle of a run, or be other words once it stands alone.
    if cut == fold(text) and fold(typed) == fold(text[start:end]):
        assert (start, end) in found


@given(st.text(max_size=60))
def test_a_text_is_found_in_itself_as_a_whole(text: str) -> None:
    if text:
        assert (0, len(text)) in list(Folded(text).places(fold(text)))


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("-" * 100_000, "-–" * 2_000 + "x"),
        ("–-" * 50_000, "—-" * 2_000 + "x"),
        ("e\u0301" * 100_000, "é" * 5_000 + "x"),
        ("." * 100_000, ".…" * 2_000 + "x"),
        ("a \u00a0" * 30_000, "a " * 2_000 + "b"),
    ],
)
def test_no_passage_takes_for_ever(text: str, typed: str) -> None:
    assert find_quote(text, typed) == []
