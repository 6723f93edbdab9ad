"""Which database role does what, read from the environment."""

import os

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection

from factcheck.database import DatabaseRole, database_settings
from factcheck.errors import StartRefused
from factcheck.ownership import connected_as_owner

TWO_ROLES = {
    "DATABASE_URL": "postgresql://app:p%40ss@one:5432,two:5433/desk?sslmode=verify-full&target_session_attrs=read-write",
    "MIGRATION_DATABASE_URL": "postgresql://owner:secret@one/desk",
}


def test_a_url_becomes_settings_with_a_pool_and_several_hosts():
    settings = database_settings(TWO_ROLES)
    assert (settings["USER"], settings["PASSWORD"], settings["NAME"]) == ("app", "p@ss", "desk")
    assert (settings["HOST"], settings["PORT"]) == ("one,two", "5432,5433")
    assert settings["OPTIONS"]["sslmode"] == "verify-full"
    assert settings["OPTIONS"]["target_session_attrs"] == "read-write"
    assert settings["OPTIONS"]["pool"]
    assert settings["CONN_MAX_AGE"] == 0


def test_the_owner_connects_by_its_own_url_without_a_pool():
    settings = database_settings(TWO_ROLES, DatabaseRole.OWNER)
    assert (settings["USER"], settings["PASSWORD"], settings["HOST"]) == ("owner", "secret", "one")
    assert "pool" not in settings["OPTIONS"]


def test_plans_are_kept_unless_a_pooler_cannot():
    assert database_settings(TWO_ROLES)["OPTIONS"]["prepare_threshold"]
    assert database_settings(TWO_ROLES)["OPTIONS"]["server_side_binding"] is True
    settings = database_settings({**TWO_ROLES, "PREPARED_STATEMENTS": "0"})
    assert "prepare_threshold" not in settings["OPTIONS"]


@pytest.mark.parametrize("url", ["", "sqlite:///x", "db.example/desk"])
def test_an_owner_url_that_is_none_falls_back_or_is_refused(url):
    environment = {**TWO_ROLES, "MIGRATION_DATABASE_URL": url}
    if not url:
        assert database_settings(environment, DatabaseRole.OWNER)["USER"] == "app"
        return
    with pytest.raises(StartRefused, match="MIGRATION_DATABASE_URL must start with"):
        database_settings(environment, DatabaseRole.OWNER)


def test_an_unreadable_url_never_shows_its_password():
    with pytest.raises(StartRefused) as refusal:
        database_settings({"DATABASE_URL": "postgresql://app:s3cret@host:port:x/desk?a"})
    assert "s3cret" not in str(refusal.value)


def current_user():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_migrations_alone_connect_as_the_owner():
    application = current_user()
    with connected_as_owner():
        assert current_user() != application
    assert current_user() == application
    call_command("migrate", verbosity=0, skip_checks=True)
    assert current_user() == application


def test_one_role_for_everything_is_warned_about(monkeypatch):
    monkeypatch.setitem(os.environ, "DATABASE_URL", TWO_ROLES["DATABASE_URL"])
    monkeypatch.setitem(os.environ, "MIGRATION_DATABASE_URL", "")
    assert "factcheck.W001" in {message.id for message in run_checks(tags=["security"])}
    monkeypatch.setitem(os.environ, "MIGRATION_DATABASE_URL", TWO_ROLES["MIGRATION_DATABASE_URL"])
    assert "factcheck.W001" not in {message.id for message in run_checks(tags=["security"])}


@pytest.mark.django_db
def test_the_database_check_accepts_this_database():
    assert run_checks(tags=["database"], databases=["default"]) == []
