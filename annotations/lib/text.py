"""Text as this tool stores it: normalised once, counted in Unicode code points.

Offsets are code points, start inclusive, end exclusive; browsers count UTF-16 units.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from dataclasses import dataclass

from annotations.lib.errors import InvalidInput
from annotations.lib.errors import gettext_noop as _

MAX_CODE_POINTS = 1_000_000
MAX_UPLOAD_BYTES = 10 * 1024 * 1024
CONTEXT_SIZE = 32

# Marks for which one of another form stands in a text, one for one: to be read, never to be kept.
# What is not seen at all is read as a space.
PLAIN_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ", "'"))
PLAIN_MARKS = PLAIN_APOSTROPHES | str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f\u200b\u200e\u200f\u2060\ufeff", " ")
)

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n?|\n")


class ForbiddenCharacter(InvalidInput):
    """A character that no stored text may hold; `position` is its offset in the text as sent."""

    def __init__(self, character: str, position: int, line: int) -> None:
        super().__init__(
            _(
                "The text holds the forbidden character %(character)s"
                " at position %(position)d (line %(line)d)."
            ),
            field="text",
            params={
                "character": f"U+{ord(character):04X}",
                "position": position,
                "line": line,
            },
        )
        self.character = character
        self.position = position


class TextEmpty(InvalidInput):
    """There is no text, or only white space."""


class TextTooLong(InvalidInput):
    """The text has more than MAX_CODE_POINTS code points."""


class UploadTooLarge(InvalidInput):
    """The uploaded file has more than MAX_UPLOAD_BYTES bytes."""


def first_forbidden(text: str) -> int | None:
    """Return the offset of the first character that may not be stored, or None."""
    found = _FORBIDDEN.search(text)
    return found.start() if found else None


def normalise(text: str) -> str:
    """Return the text as it is stored: LF line ends, no leading byte order mark.

    Nothing else is touched: no collapsing of spaces, no Unicode normalisation.
    Raises ForbiddenCharacter for NUL, lone surrogates and C0 controls but TAB, LF and CR.
    """
    position = first_forbidden(text)
    if position is not None:
        line = len(_LINE_END.findall(text, 0, position)) + 1
        raise ForbiddenCharacter(text[position], position, line)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\ufeff")


def accept_text(text: str) -> str:
    """Return the normalised text of an article; refuse empty and over-long ones.

    Raises ForbiddenCharacter, TextEmpty or TextTooLong.
    """
    normal = normalise(text)
    if not normal or normal.isspace():
        raise TextEmpty(_("There is no text here."), field="text")
    if len(normal) > MAX_CODE_POINTS:
        raise TextTooLong(
            _("The text has %(length)d characters; at most %(limit)d are allowed."),
            field="text",
            params={"length": len(normal), "limit": MAX_CODE_POINTS},
        )
    return normal


def check_upload_size(size: int) -> None:
    """Raise UploadTooLarge for a file of more than MAX_UPLOAD_BYTES bytes."""
    if size > MAX_UPLOAD_BYTES:
        raise UploadTooLarge(
            _("The file is larger than %(limit)d MiB."),
            field="file",
            params={"limit": MAX_UPLOAD_BYTES // (1024 * 1024)},
        )


def content_hash(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes, 64 lower-case hex digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Context:
    """The words around a range, for finding and recognising it."""

    prefix: str
    suffix: str


def context(text: str, start: int, end: int, size: int = CONTEXT_SIZE) -> Context:
    """Return `size` code points before `start` and after `end`; fewer only at the text's ends."""
    return Context(text[max(0, start - size) : start], text[end : end + size])


def astral_positions(text: str) -> list[int]:
    """Return the ascending offsets of the characters that take two UTF-16 units."""
    return [found.start() for found in _ASTRAL.finditer(text)]


class Utf16Index:
    """Converts offsets of one text both ways, in O(log n) after one pass."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._astral = astral_positions(text)
        self._astral_utf16 = [position + n for n, position in enumerate(self._astral)]

    def to_utf16(self, offset: int) -> int:
        """Return the UTF-16 offset of a code point offset. Raises IndexError outside the text."""
        if not 0 <= offset <= self._length:
            raise IndexError(offset)
        return offset + bisect_left(self._astral, offset)

    def to_code_points(self, offset: int) -> int:
        """Return the code point offset of a UTF-16 offset; inside a pair counts as before it.

        Raises IndexError outside the text.
        """
        if not 0 <= offset <= self._length + len(self._astral):
            raise IndexError(offset)
        return offset - bisect_left(self._astral_utf16, offset)


def to_utf16(text: str, offset: int) -> int:
    """Return the UTF-16 offset of a code point offset in `text`."""
    return Utf16Index(text).to_utf16(offset)


def to_code_points(text: str, offset: int) -> int:
    """Return the code point offset of a UTF-16 offset in `text`."""
    return Utf16Index(text).to_code_points(offset)
