"""Finding, starting and holding the embedded server."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg

from factcheck.embedded import cluster, places
from factcheck.embedded.locks import FileLock, is_held
from factcheck.embedded.places import Place
from factcheck.embedded.record import (
    DATABASE,
    SUPERUSER,
    Record,
    fresh_passwords,
    read_record,
    record_path,
    write_record,
)
from factcheck.errors import StartRefused

# Recovery after a power cut replays the log since the last checkpoint, which can take minutes.
SECONDS_TO_START = 300
SECONDS_TO_STOP = 60
LARGEST_LOG = 10 * 1024 * 1024
CHECKOUT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Mode:
    """Whether the data must survive a power cut."""

    durable: bool

    def options(self) -> tuple[str, ...]:
        """Return PostgreSQL's options for this mode."""
        if self.durable:
            return ("fsync=on",)
        # Databases come and go with every test: nobody needs their statistics, or an old log.
        return (
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "autovacuum=off",
            "max_wal_size=128MB",
        )


DURABLE = Mode(durable=True)
THROWAWAY = Mode(durable=False)


class Hold:
    """Keeps the embedded server up: while any process has one, the server runs."""

    def __init__(self, users: FileLock, home: Path) -> None:
        self._users = users
        self._home = home

    def release(self) -> None:
        """Let go; the server stops when nobody else holds it."""
        self._users.release()

    def release_and_wait(self, seconds: float) -> bool:
        """Let go and wait until the server has stopped; False when someone else keeps it up."""
        self.release()
        deadline = time.monotonic() + seconds
        while is_held(self._home / "server.lock"):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True


def hold(var: Path, mode: Mode = DURABLE) -> Hold:
    """Find the server that belongs to `var` or start it, and keep it up until released.

    Safe for any number of processes at once. Raises StartRefused with the reason in a sentence.
    """
    known = read_record(var)
    place = places.prepare_place(var, earlier_home(var, known))
    users = FileLock(place.home / "users.lock")
    users.share(SECONDS_TO_STOP)
    starting = FileLock(place.home / "start.lock")
    starting.take(SECONDS_TO_START)
    try:
        record = prepare_record(var, place)
        if cluster.create_cluster(place, record, durable=mode.durable):
            record = replace(record, complete=False)
        if not answers(record):
            start(place, record, mode)
        if not record.complete:
            with psycopg.connect(record.url(SUPERUSER, "postgres"), autocommit=True) as connection:
                cluster.create_roles_and_database(connection, record, durable=mode.durable)
            record = replace(record, complete=True)
            write_record(var, record)
    except BaseException:
        users.release()
        raise
    finally:
        starting.release()
    return Hold(users, place.home)


def earlier_home(var: Path, known: Record | None) -> Path | None:
    """Return where the data is: beside its record, or where the record says.

    A folder that was moved as a whole brings a record that names the old place.
    """
    beside = var / "pg" / str(places.MAJOR)
    if (beside / "data").is_dir():
        return beside
    if known and Path(known.home, "data").is_dir():
        return Path(known.home)
    return None


def prepare_record(var: Path, place: Place) -> Record:
    """Read the record, or write the first one; folders that moved are written anew."""
    found = read_record(var)
    if found is None and (place.data / "PG_VERSION").exists():
        raise StartRefused(
            f"{record_path(var)}, which holds the passwords of the embedded database, is missing: "
            f"put it back, or move {place.home} away to start afresh."
        )
    record = found or Record("", "", "", fresh_passwords())
    current = replace(
        record, home=str(place.home), sockets=str(place.sockets), programs=str(place.programs)
    )
    if current != found:
        write_record(var, current)
    return current


