"""Processes of ours: dying with the parent, and what an earlier run left behind."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1


def dies_with_parent(number: int) -> Callable[[], None]:
    """Return a function for subprocess's preexec_fn: the child gets this signal when we die.

    It runs after the change of account, which would otherwise undo it, and the parent must start
    the child from its main thread.
    """
    parent = os.getpid()
    return lambda: die_with(parent, number)


def die_with(parent: int, number: int) -> None:
    """Ask the kernel to send this process a signal when its parent ends; Linux only."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def processes_in(folder: Path) -> list[int]:
    """Return the processes whose working folder this is; PostgreSQL's all work in their data."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").samefile(folder):
                found.append(int(entry.name))
        except OSError:  # It ended meanwhile, or belongs to someone else.
            continue
    return found


def clear_leftovers(data: Path, sockets: Path) -> None:
    """End the server that a killed run left on this data, and drop its stale lock files.

    PostgreSQL trusts a lock file whose number is a process, be it another program or a zombie that
    nobody reaps, so the files go once no process works in the data folder any more.
    """
    for number, seconds in ((0, 5), (signal.SIGINT, 20), (signal.SIGQUIT, 10)):
        deadline = time.monotonic() + seconds
        if number and (postmaster := postmaster_pid(data)) in processes_in(data):
            os.kill(postmaster, number)
        while processes_in(data) and time.monotonic() < deadline:
            time.sleep(0.05)
    if not processes_in(data):
        (data / "postmaster.pid").unlink(missing_ok=True)
        for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
            (sockets / name).unlink(missing_ok=True)


def postmaster_pid(data: Path) -> int:
    """Return the process number in the data folder's pid file; 0 when there is none."""
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return 0
