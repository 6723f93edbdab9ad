"""The process that runs PostgreSQL: its only parent, and the one that stops it.

Whoever needs the server holds a shared lock on `users.lock`. The guard waits to hold that lock
alone; when it does, nobody is left, whether they ended or were killed, and the server stops.
"""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType

from factcheck.embedded.locks import FileLock
from factcheck.embedded.places import Account
from factcheck.embedded.processes import clear_leftovers, dies_with_parent


def main(home: Path, sockets: Path, account: Account, command: list[str]) -> int:
    """Run PostgreSQL until nobody holds `users.lock` any more; return its exit code."""
    alive = FileLock(home / "server.lock")
    alive.take(60)
    clear_leftovers(home / "data", sockets)
    users = FileLock(home / "users.lock")
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    server = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        cwd="/",
        preexec_fn=dies_with_parent(signal.SIGINT),
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "TZ": "UTC"},
        **account.arguments(),
    )

    def stop_server(number: int = 0, frame: FrameType | None = None) -> None:
        server.send_signal(signal.SIGINT)

    def stop_when_unused() -> None:
        users.wait_and_take()
        stop_server()

    signal.signal(signal.SIGTERM, stop_server)
    threading.Thread(target=stop_when_unused, daemon=True).start()
    return server.wait()


if __name__ == "__main__":
    folders, numbers, postgres = sys.argv[1:3], sys.argv[3:5], sys.argv[5:]
    own = Account(int(numbers[0]), int(numbers[1]))
    sys.exit(main(Path(folders[0]), Path(folders[1]), own, postgres))
