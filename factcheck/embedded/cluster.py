"""Makes a new cluster: initdb, the two roles, the database they share."""

import shutil
import subprocess

import psycopg
from psycopg import sql

from factcheck.embedded.places import Place
from factcheck.embedded.record import DATABASE, SUPERUSER, Record
from factcheck.errors import StartRefused


def create_cluster(place: Place, record: Record, *, durable: bool) -> bool:
    """Run initdb beside the final folder and move the result there: it is whole or absent.

    Returns False when there is one already.
    """
    if (place.data / "PG_VERSION").exists():
        return False
    staging = place.home / "data.new"
    shutil.rmtree(staging, ignore_errors=True)
    password = place.home / "initdb.password"
    password.touch(mode=0o600)
    password.write_text(record.passwords[SUPERUSER])
    place.account.own(password)
    command = [
        *(str(place.program("initdb")), "-D", str(staging), "--username", SUPERUSER),
        *("--pwfile", str(password), "--auth=scram-sha-256"),
        *("--encoding=UTF8", "--locale=C.UTF-8", "--lc-messages=C"),
        *(() if durable else ("--no-sync",)),
    ]
    try:
        finished = subprocess.run(
            command, cwd="/", capture_output=True, text=True, **place.account.arguments()
        )
    finally:
        password.unlink()
    if finished.returncode != 0:
        reason = finished.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise StartRefused(f"The embedded database could not be created: {reason[0]}")
    staging.rename(place.data)
    return True


def create_roles_and_database(
    connection: psycopg.Connection[tuple[object, ...]], record: Record, *, durable: bool
) -> None:
    """Create what is missing of the owner, the application role and their database."""
    extra = sql.SQL("") if durable else sql.SQL("CREATEDB")
    for role, options in ((record.owner, extra), (record.app, sql.SQL(""))):
        found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        verb = sql.SQL("ALTER" if found else "CREATE")
        connection.execute(
            sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} PASSWORD {}").format(
                verb, sql.Identifier(role), options, sql.Literal(record.passwords[role])
            )
        )
    name = sql.Identifier(DATABASE)
    owner, app = sql.Identifier(record.owner), sql.Identifier(record.app)
    query = "SELECT 1 FROM pg_database WHERE datname = %s"
    if not connection.execute(query, [DATABASE]).fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(name, app))
