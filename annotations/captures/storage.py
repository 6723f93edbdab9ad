"""Where files' bytes are kept: one interface, addressed by content, so nothing is ever overwritten.

A file's address is the SHA-256 of its bytes. Files are readable by the server's account only.
"""

import hashlib
import os
import secrets
import shutil
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

PIECE = 1024 * 1024


class FileStorage(Protocol):
    """Keeps bytes under their SHA-256 (64 lower-case hex digits)."""

    def save(self, content: bytes) -> str:
        """Keep the bytes, if they are not there yet, and return their address."""
        ...

    def save_stream(self, content: IO[bytes]) -> str:
        """Keep the bytes of a stream that can seek, from its beginning; return their address."""
        ...

    def read(self, address: str) -> bytes:
        """Return the bytes. Raises FileNotFoundError."""
        ...

    def open(self, address: str) -> IO[bytes]:
        """Return the bytes as a stream that can seek. Raises FileNotFoundError."""
        ...

    def delete(self, address: str) -> None:
        """Forget the bytes, if they are there."""
        ...


class DirectoryStorage:
    """Keeps each file in a folder of this machine, in 256 subfolders."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def save(self, content: bytes) -> str:
        """Keep the bytes; see `save_stream`."""
        return self.save_stream(BytesIO(content))

    def save_stream(self, content: IO[bytes]) -> str:
        """Write beside the final place and move: two who save the same end with one whole file."""
        address = address_of_stream(content)
        path = self._path(address)
        if path.exists():
            return address
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{address}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                shutil.copyfileobj(content, file, PIECE)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        return address

    def read(self, address: str) -> bytes:
        """Return the bytes. Raises FileNotFoundError."""
        return self._path(address).read_bytes()

    def open(self, address: str) -> IO[bytes]:
        """Return the bytes as a stream that can seek. Raises FileNotFoundError."""
        return self._path(address).open("rb")

    def delete(self, address: str) -> None:
        """Forget the bytes, if they are there."""
        self._path(address).unlink(missing_ok=True)

    def _path(self, address: str) -> Path:
        if len(address) != 64 or not all(digit in "0123456789abcdef" for digit in address):
            raise ValueError(f"not a file's address: {address!r}")
        return self._root / address[:2] / address


def file_storage() -> FileStorage:
    """Return the storage of this installation."""
    return DirectoryStorage(Path(settings.FILES_DIR))


def address_of(content: bytes) -> str:
    """Return the address of these bytes: their SHA-256, 64 lower-case hex digits."""
    return hashlib.sha256(content).hexdigest()


def address_of_stream(content: IO[bytes]) -> str:
    """Return the address of a stream's bytes, and leave it at its beginning."""
    found = hashlib.sha256()
    content.seek(0)
    while piece := content.read(PIECE):
        found.update(piece)
    content.seek(0)
    return found.hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a crash, where the file system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
