"""From a file's bytes to text: never a guess, and never a replacement character.

UTF-8, and UTF-16 or UTF-32 with a byte order mark, are certain; for all else the person picks.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from annotations.lib.errors import InvalidInput
from annotations.lib.errors import gettext_noop as _
from annotations.lib.text import check_upload_size, first_forbidden, normalise

PREVIEW_SIZE = 160

# Those a person may pick, the likely ones first; among equally plausible ones the order counts.
ENCODINGS = (
    "windows-1251", "windows-1252", "koi8-u", "koi8-r", "iso-8859-5", "cp866", "mac-cyrillic",
    "windows-1250", "iso-8859-2", "iso-8859-15", "windows-1253", "iso-8859-7", "windows-1254",
    "windows-1255", "iso-8859-8", "windows-1256", "iso-8859-6", "windows-1257", "windows-1258",
    "cp874", "shift_jis", "euc-jp", "iso-2022-jp", "gb18030", "big5", "euc-kr",
)  # fmt: skip
_WIDE = ("utf-16-le", "utf-16-be")
_BY_CODEC = {codecs.lookup(name).name: name for name in (*ENCODINGS, *_WIDE, "utf-8", "utf-16")}
# What pages call ISO 8859-1 or ASCII has been Windows 1252 for browsers since the nineties.
_BY_CODEC |= dict.fromkeys(("iso8859-1", "ascii"), "windows-1252")
_BY_CODEC |= dict.fromkeys(("gb2312", "gbk"), "gb18030") | {"cp932": "shift_jis", "cp949": "euc-kr"}

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "PDF"), (b"PK\x03\x04", "ZIP, DOCX, ODT, EPUB"), (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"RIFF", "RIFF"), (b"\x1f\x8b", "GZIP"),
    (b"{\\rtf", "RTF"), (b"\xd0\xcf\x11\xe0", "DOC, XLS"), (b"7z\xbc\xaf", "7Z"),
    (b"Rar!", "RAR"), (b"BZh", "BZIP2"), (b"\x7fELF", "ELF"), (b"ID3", "MP3"),
    (b"OggS", "OGG"), (b"SQLite format 3", "SQLite"), (b"\xfd7zXZ", "XZ"), (b"bplist00", "PLIST"),
)  # fmt: skip
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|encoding)\s*=\s*(?:["']\s*)?([\w.:-]{2,40})"""
)
_SUSPECT = re.compile("[\x7f-\x9f\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")


class EmptyFile(InvalidInput):
    """The file has no bytes."""


class NotText(InvalidInput):
    """The file is something other than text: an image, an archive, a PDF."""


class WrongEncoding(InvalidInput):
    """The file is not in the encoding that was picked, or nobody knows that encoding."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An encoding the file may be in, and how its first unusual words would then read."""

    encoding: str
    preview: str


class UnknownEncoding(InvalidInput):
    """The encoding is not certain: `candidates`, most plausible first, are for the person."""

    def __init__(self, candidates: list[Candidate]) -> None:
        super().__init__(
            _("This file does not say how its letters are stored. Pick the reading that is right.")
            if candidates
            else _("This file is not text in any encoding this tool knows."),
            field="file",
        )
        self.candidates = candidates


def decode(data: bytes, encoding: str | None = None) -> str:
    """Return the file's text, normalised; `encoding` is what the person picked, if anything.

    A byte order mark outranks the pick. Raises UploadTooLarge, EmptyFile, NotText, WrongEncoding,
    UnknownEncoding (with previews) or ForbiddenCharacter.
    """
    return normalise(_decode(data, encoding, declared=None))


def decode_html(data: bytes, encoding: str | None = None) -> str:
    """Return the source of an HTML page; the encoding it declares is believed if it fits.

    Raises as `decode`; the source itself may hold form feeds and other odd characters.
    """
    found = _DECLARED.search(data[:4096].lower())
    declared = known_encoding(found[1].decode("ascii")) if found else None
    return _decode(data, encoding, declared=declared).removeprefix("\ufeff")


