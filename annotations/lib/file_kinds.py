"""What a handed-in file is, by its bytes: neither its name nor what a browser says counts. PURE.

Only kinds that a person can read and that run nothing are let in. A file that is two kinds at once
(a picture with an archive at its end, say) is refused: two programs would not agree what it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotations.lib.errors import InvalidInput
from annotations.lib.errors import gettext_noop as _
from annotations.lib.text import first_forbidden


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its media type and what names of such files end in, the usual first."""

    media_type: str
    endings: tuple[str, ...]


PDF = FileKind("application/pdf", (".pdf",))
PNG = FileKind("image/png", (".png",))
JPEG = FileKind("image/jpeg", (".jpg", ".jpeg"))
GIF = FileKind("image/gif", (".gif",))
WEBP = FileKind("image/webp", (".webp",))
TEXT = FileKind("text/plain", (".txt", ".text", ".md", ".csv", ".log"))
KINDS = (PDF, PNG, JPEG, GIF, WEBP, TEXT)

_SIGNATURES = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
)
# What a browser takes for a page or a drawing that may run scripts (WHATWG MIME Sniffing, 7.1).
_MARKUP = tuple(
    f"<{name}"
    for name in (
        *("!doctype", "html", "head", "script", "iframe", "h1", "div", "font", "table", "a"),
        *("style", "title", "b", "body", "br", "p", "!--", "?xml", "svg", "math", "meta", "link"),
    )
)
# Readers of PDF look this far for its first line, and this far from the end for its last.
_PDF_REACH = 1024
# The record that ends a ZIP archive has 22 bytes and a comment of up to 65,535.
_ZIP_END, _ZIP_END_SIZE, _ZIP_COMMENT = b"PK\x05\x06", 22, 65_535


class UnknownKind(InvalidInput):
    """The file is of no kind that can be kept as evidence."""


def recognise(content: bytes) -> FileKind:
    """Return what the bytes are; raise UnknownKind with the reason for anything else."""
    if not content:
        raise _refusal(_("The file is empty."))
    kind = _by_signature(content)
    if kind is None:
        kind = _as_text(content)
    elif not _is_whole(kind, content):
        raise _refusal(_("The file is damaged or has something else in it: its end is missing."))
    if _is_another_too(kind, content):
        raise _refusal(_("The file is two kinds of file at once. Save it anew as one of them."))
    return kind


def name_with_ending(name: str, kind: FileKind) -> str:
    """Return the name, ending as the kind's files do: it is what the file gets saved as."""
    return name if name.lower().endswith(kind.endings) else f"{name}{kind.endings[0]}"


def kind_of(media_type: str) -> FileKind:
    """Return the kind of a media type that `recognise` gave. Raises KeyError."""
    return {kind.media_type: kind for kind in KINDS}[media_type]


def _refusal(message: str) -> UnknownKind:
    return UnknownKind(message, field="file")


def _by_signature(content: bytes) -> FileKind | None:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    return next((kind for mark, kind in _SIGNATURES if content.startswith(mark)), None)


def _as_text(content: bytes) -> FileKind:
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        text = "\0"
    if first_forbidden(text) is not None:
        raise _refusal(
            _(
                "This is no kind of file that can be kept: hand in a PDF, a PNG, JPEG, GIF or WebP"
                " picture, or plain text in UTF-8."
            )
        )
    if not text.strip():
        raise _refusal(_("The file is empty."))
    if text.lstrip()[:16].lower().startswith(_MARKUP):
        raise _refusal(
            _(
                "This is a web page or an SVG drawing, which can run programs. Print it to a PDF or"
                " save it as a picture."
            )
        )
    return TEXT


def _is_whole(kind: FileKind, content: bytes) -> bool:
    """Say whether the file ends where its own structure says."""
    if kind is PNG:
        return _png_end(content) == len(content)
    if kind is GIF:
        return content.endswith(b"\x3b") and len(content) > 13
    if kind is WEBP:
        size = 8 + int.from_bytes(content[4:8], "little")
        return len(content) in (size, size + size % 2)
    if kind is JPEG:
        # Telephones put further pictures behind the first, so only the end of one is asked for.
        return b"\xff\xd9" in content
    return b"%%EOF" in content[-_PDF_REACH:]


def _png_end(content: bytes) -> int | None:
    """Return where the last chunk ends; None when the chunks do not lead there."""
    place = 8
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        name = content[place + 4 : place + 8]
        place += 12 + length
        if name == b"IEND":
            return place
    return None


def _is_another_too(kind: FileKind, content: bytes) -> bool:
    """Say whether another program would take the bytes for a PDF or a ZIP archive."""
    if kind is not PDF and kind is not TEXT and b"%PDF-" in content[:_PDF_REACH]:
        return True
    place = content.rfind(_ZIP_END, max(0, len(content) - _ZIP_END_SIZE - _ZIP_COMMENT))
    if place < 0 or place + _ZIP_END_SIZE > len(content):
        return False
    comment = int.from_bytes(content[place + 20 : place + 22], "little")
    return place + _ZIP_END_SIZE + comment == len(content)
