"""Opening a zip archive that a stranger may have made, without trusting a word of it. PURE."""

from __future__ import annotations

import stat
import zipfile
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from annotations.captures.zipped import BROKEN_ZIP, BadMember, is_read, member_pieces, member_read
from annotations.exchange.proof.archive_bytes import Ambiguous, check_unambiguous
from annotations.exchange.proof.manifest import MOST_FILES, SAFE_NAME

# In all, once unpacked.
MOST_BYTES = 8 * 1024**3


class BadArchive(Exception):
    """The archive cannot be read, or not safely; the message says why."""


class Archive:
    """An archive whose names are safe and named once each, and whose sizes are bounded."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises BadArchive."""
        try:
            self._zip = zipfile.ZipFile(path)
        except BROKEN_ZIP as error:
            raise BadArchive(f"it is no zip archive that can be read: {error}") from None
        try:
            self._files = _checked(self._zip.infolist())
            check_unambiguous(self._zip)
        except BadArchive:
            self._zip.close()
            raise
        except (Ambiguous, *BROKEN_ZIP) as error:
            self._zip.close()
            raise BadArchive(f"not every program reads it alike: {error}") from None

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all files."""
        return frozenset(self._files)

    def digest(self, name: str) -> str:
        """Return a file's SHA-256, a piece of it held at a time. Raises BadArchive."""
        found = sha256()
        try:
            for piece in member_pieces(self._zip, self._files[name]):
                found.update(piece)
        except BadMember as error:
            raise BadArchive(f"{name} cannot be read: {error}") from None
        return found.hexdigest()

    def read(self, name: str, *, limit: int) -> bytes:
        """Return a file's bytes. Raises BadArchive where it is missing, broken or over `limit`."""
        about = self._files.get(name)
        if about is None:
            raise BadArchive(f"{name} is not there")
        if about.file_size > limit:
            raise BadArchive(f"{name} is larger than {limit} bytes")
        try:
            return member_read(self._zip, about, limit=limit)
        except BadMember as error:
            raise BadArchive(f"{name} cannot be read: {error}") from None


def _checked(files: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(files) > MOST_FILES:
        raise BadArchive(f"it holds more than {MOST_FILES} files")
    if sum(one.file_size for one in files) > MOST_BYTES:
        raise BadArchive("it unpacks to more than 8 GiB")
    found: dict[str, zipfile.ZipInfo] = {}
    # Systems that do not tell capitals apart unpack the one over the other.
    taken: set[str] = set()
    folders: set[str] = set()
    for one in files:
        # `orig_filename` is what the archive says; `filename` ends at a NUL.
        name = one.orig_filename.removesuffix("/")
        if not SAFE_NAME.fullmatch(name) or one.orig_filename != one.filename:
            raise BadArchive(f"a file's name is not safe: {one.orig_filename!r}")
        if _is_link(one):
            raise BadArchive(f"{name} is a link to another file")
        if one.is_dir():
            if one.file_size:
                raise BadArchive(f"{name} is a folder and holds bytes of its own")
            # `zip -r` names each folder too; it says nothing of the files in it.
            folders.add(name.lower())
            continue
        if name.lower() in taken:
            raise BadArchive(f"two files are called {name}")
        taken.add(name.lower())
        if not _is_plain(one):
            raise BadArchive(f"{one.filename} is noted to be no file")
        if not is_read(one):
            raise BadArchive(f"{one.filename} is packed in a way that is not read")
        found[one.filename] = one
    if taken & folders:
        raise BadArchive(f"a file and a folder are called {min(taken & folders)}")
    return found


def _is_link(about: zipfile.ZipInfo) -> bool:
    """Say whether an entry would be unpacked as a symbolic link, as systems like Unix note it."""
    return stat.S_ISLNK(about.external_attr >> 16)


def _is_plain(about: zipfile.ZipInfo) -> bool:
    """Say whether an entry is noted to be a file, as systems like Unix and Windows note it."""
    is_folder_there = bool(about.external_attr & 0x10)
    return stat.S_IFMT(about.external_attr >> 16) in (0, stat.S_IFREG) and not is_folder_there
