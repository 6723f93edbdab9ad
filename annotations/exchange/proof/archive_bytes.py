"""Whether a zip archive says the same to every reader: nothing stands between its files. PURE.

Some read the list of files at the end, some the heading before each file, and some of both take a
file's name from an extra field. Where these differ, one unpacks what another has never checked.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from typing import IO

_HEADING = struct.Struct("<4s2xHH4xIIIHH")
_HEADING_MARK, _END_MARK, _END_SIZE = b"PK\x03\x04", b"PK\x05\x06", 22
_OTHER_NAME = 0x7075
# A file's sizes may stand after it: with a mark or without, in 32 bits or in 64.
_AFTER = (0, 12, 16, 20, 24)
_IN_64_BITS = 0xFFFFFFFF


class Ambiguous(Exception):
    """Readers would unpack other things than are checked; the message says why."""


def check_unambiguous(archive: zipfile.ZipFile) -> None:
    """Raise Ambiguous unless the files follow one another from the first byte on, each headed as
    the list at the end has it, and nothing follows the list.
    """
    file = archive.fp
    assert file is not None
    at = 0
    slack: tuple[int, ...] = (0,)
    for one in sorted(archive.infolist(), key=lambda one: one.header_offset):
        if one.header_offset - at not in slack:
            raise Ambiguous("there are bytes between its files, or files in one another")
        at = _end(file, one)
        slack = _AFTER if one.flag_bits & 0x8 else (0,)
    if archive.start_dir - at not in slack:
        raise Ambiguous("there are bytes between its files and their list")
    file.seek(-_END_SIZE, 2)
    if not file.read(4) == _END_MARK:
        raise Ambiguous("there are bytes after its end")


def _end(file: IO[bytes], one: zipfile.ZipInfo) -> int:
    """Return where a file's bytes end, once its heading says what the list says."""
    file.seek(one.header_offset)
    heading = file.read(_HEADING.size)
    if len(heading) < _HEADING.size:
        raise Ambiguous("a file's heading is cut off")
    mark, flags, method, crc, packed, size, name_length, extra_length = _HEADING.unpack(heading)
    name = file.read(name_length)
    extra = file.read(extra_length)
    listed = ((packed, one.compress_size), (size, one.file_size), (crc, one.CRC))
    # Where the sizes stand after the file, the heading may say nothing.
    blank = (0, _IN_64_BITS) if flags & 0x8 else (_IN_64_BITS,)
    is_same = all(found == said or found in blank for found, said in listed)
    if mark != _HEADING_MARK or method != one.compress_type or not is_same:
        raise Ambiguous(f"the heading of {one.filename} says something else than the list")
    if name.decode("cp437" if not flags & 0x800 else "utf-8", "replace") != one.orig_filename:
        raise Ambiguous(f"the heading of {one.filename} says another name")
    if _OTHER_NAME in (*_kinds(one.extra), *_kinds(extra)):
        raise Ambiguous(f"{one.filename} has another name besides")
    return one.header_offset + _HEADING.size + name_length + extra_length + one.compress_size


def _kinds(extra: bytes) -> Iterator[int]:
    """Yield the kinds of a file's extra fields."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        yield kind
        extra = extra[4 + length :]
