"""Files out of zip archives that a stranger may have made, a piece at a time. PURE."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator

PIECE = 1024 * 1024
# What the standard library raises for an archive that is broken, or made to break it.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
)
# Anything else, as bzip2, comes out whole of the standard library, be it a thousand gigabytes.
_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class BadMember(Exception):
    """A file of an archive cannot be read, or not within the bound; the message says why."""


def is_read(member: zipfile.ZipInfo) -> bool:
    """Say whether a file is packed in a way that can be undone a piece at a time."""
    return not member.flag_bits & 0x1 and member.compress_type in _KINDS


def member_pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a file's bytes, whatever size it claims, a MiB at a time. Raises BadMember."""
    if not is_read(member):
        raise BadMember("it is packed in a way that is not read")
    try:
        with archive.open(member) as file:
            while piece := file.read(PIECE):
                yield piece
    except BROKEN_ZIP as error:
        raise BadMember(str(error)[:200]) from None


def member_read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, limit: int) -> bytes:
    """Return a file's bytes. Raises BadMember where it is broken or longer than `limit`."""
    out = bytearray()
    for piece in member_pieces(archive, member):
        out += piece
        if len(out) > limit:
            raise BadMember(f"more than {limit} bytes")
    return bytes(out)