def start(place: Place, record: Record, mode: Mode) -> None:
    """Start the guard, which starts PostgreSQL, and wait until it answers."""
    if place.log.exists() and place.log.stat().st_size > LARGEST_LOG:
        place.log.replace(place.log.with_suffix(".log.1"))
    command = [str(place.program("postgres")), "-D", str(place.data)]
    for option in (*server_options(place), *mode.options()):
        command += ["-c", option]
    folders = [str(place.home), str(place.sockets)]
    account = [str(place.account.uid), str(place.account.gid)]
    with place.log.open("ab") as log:
        guard = subprocess.Popen(
            [sys.executable, "-m", "factcheck.embedded.guard", *folders, *account, *command],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    deadline = time.monotonic() + SECONDS_TO_START
    while not answers(record):
        if guard.poll() is not None or time.monotonic() > deadline:
            raise StartRefused(
                f"The embedded database did not start; {place.log} says why: {last_line(place.log)}"
            )
        time.sleep(0.03)
    # Reaped by init: the guard outlives this process on purpose.
    guard.returncode = 0


def server_options(place: Place) -> tuple[str, ...]:
    """Return PostgreSQL's options for every mode: a socket in our folder and no network."""
    folder = str(place.sockets).replace('"', '""')
    return (
        "listen_addresses=",
        f'unix_socket_directories="{folder}"',
        "unix_socket_permissions=0700",
        "max_connections=100",
        "shared_buffers=128MB",
        # A page of one article must not cost a walk through all articles' rows: on memory and SSDs
        # the default of 4 makes the planner prefer that.
        "random_page_cost=1.1",
        "jit=off",
        "log_timezone=UTC",
        "timezone=UTC",
    )


def answers(record: Record) -> bool:
    """Tell whether the server takes connections."""
    if not Path(record.sockets, ".s.PGSQL.5432").exists():
        return False
    with suppress(psycopg.OperationalError):
        psycopg.connect(record.url(SUPERUSER, "postgres"), connect_timeout=5).close()
        return True
    return False


def last_line(log: Path) -> str:
    """Return the last line of a log that carries an error, for a one-sentence report."""
    lines = log.read_text(errors="replace").splitlines()[-50:]
    fatal = [line for line in lines if "FATAL" in line or "Error" in line]
    return (fatal or lines or ["nothing"])[-1].strip()


def is_running(var: Path) -> bool:
    """Tell whether the server that belongs to `var` is up."""
    record = read_record(var)
    return record is not None and is_held(Path(record.home) / "server.lock")


def discard(var: Path) -> None:
    """Delete the data of the server that belongs to `var`; raises StartRefused when it is up."""
    record = read_record(var)
    if record is None:
        return
    if is_running(var):
        raise StartRefused(f"The embedded database of {var} is running.")
    home = Path(record.home)
    # Away from `var`, the folder above holds nothing but this server.
    is_beside = home.parent.resolve() == record_path(var).parent.resolve()
    shutil.rmtree(home if is_beside else home.parent, ignore_errors=True)
    if record.sockets and record.sockets != record.home:
        shutil.rmtree(record.sockets, ignore_errors=True)
    record_path(var).unlink()


def known_server(var: Path) -> Record | None:
    """Return what is written down about the server that belongs to `var`."""
    return read_record(var)


def connection_url(var: Path, *, as_owner: bool = False) -> str:
    """Return the address of the embedded database for the owner or the application role.

    Before the first start there is nothing to connect to: the address then has no password.
    """
    record = read_record(var)
    if record is None:
        return f"postgresql:///{DATABASE}?host={var / 'pg'}"
    return record.url(record.owner if as_owner else record.app)


def maintenance_url(var: Path) -> str:
    """Return the address of the maintenance database for the superuser."""
    record = read_record(var)
    if record is None:
        raise StartRefused("The embedded database was never started here.")
    return record.url(SUPERUSER, "postgres")


def environment_for_tools(record: Record) -> dict[str, str]:
    """Return the environment for pg_dump and pg_restore of the wheel."""
    return {**os.environ, "PATH": f"{record.programs}{os.pathsep}{os.environ.get('PATH', '')}"}
