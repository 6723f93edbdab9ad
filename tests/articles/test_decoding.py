from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.articles.decoding import (
    ENCODINGS,
    EmptyFile,
    NotText,
    UnknownEncoding,
    WrongEncoding,
    decode,
    decode_html,
    known_encoding,
)
from annotations.lib.text import (
    MAX_UPLOAD_BYTES,
    ForbiddenCharacter,
    UploadTooLarge,
    first_forbidden,
    normalise,
)

UKRAINIAN = "Росія втратила близько 9 000 солдатів, сказав президент. Київ, Європа."


@given(st.text(st.characters(codec="utf-8"), min_size=1))
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_what_carries_a_mark_or_is_utf8_reads_as_it_was_written(encoding: str, text: str) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    if first_forbidden(text) is not None or text.startswith(("\ufeff", "%PDF", "ID3", "BZh")):
        return
    assert decode(mark + text.encode(encoding)) == normalise(text)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1251", UKRAINIAN),
        ("koi8-u", UKRAINIAN),
        ("cp866", "Президент сказал о потерях"),
        ("windows-1252", "Präsident Müller sagte “niemals” über Straße"),
        ("windows-1250", "Prezydent powiedział, że zginęło dziewięć tysięcy żołnierzy"),
        ("windows-1256", "قُتل 498 جنديًا في أوكرانيا"),
        ("shift_jis", "ロシアは九千人を失ったと大統領が述べた"),
        ("gb18030", "总统说俄罗斯损失了九千名士兵"),
        ("euc-kr", "대통령은 구천 명이 사망했다고 말했다"),
    ],
)
def test_an_old_encoding_is_offered_with_a_preview(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    with pytest.raises(UnknownEncoding) as refusal:
        decode(data)
    previews = [candidate.preview for candidate in refusal.value.candidates]
    assert any(preview in text for preview in previews)
    assert decode(data, encoding) == text


def test_the_likely_reading_comes_first() -> None:
    with pytest.raises(UnknownEncoding) as refusal:
        decode(UKRAINIAN.encode("windows-1251"))
    assert refusal.value.candidates[0].encoding == "windows-1251"


@given(st.binary(min_size=1, max_size=200), st.sampled_from([None, *ENCODINGS]))
def test_no_bytes_ever_become_a_replacement_character(data: bytes, picked: str | None) -> None:
    try:
        readings = [decode(data, picked)]
    except UnknownEncoding as refusal:
        readings = [candidate.preview for candidate in refusal.candidates]
    except (NotText, WrongEncoding, ForbiddenCharacter):
        return
    assert "\ufffd".encode() in data or not any("\ufffd" in text for text in readings)


def test_a_replacement_character_that_stands_in_the_file_is_kept() -> None:
    assert decode("a\ufffdb".encode()) == "a\ufffdb"


def test_empty_binary_large_and_forbidden_are_different_errors() -> None:
    with pytest.raises(EmptyFile):
        decode(b"")
    for data in (
        b"%PDF-1.7\n",
        b"PK\x03\x04zip",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
    ):
        with pytest.raises(NotText, match="not a text file"):
            decode(data)
    with pytest.raises(NotText, match="zero bytes"):
        decode(bytes(range(256)))
    with pytest.raises(NotText, match="zero bytes"):
        decode(b"Hello\0world\n")
    with pytest.raises(UploadTooLarge):
        decode(b"a" * (MAX_UPLOAD_BYTES + 1))
    with pytest.raises(ForbiddenCharacter, match=r"U\+0001"):
        decode(b"a\x01")


def test_utf16_without_a_mark_is_offered() -> None:
    with pytest.raises(UnknownEncoding) as refusal:
        decode("The ministry said so.".encode("utf-16-le"))
    assert refusal.value.candidates[0].preview == "The ministry said so."
    assert decode("The ministry".encode("utf-16-le"), "utf-16-le") == "The ministry"


@pytest.mark.parametrize("picked", ["shift_jis", "no-such-encoding", "base64", "utf-7", "\0"])
def test_a_pick_that_does_not_fit_is_refused(picked: str) -> None:
    with pytest.raises(WrongEncoding) as refusal:
        decode(b"\x98\xff\xfe\xfd", picked)
    assert refusal.value.field == "encoding"


def test_a_mark_outranks_the_pick() -> None:
    assert decode("дім".encode("utf-8-sig"), "windows-1251") == "дім"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1251">', "windows-1251"),
        ("<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=koi8-u'>", "koi8-u"),
        ('<?xml version="1.0" encoding="Windows-1251"?>', "windows-1251"),
        ('<meta charset="windows-1251">', "utf-8"),
        ("", "utf-8"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_declares_unless_it_is_utf8(
    head: str, encoding: str
) -> None:
    source = f"{head}<p>{UKRAINIAN}</p>"
    assert decode_html(source.encode(encoding)) == source


def test_a_page_called_latin_1_is_windows_1252() -> None:
    source = '<meta charset="iso-8859-1"><p>“Niemals”</p>'
    assert decode_html(source.encode("windows-1252")) == source
    assert known_encoding("ISO-8859-1") == "windows-1252"


def test_a_page_in_japanese_shifts() -> None:
    source = '<meta charset="iso-2022-jp"><p>大統領</p>'
    assert decode_html(source.encode("iso-2022-jp")) == source


@pytest.mark.parametrize("head", ["", '<meta charset="shift_jis">', '<meta charset="nonsense">'])
def test_a_page_whose_encoding_is_missing_or_wrong_is_for_the_person_to_pick(head: str) -> None:
    source = f"{head}<p>{UKRAINIAN}</p>"
    with pytest.raises(UnknownEncoding):
        decode_html(source.encode("windows-1251"))
    assert decode_html(source.encode("windows-1251"), "windows-1251") == source
