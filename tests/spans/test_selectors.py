from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib.errors import InvalidInput
from annotations.spans.selectors import (
    MAX_MATCHES,
    MAX_RANGES,
    InvalidRange,
    TextRange,
    check_ranges,
    cut_selector,
    cut_selectors,
    find_quote,
    trim,
)

HARD = (
    "Family 👨‍👩‍👧‍👦 and flags 🇺🇦🇵🇱, skin 👍🏽; Zoe\u0301 said  two  spaces, nbsp\u00a0here.\n"
    "قُتل 498 جنديًا في 2022.\nנהרגו 1,597 חיילים.\nРосія втратила близько 9 000 солдатів."
)

texts = st.one_of(
    st.just(HARD),
    st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=80),
)


@st.composite
def text_and_range(draw: st.DrawFn) -> tuple[str, TextRange]:
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, TextRange(start, draw(st.integers(start + 1, len(text))))


def test_ranges_come_back_in_text_order_and_touching_ones_stay_apart() -> None:
    given_ranges = [TextRange(5, 9), TextRange(0, 5)]
    assert check_ranges(given_ranges, length=9) == (TextRange(0, 5), TextRange(5, 9))


@pytest.mark.parametrize(
    ("ranges", "words"),
    [
        ([], "Select some text"),
        ([TextRange(3, 3)], "is empty"),
        ([TextRange(4, 3)], "is empty"),
        ([TextRange(-1, 3)], "outside the text"),
        ([TextRange(3, 11)], "outside the text"),
        ([TextRange(0, 5), TextRange(4, 6)], "overlaps"),
        ([TextRange(0, 5), TextRange(0, 5)], "overlaps"),
        ([TextRange(0, 9), TextRange(2, 3)], "overlaps"),
        ([TextRange(n, n + 1) for n in range(MAX_RANGES + 1)], "at most 50"),
    ],
)
def test_a_range_that_does_not_fit_is_refused(ranges: list[TextRange], words: str) -> None:
    with pytest.raises(InvalidRange, match=words) as refusal:
        check_ranges(ranges, length=10 if len(ranges) < 50 else 1000)
    assert refusal.value.field == "ranges"


@given(text_and_range())
def test_a_selector_slices_to_its_words(drawn: tuple[str, TextRange]) -> None:
    text, one = drawn
    selector = cut_selector(text, one)
    assert text[selector.start : selector.end] == selector.exact
    around = selector.prefix + selector.exact + selector.suffix
    assert text[one.start - len(selector.prefix) : one.end + len(selector.suffix)] == around
    assert len(selector.prefix) == min(32, one.start)
    assert len(selector.suffix) == min(32, len(text) - one.end)


def test_several_selectors_keep_their_order() -> None:
    ranges = (TextRange(0, 1), TextRange(2, 3))
    assert [one.exact for one in cut_selectors("abc", ranges)] == ["a", "c"]


@given(text_and_range())
def test_trimming_takes_white_space_only(drawn: tuple[str, TextRange]) -> None:
    text, one = drawn
    try:
        trimmed = trim(text, one)
    except InvalidRange:
        assert not text[one.start : one.end].strip()
        return
    assert text[trimmed.start : trimmed.end] == text[one.start : one.end].strip()


@given(text_and_range())
def test_words_cut_from_a_text_are_found_there_again(drawn: tuple[str, TextRange]) -> None:
    text, one = drawn
    try:
        one = trim(text, one)
    except InvalidRange:
        return
    selector = cut_selector(text, one)
    matches = find_quote(text, selector.exact, selector.prefix, selector.suffix)
    assert all(match.is_exact for match in matches)
    assert all(text[match.start : match.end] == selector.exact for match in matches)
    assert (one.start, one.end) in [(match.start, match.end) for match in matches]


def test_places_may_overlap_and_context_tells_them_apart() -> None:
    text = "About 9 000 died"
    assert [one.start for one in find_quote(text, "00")] == [8, 9]
    assert [one.start for one in find_quote(text, "00", prefix="9 0")] == [9]
    # However many stand before it.
    assert [one.start for one in find_quote("a " * 1000 + "ab", "a", suffix="b")] == [2000]


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("He said “About 9,000 Russians” died", 'said "About 9,000 Russians"', None),
        ("Russia’s  plans\nfailed", "Russia's plans failed", None),
        ("losses\u00a0of 6,000", "losses of 6,000", None),
        ("Zoe\u0301 said", "Zoé said", None),
        ("Київ", "Киі\u0308в".replace("і\u0308", "і\u0308"), None),
        ("killed — or wounded…", "killed - or wounded...", None),
        ("killed -- or", "killed — or", None),
        ("«Вони будуть знищені»", '"Вони будуть знищені"', None),
        ("a  b a b", "a b", "a b"),
    ],
)
def test_a_retyped_passage_is_found_with_true_offsets(
    text: str, typed: str, found: str | None
) -> None:
    (match,) = find_quote(text, typed)
    assert text[match.start : match.end] == (
        found or text.removeprefix("He ").removesuffix(" died")
    )
    assert match.is_exact is (found is not None)


def test_context_picks_among_several_places() -> None:
    text = "6,000 soldiers on Tuesday, 6,000 soldiers on Wednesday"
    assert len(find_quote(text, "6,000 soldiers")) == 2
    (match,) = find_quote(text, "6,000 soldiers", suffix=" on Wed")
    assert match.start == text.rindex("6,000")
    assert len(find_quote(text, "6,000 soldiers", prefix="no such words")) == 2
    assert match.prefix == text[:27][-32:]


def test_a_passage_that_is_not_there_or_far_too_common() -> None:
    assert find_quote("abc", "abd") == []
    assert len(find_quote("a " * 1000, "a")) == MAX_MATCHES


@pytest.mark.parametrize("typed", ["", " \r\n", "x" * 10_001])
def test_an_empty_or_endless_passage_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        find_quote("abc", typed)


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_passage_can_be_looked_for(text: str, typed: str) -> None:
    if typed.strip():
        for match in find_quote(text, typed):
            assert 0 <= match.start < match.end <= len(text)
