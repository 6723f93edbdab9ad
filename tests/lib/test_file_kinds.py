"""What a file is, by its bytes: what is let in, what is refused, and with which words."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from annotations.lib.file_kinds import (
    KINDS,
    TEXT,
    UnknownKind,
    kind_of,
    name_with_ending,
    recognise,
)

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(form: str) -> bytes:
    """A real picture of two pixels."""
    file = io.BytesIO()
    Image.new("RGB", (2, 1), "red").save(file, form)
    return file.getvalue()


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("run.sh", "rm -rf /")
    return file.getvalue()


PICTURES = {form: picture(form) for form in ("PNG", "JPEG", "GIF", "WEBP")}


@pytest.mark.parametrize(("form", "content"), PICTURES.items())
def test_a_picture_is_what_its_bytes_say(form, content):
    assert recognise(content).media_type == f"image/{form.lower()}"


def test_a_pdf_and_plain_text_are_known():
    assert recognise(PDF).media_type == "application/pdf"
    for words in ("Verified: 136\n", "\ufeffІз позначкою", "a < b, and <3", "x" * 100_000):
        assert recognise(words.encode()).media_type == "text/plain"


MARKUP = (
    "<!DOCTYPE html><p>hello",
    "<html><script>alert(1)</script>",
    "\n\t <HTML>",
    "\ufeff<script>alert(1)</script>",
    "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "<svg onload=alert(1)>",
    "<!-- --><svg/onload=alert(1)>",
    "<iframe src=//evil.example>",
)


@pytest.mark.parametrize("words", MARKUP)
def test_a_page_or_a_drawing_is_refused_whatever_it_is_called(words):
    with pytest.raises(UnknownKind, match="can run programs"):
        recognise(words.encode())


def test_an_empty_file_is_refused_in_words():
    for content in (b"", b" \n\t", "\ufeff".encode()):
        with pytest.raises(UnknownKind, match="empty"):
            recognise(content)


FOREIGN = {
    "program": b"\x7fELF\x02\x01\x01" + bytes(64),
    "archive": archive(),
    "latin 1": "Zurück".encode("latin-1"),
    "utf 16": "\ufeffwords".encode("utf-16-le"),
    "NUL in a text": b"words\x00more",
    "control characters": b"\x1b[2Jwords",
    "bitmap": b"BM" + bytes(60),
    "riff that is no picture": b"RIFF\x04\x00\x00\x00WAVE",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_every_other_kind_is_refused_with_what_may_be_handed_in(name):
    with pytest.raises(UnknownKind, match="PNG, JPEG, GIF or WebP") as refused:
        recognise(FOREIGN[name])
    assert refused.value.field == "file"


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("behind", [b"<script>alert(1)</script>", b"x", archive(), PDF])
def test_a_picture_with_something_behind_it_is_refused(form, behind):
    with pytest.raises(UnknownKind):
        recognise(PICTURES[form] + behind)


def test_a_picture_with_an_archive_or_a_pdf_in_it_is_refused():
    for content in (PICTURES["JPEG"] + archive(), PDF + archive(), b"words\n" + archive()):
        with pytest.raises(UnknownKind):
            recognise(content)
    jpeg = PICTURES["JPEG"]
    comment = b"\xff\xfe" + struct.pack(">H", 2 + len(PDF)) + PDF
    with pytest.raises(UnknownKind, match="two kinds"):
        recognise(jpeg[:2] + comment + jpeg[2:])


def test_a_page_in_a_pictures_comment_stays_a_picture():
    words = b"comment\0<html><script>alert(1)</script>"
    chunk = struct.pack(">I", len(words)) + b"tEXt" + words
    chunk += struct.pack(">I", zlib.crc32(b"tEXt" + words))
    png = PICTURES["PNG"]
    assert recognise(png[:33] + chunk + png[33:]).media_type == "image/png"


@pytest.mark.parametrize("content", [*PICTURES.values(), PDF])
def test_a_cut_file_is_refused(content):
    for length in (13, len(content) // 2, len(content) - 8):
        with pytest.raises(UnknownKind):
            recognise(content[:length])


@given(st.binary(max_size=2_000))
def test_any_bytes_are_known_or_refused(content):
    try:
        kind = recognise(content)
    except UnknownKind:
        return
    assert kind in KINDS


@given(st.text(max_size=400))
def test_a_text_that_is_let_in_is_whole_text(words):
    try:
        kind = recognise(words.encode("utf-8", "surrogatepass"))
    except UnknownKind:
        return
    assert kind is TEXT
    assert "\0" not in words
    assert words.strip()


@given(st.text(max_size=40), st.sampled_from(KINDS))
def test_a_name_ends_as_its_content_does_and_is_changed_once(name, kind):
    named = name_with_ending(name, kind)
    assert named.lower().endswith(kind.endings)
    assert name_with_ending(named, kind) == named
    assert kind_of(kind.media_type) is kind
