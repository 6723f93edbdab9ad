"""File locks: the kernel lets go of them when a process dies, however it dies."""

import fcntl
import os
import time
from pathlib import Path

from factcheck.errors import StartRefused


class FileLock:
    """A lock on a file, shared or exclusive; never inherited by a program started from here."""

    def __init__(self, path: Path) -> None:
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StartRefused(f"Cannot write to {path.parent}: {error.strerror}.") from error

    def share(self, seconds: float) -> None:
        """Take the lock together with others; raises StartRefused after `seconds`."""
        self._wait(fcntl.LOCK_SH, seconds)

    def take(self, seconds: float) -> None:
        """Take the lock alone; raises StartRefused after `seconds`."""
        self._wait(fcntl.LOCK_EX, seconds)

    def wait_and_take(self) -> None:
        """Take the lock alone, however long that takes."""
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def try_take(self) -> bool:
        """Take the lock alone if nobody holds it, and tell whether that worked."""
        return self._try(fcntl.LOCK_EX)

    def try_share(self) -> bool:
        """Take the lock together with others if nobody holds it alone; tell whether it worked."""
        return self._try(fcntl.LOCK_SH)

    def release(self) -> None:
        """Let go; doing it twice changes nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _wait(self, kind: int, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while True:
            if self._try(kind):
                return
            if time.monotonic() > deadline:
                raise StartRefused(
                    "Another process has been starting or stopping the embedded database for more "
                    f"than {seconds:.0f} seconds: try again, or look at its log."
                )
            time.sleep(0.02)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def is_held(path: Path) -> bool:
    """Tell whether some living process holds the lock on a file alone."""
    if not path.exists():
        return False
    lock = FileLock(path)
    try:
        return not lock.try_share()
    finally:
        lock.release()
