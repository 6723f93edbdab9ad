"""The tests' own footing: real roles, and a clean database after a test that commits."""

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection


@pytest.mark.django_db
def test_tests_connect_as_the_application_role(test_database):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, pg_has_role(current_user, %s, 'member')", ["pg_monitor"]
        )
        assert cursor.fetchone() != ("factcheck_owner", True)
        cursor.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'django_migrations'")
        owner = cursor.fetchone()[0]
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] != owner


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_committed_row_is_gone_in_the_next_test(turn):
    assert not ContentType.objects.filter(app_label="left over").exists()
    assert ContentType.objects.filter(app_label="annotations").exists()
    ContentType.objects.create(app_label="left over", model="row")


def test_the_application_role_may_not_create_tables(app_connection):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute("CREATE TABLE intruder ()")


def test_the_owner_may_create_tables(owner_connection):
    owner_connection.execute("CREATE TABLE addition ()")
