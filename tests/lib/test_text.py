from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib import text as texts

TRICKY = [
    "plain",
    "family 👨‍👩‍👧‍👦 flags 🇺🇦🇵🇱 skin 👍🏽 done",
    "Zoe\u0301 cafe\u0301",
    "قُتل 498 جنديًا",
    "נהרגו 1,597 חיילים",
    "nbsp\u00a0here  double  space",
]


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\ufeffa", "a"),
        ("\ufeff\ufeffa", "\ufeffa"),
        ("a\ufeffb", "a\ufeffb"),
        ("\r\n\r", "\n\n"),
        ("tab\tkept  double\u00a0nbsp\u200b", "tab\tkept  double\u00a0nbsp\u200b"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_normalising_touches_line_ends_and_a_leading_mark_only(sent: str, stored: str) -> None:
    assert texts.normalise(sent) == stored


@pytest.mark.parametrize(
    ("sent", "name", "position", "line"),
    [("a\x00b", "U+0000", 1, 1), ("one\r\ntwo\ud800", "U+D800", 8, 2), ("\x1b[0m", "U+001B", 0, 1),
     ("\x0c", "U+000C", 0, 1), ("👍\x7f\x08", "U+0008", 2, 1)],
)  # fmt: skip
def test_a_forbidden_character_is_named_with_its_position(
    sent: str, name: str, position: int, line: int
) -> None:
    with pytest.raises(texts.ForbiddenCharacter) as refusal:
        texts.normalise(sent)
    assert name in refusal.value.message
    assert (refusal.value.position, refusal.value.params["line"]) == (position, line)


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_normalising_twice_changes_nothing_but_a_second_mark(sent: str) -> None:
    try:
        stored = texts.normalise(sent)
    except texts.ForbiddenCharacter:
        assert texts.first_forbidden(sent) is not None
        return
    assert "\r" not in stored
    assert texts.normalise(stored) == stored.removeprefix("\ufeff")


def test_empty_long_and_large_are_three_different_errors() -> None:
    with pytest.raises(texts.TextEmpty):
        texts.accept_text(" \n\u00a0")
    with pytest.raises(texts.TextTooLong, match="1000001 characters"):
        texts.accept_text("a" * (texts.MAX_CODE_POINTS + 1))
    with pytest.raises(texts.UploadTooLarge, match="10 MiB"):
        texts.check_upload_size(texts.MAX_UPLOAD_BYTES + 1)
    texts.check_upload_size(texts.MAX_UPLOAD_BYTES)
    assert len(texts.accept_text("😀" * texts.MAX_CODE_POINTS)) == texts.MAX_CODE_POINTS


def test_the_hash_is_of_the_utf8_bytes() -> None:
    assert texts.content_hash("дім") == hashlib.sha256("дім".encode()).hexdigest()


def test_context_is_32_code_points_where_there_are_that_many() -> None:
    text = "😀" * 40 + "here" + "é" * 10
    around = texts.context(text, 40, 44)
    assert around.prefix == "😀" * 32
    assert around.suffix == "é" * 10
    assert texts.context(text, 0, 5).prefix == ""


@given(st.one_of(st.sampled_from(TRICKY), st.text(st.characters(codec="utf-8"))), st.data())
def test_utf16_offsets_convert_both_ways(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    utf16 = texts.to_utf16(text, offset)
    assert utf16 == len(text[:offset].encode("utf-16-le")) // 2
    assert texts.to_code_points(text, utf16) == offset


def test_an_offset_inside_a_surrogate_pair_counts_as_before_it() -> None:
    assert texts.to_code_points("a😀b", 2) == 1
    assert [texts.to_code_points("a😀b", n) for n in (0, 1, 3, 4)] == [0, 1, 2, 3]


@pytest.mark.parametrize("offset", [-1, 5])
def test_an_offset_outside_the_text_is_an_error(offset: int) -> None:
    with pytest.raises(IndexError):
        texts.to_code_points("a😀b", offset)
    with pytest.raises(IndexError):
        texts.to_utf16("a😀b", offset)
