"""Where the tests' embedded server keeps its data: in memory where there is room, else under var.

Every test that commits is undone by copying the template, some nine hundred files each time: on a
disk that alone took a tenth of the whole run.
"""

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from factcheck import embedded
from factcheck.embedded.locks import FileLock
from factcheck.environment import variable_directory
from factcheck.errors import StartRefused

IN_MEMORY = Path("/dev/shm")
ROOM_NEEDED = 2 * 1024**3
PREFIX = "factcheck-tests-"
# Names the checkout that a folder in memory belongs to.
OWNER = "var"


def server_folder() -> Path:
    """Return the folder of the tests' embedded server, kept so that the next run starts at once.

    Its data is written without fsync: after a restart of the machine it is made anew.
    """
    folder = _place(variable_directory(dict(os.environ)))
    folder.mkdir(parents=True, exist_ok=True)
    boot = Path("/proc/sys/kernel/random/boot_id")
    boot_id = boot.read_text() if boot.exists() else "unknown"
    lock = FileLock(folder / "boot.lock")
    lock.take(60)
    written = folder / "boot_id"
    if not written.exists() or written.read_text() != boot_id:
        embedded.discard(folder)
        written.write_text(boot_id)
    lock.release()
    return folder


def _place(var: Path) -> Path:
    """Choose memory or `var`; in memory, clear away what deleted checkouts left there."""
    if not _has_room():
        return var / "tests"
    for left in IN_MEMORY.glob(f"{PREFIX}{os.getuid()}-*"):
        with suppress(OSError, StartRefused):
            if not Path((left / OWNER).read_text()).exists():
                embedded.discard(left)
                shutil.rmtree(left)
    name = hashlib.sha256(str(var).encode()).hexdigest()[:12]
    folder = IN_MEMORY / f"{PREFIX}{os.getuid()}-{name}"
    folder.mkdir(exist_ok=True)
    (folder / OWNER).write_text(str(var))
    return folder


def _has_room() -> bool:
    try:
        free = shutil.disk_usage(IN_MEMORY).free
    except OSError:
        return False
    return free > ROOM_NEEDED and os.access(IN_MEMORY, os.W_OK)
