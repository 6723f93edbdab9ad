"""System checks: the database's encoding, a guard of its own for history, no test hosts in use."""

import os
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from factcheck.database import has_own_migration_role, server_problem


def register_checks() -> None:
    """Add these checks to Django's; called once, when the application is ready."""
    register(check_database_roles, Tags.security)
    register(check_database_encoding, Tags.database)
    register(check_test_hosts, Tags.security)


def check_database_roles(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> Iterable[CheckMessage]:
    """Warn when one database role owns the tables and runs the application."""
    if has_own_migration_role(os.environ):
        return []
    return [
        Warning(
            "The application connects as the role that owns the tables: history is guarded by "
            "triggers only, which their owner can drop.",
            hint="Set MIGRATION_DATABASE_URL to a second role that owns the database.",
            id="factcheck.W001",
        )
    ]


def check_database_encoding(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> Iterable[CheckMessage]:
    """Refuse a database that is not UTF-8 or whose character type knows ASCII only."""
    errors = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            problem = server_problem(cursor.connection)
        if problem:
            errors.append(Error(problem, id="factcheck.E001"))
    return errors


def check_test_hosts(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> Iterable[CheckMessage]:
    """Warn when an installation with a public address lets captures ask its own machine."""
    if settings.SITE.loopback or not settings.CAPTURE_TEST_HOSTS:
        return []
    return [
        Warning(
            "CAPTURE_TEST_HOSTS is set: whoever may add an article by its address can reach "
            "services of this machine.",
            hint="Unset CAPTURE_TEST_HOSTS; it is for tests.",
            id="factcheck.W002",
        )
    ]
