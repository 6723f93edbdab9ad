"""Turns DATABASE_URL and MIGRATION_DATABASE_URL, or the embedded server, into Django's settings."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from factcheck import embedded
from factcheck.environment import variable_directory
from factcheck.errors import StartRefused

SCHEMES = ("postgresql://", "postgres://")
OLDEST_SERVER = 150000
SECONDS_TO_ANSWER = 5
# Connections a process keeps; a web process has fewer threads than this.
POOL = {"min_size": 1, "max_size": 12, "timeout": 10}
# The server keeps the plan of what a connection asks for a third time; planning is about a sixth
# of the time a claim takes to be made. Only parameters that travel apart leave the text the same.
PREPARED = {"server_side_binding": True, "prepare_threshold": 3}


class DatabaseRole(StrEnum):
    """Migrations run as the owner; everything else as the application, which owns nothing."""

    APP = "app"
    OWNER = "owner"


def is_embedded(env: Mapping[str, str]) -> bool:
    """Tell whether the embedded server is used: no DATABASE_URL is set."""
    return not env.get("DATABASE_URL")


def has_own_migration_role(env: Mapping[str, str]) -> bool:
    """Tell whether migrations connect as another role than the application."""
    if is_embedded(env):
        return True
    return role_name(env, DatabaseRole.APP) != role_name(env, DatabaseRole.OWNER)


def database_url(env: Mapping[str, str], role: DatabaseRole = DatabaseRole.APP) -> str:
    """Return the address of the database for a role."""
    as_owner = role is DatabaseRole.OWNER
    if is_embedded(env):
        return embedded.connection_url(variable_directory(dict(env)), as_owner=as_owner)
    name = "MIGRATION_DATABASE_URL" if as_owner and env.get("MIGRATION_DATABASE_URL") else ""
    name = name or "DATABASE_URL"
    if not env[name].startswith(SCHEMES):
        raise StartRefused(f"{name} must start with postgresql://.")
    return env[name]


def role_name(env: Mapping[str, str], role: DatabaseRole) -> str:
    """Return the database user that connects for a role; grants name it."""
    return str(parse_url(database_url(env, role)).get("user", ""))


def parse_url(url: str) -> dict[str, Any]:
    """Split a libpq URL (several hosts allowed) into its parts; raises StartRefused."""
    try:
        return dict(conninfo_to_dict(url))
    except psycopg.ProgrammingError as error:
        raise StartRefused(f"A database address cannot be read: {first_line(error)}") from error


def database_settings(
    env: Mapping[str, str], role: DatabaseRole = DatabaseRole.APP
) -> dict[str, Any]:
    """Return Django's settings for the default database; the owner's go without a pool."""
    parts = parse_url(database_url(env, role))
    settings = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": SECONDS_TO_ANSWER, **parts},
    }
    if role is DatabaseRole.APP:
        settings["OPTIONS"]["pool"] = dict(POOL)
        if env.get("PREPARED_STATEMENTS") != "0":
            settings["OPTIONS"] |= PREPARED
    return settings


def hold_embedded(env: Mapping[str, str]) -> embedded.Hold | None:
    """Start the embedded server or join its users; None when DATABASE_URL names another."""
    return embedded.hold(variable_directory(dict(env))) if is_embedded(env) else None


def hold_database(env: Mapping[str, str]) -> embedded.Hold | None:
    """Make sure that the database answers and can be used; raises StartRefused if not.

    The embedded server runs until the returned hold is released or the process ends.
    """
    hold = hold_embedded(env)
    check_server(env)
    return hold


def check_server(env: Mapping[str, str]) -> None:
    """Raise StartRefused unless the named server answers, is new enough and speaks UTF-8."""
    for role in DatabaseRole:
        url = database_url(env, role)
        try:
            with psycopg.connect(
                url,
                connect_timeout=SECONDS_TO_ANSWER,
                # A SQL_ASCII server would otherwise answer in bytes.
                client_encoding="UTF8",
            ) as connection:
                problem = server_problem(connection)
        except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
            raise StartRefused(
                f"{database_name(env, role)} does not answer: {first_line(error)}"
            ) from error
        if problem:
            raise StartRefused(problem)


def database_name(env: Mapping[str, str], role: DatabaseRole) -> str:
    """Return what a person calls this database: the variable that names it."""
    if is_embedded(env):
        return "The embedded database"
    if role is DatabaseRole.OWNER and env.get("MIGRATION_DATABASE_URL"):
        return "The database that MIGRATION_DATABASE_URL names"
    return "The database that DATABASE_URL names"


def server_problem(connection: psycopg.Connection[Any]) -> str:
    """Return why this database cannot be used, in one sentence; empty when it can."""
    version = connection.info.server_version
    if version < OLDEST_SERVER:
        return f"The database server is PostgreSQL {version // 10000}; 15 or newer is needed."
    row = connection.execute(
        "SELECT current_database(), pg_encoding_to_char(encoding), datlocprovider::text, datctype,"
        " to_jsonb(pg_database) ->> 'datlocale'"
        " FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    if row is None:
        return "The database server does not describe its own database."
    name, encoding, provider, character_type, locale = row
    if encoding != "UTF8":
        return (
            f"The database {name} is encoded in {encoding}: create it anew with ENCODING 'UTF8' "
            "LOCALE 'C.UTF-8' TEMPLATE template0."
        )
    # The built-in provider ignores ctype and has a locale of its own.
    effective = locale if provider == "b" else character_type
    if provider != "i" and effective in ("C", "POSIX"):
        return (
            f"The database {name} has character type {effective}, which knows no letters beyond "
            "ASCII: create it anew with LOCALE 'C.UTF-8' TEMPLATE template0."
        )
    return ""


def first_line(error: Exception) -> str:
    """Return the first line of an error, for a one-sentence report."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
