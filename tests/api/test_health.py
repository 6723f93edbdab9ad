"""Health checks: what each says, and that they tell outsiders nothing else."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from annotations.api import health


@pytest.fixture
def client():
    return Client(headers={"host": "localhost"})


def beat(seconds_ago):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)",
            [timezone.now() - timedelta(seconds=seconds_ago)],
        )


def test_healthz_answers_without_a_database(client):
    answer = client.get("/healthz")  # pytest-django refuses the database to this test.
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


def test_healthz_takes_only_reads(client):
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").status_code == 200


def test_readyz_is_ready_with_a_fresh_worker(db, client):
    beat(seconds_ago=5)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")


@pytest.mark.parametrize("seconds_ago", [None, 31])
def test_readyz_misses_the_worker(db, client, seconds_ago):
    if seconds_ago:
        beat(seconds_ago)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "not ready",
        "checks": {"database": "ok", "migrations": "ok", "worker": "no heartbeat"},
    }


def test_readyz_misses_a_migration(db, client, monkeypatch):
    beat(seconds_ago=1)
    newest = (("annotations", "9999_from_a_newer_release"),)
    monkeypatch.setattr(health, "_newest_migrations", lambda: newest)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"] == "not all applied"


def test_readyz_without_a_database_names_no_host_and_no_error(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection to db.internal:5432 failed for user secret")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "does not answer"
    assert b"secret" not in answer.content
    assert b"5432" not in answer.content
