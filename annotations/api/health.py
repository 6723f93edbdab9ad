"""Health checks: is the process alive, and can it do its work. Reasons name no host or error."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.functions import Now
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateWorker

# A worker says that it lives every 10 seconds; three missed beats are a dead one.
HEARTBEAT_FRESH = timedelta(seconds=30)
logger = logging.getLogger("annotations.api")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Say that this process answers; asks nothing of the database."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether database, migrations and worker are as they must be: 200, or 503 with reasons."""
    checks = {
        "database": database_problem,
        "migrations": migrations_problem,
        "worker": worker_problem,
    }
    problems = {name: _ask(check) for name, check in checks.items()}
    ready = not any(problems.values())
    body = {
        "status": "ready" if ready else "not ready",
        "checks": {name: problem or "ok" for name, problem in problems.items()},
    }
    return JsonResponse(body, status=200 if ready else 503)


def database_problem() -> str:
    """Return why the database cannot be used; empty when it answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def migrations_problem() -> str:
    """Return whether a migration of this code has not been applied; empty when all have been."""
    applied = MigrationRecorder(connection).applied_migrations()
    return "" if all(name in applied for name in _newest_migrations()) else "not all applied"


def worker_problem() -> str:
    """Return why jobs are not done; empty when a worker lives."""
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gt=Now() - HEARTBEAT_FRESH)
    return "" if alive.exists() else "no heartbeat"


def _ask(check: Callable[[], str]) -> str:
    try:
        return check()
    except Error:
        logger.exception("A readiness check failed.")
        return "does not answer"


@cache
def _newest_migrations() -> tuple[tuple[str, str], ...]:
    """Return the last migration of each app of this code; read from disk once per process."""
    return tuple(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())