def known_encoding(label: str) -> str | None:
    """Return this tool's name for an encoding, or None when it has none."""
    try:
        return _BY_CODEC.get(codecs.lookup(label.strip()).name)
    except (LookupError, ValueError):
        return None


def _decode(data: bytes, picked: str | None, *, declared: str | None) -> str:
    check_upload_size(len(data))
    if not data:
        raise EmptyFile(_("The file is empty."), field="file")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise NotText(
                _("This is not a text file (%(kind)s). Save it as text or HTML first."),
                field="file",
                params={"kind": kind},
            )
    if picked:
        encoding = known_encoding(picked) or ""
        return _strictly(data, encoding, label=picked)
    if b"\0" in data:
        raise _refuse_nulls(data)
    # ESC begins the shifts of ISO-2022 encodings, whose bytes are all valid UTF-8.
    if not (declared and b"\x1b" in data):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if declared and (text := _plausible(data, declared)) is not None:
        return text
    raise UnknownEncoding(_candidates(data, ENCODINGS))


def _strictly(data: bytes, encoding: str, *, label: str = "") -> str:
    """Decode in a certain or picked encoding. Raises WrongEncoding where the bytes do not fit."""
    try:
        text = data.decode(encoding) if encoding else None
    except (UnicodeError, LookupError):
        text = None
    if text is None or (label and "\ufffd" in text):
        raise WrongEncoding(
            _("The file is not valid %(encoding)s text."),
            field="encoding" if label else "file",
            params={"encoding": (label or encoding)[:40]},
        )
    return text


def _refuse_nulls(data: bytes) -> InvalidInput:
    """Zero bytes mean UTF-16 without a mark where every second byte is one, else no text at all."""
    zeros = sorted((data[::2].count(0), data[1::2].count(0)))
    # Spaces and line feeds alone make every twentieth byte one, in any language with words; a
    # single one is a stray.
    if zeros[0] == 0 and zeros[1] > 1 and zeros[1] * 20 >= len(data):
        candidates = _candidates(data, _WIDE)
        if candidates:
            return UnknownEncoding(candidates)
    return NotText(_("This is not a text file: it holds zero bytes."), field="file")


def _plausible(data: bytes, encoding: str) -> str | None:
    """Return the text when the bytes fit and nothing in it shows that they should not."""
    try:
        text = data.decode(encoding)
    except UnicodeError:
        return None
    has_surprise = _SUSPECT.search(text) or first_forbidden(text) is not None
    return None if has_surprise else text


def _candidates(data: bytes, encodings: tuple[str, ...]) -> list[Candidate]:
    """Return the readings that fit, each different one once, the most plausible first."""
    texts: dict[str, str] = {}
    for encoding in encodings:
        text = _plausible(data, encoding)
        if text is not None and text not in texts:
            texts[text] = encoding
    ranked = sorted(texts, key=_oddity)
    return [Candidate(texts[text], _preview(text)) for text in ranked]


def _first_unusual(text: str) -> int:
    return next((n for n, character in enumerate(text) if not character.isascii()), 0)


def _preview(text: str) -> str:
    """Return the words around the first character that is not plain ASCII, on one line."""
    start = max(0, _first_unusual(text) - PREVIEW_SIZE // 4)
    return " ".join(text[start : start + PREVIEW_SIZE].split())


def _oddity(text: str) -> float:
    """Rate how odd a reading is: symbols for letters, capitals inside words, per odd character."""
    start = _first_unusual(text)
    sample = text[max(0, start - 1) : start + 4000]
    unusual = odd = 0
    for before, character in pairwise(sample):
        if character.isascii():
            continue
        unusual += 1
        if not character.isalpha() and not unicodedata.combining(character):
            odd += character not in "«»“”„‘’–—…№\u00a0"
        elif character.isupper() and before.isalpha() and before.islower():
            odd += 2
        elif before.isalpha() and before.isascii() and ord(character) > 0x24F:
            odd += 1
    return odd / unusual if unusual else 0.0
