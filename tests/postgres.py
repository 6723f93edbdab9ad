"""A real PostgreSQL for the tests: one migrated template, and a copy of it for every process.

With DATABASE_URL (and MIGRATION_DATABASE_URL) that server is used; otherwise an embedded one of
their own. Tests connect as the application's role, so what it may not do fails here too.
"""

import hashlib
import os
import secrets
import subprocess
import sys
import zlib
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connections
from psycopg import sql

from factcheck import embedded
from factcheck.database import DatabaseRole, database_settings, database_url, is_embedded
from tests.server_folder import server_folder

CHECKOUT = Path(__file__).resolve().parent.parent
KEPT_TEMPLATES = 5
# A template stands for all of this; a change makes a new one.
TEMPLATE_SOURCES = (
    "annotations/migrations/*.py",
    "annotations/audit/*.py",
    "annotations/apps.py",
    "requirements.txt",
    "tests/postgres.py",
)


def address(url: str, database: str) -> str:
    """Return the same address for another database."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def template_name(owner_url: str, app_url: str) -> str:
    """Name the template after everything that shapes it."""
    digest = hashlib.sha256(f"{urlsplit(owner_url).username} {urlsplit(app_url).username}".encode())
    for pattern in TEMPLATE_SOURCES:
        for path in sorted(CHECKOUT.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return f"factcheck_template_{digest.hexdigest()[:16]}"


class TestDatabase:
    """One process's own database, made from the template and made anew when a test committed."""

    __test__ = False

    def __init__(self, owner_url: str, app_url: str, hold: embedded.Hold | None) -> None:
        self._owner_url, self._app_url, self._hold = owner_url, app_url, hold
        self.name = f"factcheck_test_{secrets.token_hex(6)}"
        self._template = template_name(owner_url, app_url)
        # Stays open: its advisory lock tells others that the database is in use.
        self._maintenance = psycopg.connect(owner_url, autocommit=True)
        self._maintenance.execute("SELECT pg_advisory_lock(%s)", [lock_number(self.name)])
        # Copying files takes a third of the time, but for checkpoints that wait for a disk.
        never_waits = self._maintenance.execute("SHOW fsync").fetchone() == ("off",)
        self._strategy = "STRATEGY FILE_COPY" if never_waits else ""
        self._drop_abandoned()
        self._ensure_template()
        self._create()

    @property
    def owner_url(self) -> str:
        return address(self._owner_url, self.name)

    @property
    def app_url(self) -> str:
        return address(self._app_url, self.name)

    def use(self) -> None:
        """Point Django, and every process started from here, at this database."""
        os.environ["DATABASE_URL"] = self.app_url
        os.environ["MIGRATION_DATABASE_URL"] = self.owner_url
        settings = database_settings(os.environ, DatabaseRole.APP)
        # One plain connection per thread: a pool would keep some open across a reset.
        del settings["OPTIONS"]["pool"]
        connections.settings["default"].update(settings)

    def reset(self) -> None:
        """Bring back exactly the rows that migrations make, whatever a test committed."""
        connections.close_all()
        self._drop(self.name)
        self._create()

    def close(self) -> None:
        """Drop the database and let go of the server."""
        connections.close_all()
        self._drop(self.name)
        self._maintenance.close()
        if self._hold:
            self._hold.release_and_wait(10)

    def _create(self) -> None:
        self._run(f"CREATE DATABASE {{}} TEMPLATE {{}} {self._strategy}", self.name, self._template)

    def _run(self, statement: str, *names: str) -> None:
        identifiers = [sql.Identifier(name) for name in names]
        self._maintenance.execute(sql.SQL(statement).format(*identifiers))

    def _drop(self, name: str) -> None:
        terminate = (
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = current_user"
        )
        # Each role may end its own connections only, unless it is a superuser.
        with psycopg.connect(self._app_url, autocommit=True) as application:
            application.execute(terminate, [name])
        self._maintenance.execute(terminate, [name])
        self._run("DROP DATABASE IF EXISTS {}", name)

    def _databases(self, prefix: str) -> list[str]:
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC"
        return [str(row[0]) for row in self._maintenance.execute(query, [prefix]).fetchall()]

    def _drop_abandoned(self) -> None:
        for name in self._databases("factcheck_test_"):
            query = "SELECT pg_try_advisory_lock(%s)"
            free = self._maintenance.execute(query, [lock_number(name)]).fetchone()
            if name != self.name and free == (True,):
                with suppress(psycopg.Error):
                    self._drop(name)
                self._maintenance.execute("SELECT pg_advisory_unlock(%s)", [lock_number(name)])

    def _ensure_template(self) -> None:
        lock = lock_number("factcheck_template")
        self._maintenance.execute("SELECT pg_advisory_lock(%s)", [lock])
        try:
            existing = self._databases("factcheck_template_")
            if self._template in existing:
                return
            for name in existing[KEPT_TEMPLATES:]:
                self._drop_template(name)
            self._build_template()
        finally:
            self._maintenance.execute("SELECT pg_advisory_unlock(%s)", [lock])

    def _build_template(self) -> None:
        draft = "factcheck_draft_template"
        self._drop(draft)
        self._run("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'", draft)
        environment = {
            **os.environ,
            "DATABASE_URL": address(self._app_url, draft),
            "MIGRATION_DATABASE_URL": address(self._owner_url, draft),
        }
        command = [
            sys.executable,
            "manage.py",
            "migrate",
            "--no-input",
            "--verbosity=0",
            "--skip-checks",
        ]
        finished = subprocess.run(
            command, cwd=CHECKOUT, env=environment, capture_output=True, text=True
        )
        if finished.returncode != 0:
            pytest.exit(f"The test database cannot be migrated:\n{finished.stderr}", 1)
        self._run("ALTER DATABASE {} RENAME TO {}", draft, self._template)
        # Nobody may be connected to a template while it is copied.
        self._run("ALTER DATABASE {} ALLOW_CONNECTIONS false", self._template)

    def _drop_template(self, name: str) -> None:
        with suppress(psycopg.Error):
            self._run("DROP DATABASE {}", name)


def lock_number(name: str) -> int:
    """Return the advisory lock that stands for a name; what a test adds to it changes nothing."""
    return zlib.crc32("_".join(name.split("_")[:3]).encode())


def open_database() -> TestDatabase:
    """Make this process's database, on DATABASE_URL's server or on one of our own."""
    hold = None
    if is_embedded(os.environ):
        folder = server_folder()
        hold = embedded.hold(folder, embedded.THROWAWAY)
        app_url = embedded.connection_url(folder)
        owner_url = embedded.connection_url(folder, as_owner=True)
    else:
        app_url = database_url(os.environ, DatabaseRole.APP)
        owner_url = database_url(os.environ, DatabaseRole.OWNER)
    try:
        return TestDatabase(owner_url, app_url, hold)
    except psycopg.Error as error:
        pytest.exit(f"The test database cannot be made: {error}", 1)
