"""The ground of a measurement: a database of its own with fsync on, and the real web server."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench.client import Client
from factcheck import embedded
from factcheck.children import CHECKOUT, Child, stop_all
from factcheck.supervisor import listen, web_server

EMAIL = "bench@example.org"
PASSWORD = "only for measuring 0987"
NOT_OURS = ("DATABASE_URL", "MIGRATION_DATABASE_URL", "SITE_URL", "SECRET_KEY", "DEMO")


@dataclass(frozen=True)
class Ground:
    """A migrated, empty installation whose web server listens on loopback."""

    var: Path
    port: int
    server_pid: int

    def connect(self, *, as_owner: bool = False, autocommit: bool = True) -> Any:
        """Connect as the application's role, or as the owner of the tables."""
        url = embedded.connection_url(self.var, as_owner=as_owner)
        return psycopg.connect(url, autocommit=autocommit)

    def settle(self) -> None:
        """Write out what loading the rows has left to write, which would slow what is measured."""
        url = embedded.maintenance_url(self.var)
        with psycopg.connect(url, autocommit=True) as superuser:
            superuser.execute("CHECKPOINT")

    def workers(self) -> list[int]:
        """Return the web server's worker processes."""
        return children_of(self.server_pid)


@contextmanager
def open_ground() -> Iterator[Ground]:
    """Make an installation in a temporary folder, serve it, and leave nothing behind."""
    for name in NOT_OURS:
        os.environ.pop(name, None)
    # Stopped from outside, it cleans up too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(f"Stopped by signal {number}."))
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as folder:
        var = Path(folder).resolve()
        os.environ["FACTCHECK_VAR"] = str(var)
        hold = embedded.hold(var, embedded.DURABLE)
        listener = listen(0)
        try:
            yield from _serve(var, listener)
        finally:
            listener.close()
            if hold.release_and_wait(60):
                embedded.discard(var)


def _serve(var: Path, listener: socket.socket) -> Iterator[Ground]:
    port = listener.getsockname()[1]
    os.environ["PORT"] = str(port)
    manage("migrate", "--no-input", "--verbosity=0")
    manage("collectstatic", "--no-input", "--verbosity=0")
    manage("create_operator", EMAIL, "--name", "Bench", "--stdin", typed=PASSWORD)
    server = web_server(listener)
    before = set(children_of(os.getpid()))
    server.start()
    (server_pid,) = set(children_of(os.getpid())) - before
    try:
        yield Ground(var, port, server_pid)
    finally:
        _stop(server)


def _stop(server: Child) -> None:
    stop_all([server])


def manage(*arguments: str, typed: str = "") -> str:
    """Run a management command and return what it printed."""
    finished = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=CHECKOUT,
        input=f"{typed}\n",
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return finished.stdout.strip()


def open_project(person: Client, slug: str) -> None:
    """Fill in the form of a new project."""
    person.post_form(
        "/projects/new/",
        name=slug.capitalize(),
        slug=slug,
        language="en",
        time_zone="UTC",
        reviews_needed="2",
        shared_editing="on",
    )


def children_of(parent: int) -> list[int]:
    """Return the processes that `parent` started and that still run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            # After the command's name, which may hold spaces: state and parent.
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # It ended meanwhile.
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found
