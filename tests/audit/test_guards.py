"""What the application's own database role cannot do, whatever the application does wrong."""

import psycopg
import pytest
from django.apps import apps
from psycopg import sql

from annotations.audit.grants import APPEND_ONLY_TABLES
from annotations.claims.services import claim_update
from tests.factories import make_member, make_project, make_user
from tests.material import make_article, make_claim, make_event, make_review, make_statement

HISTORY_TABLES = sorted(
    model._meta.db_table
    for model in apps.get_app_config("annotations").get_models()
    if any(field.name == "pgh_id" for field in model._meta.get_fields())
)
GUARDED_TABLES = sorted([*HISTORY_TABLES, *APPEND_ONLY_TABLES])
REFUSED = (
    psycopg.errors.InsufficientPrivilege,
    psycopg.errors.RaiseException,
    psycopg.errors.InternalError_,
)


@pytest.fixture
def material(transactional_db):
    """One of everything that is guarded, committed."""
    reviewer = make_user("reviewer")
    project = make_project("Desk", slug="desk", admin=make_user("admin"))
    make_member(project, reviewer)
    claim = make_claim(project, reviewer, article=make_article(project, reviewer))
    make_review(claim, reviewer)
    make_event(make_statement(project, reviewer), reviewer)
    return claim


def rows(connection, table):
    query = sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(table))
    return connection.execute(query).fetchall()


def attempt(connection, statement, *names):
    """Run it; return the error, or None when the database allowed it."""
    try:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
    except psycopg.Error as error:
        return error
    return None


def a_column(connection, table):
    query = (
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " AND column_name NOT IN ('id', 'pgh_id') ORDER BY ordinal_position LIMIT 1"
    )
    return connection.execute(query, [table]).fetchone()[0]


def test_there_is_history_to_guard():
    assert len(HISTORY_TABLES) >= 14


# Rows that say nothing anyone decided: addresses, answers, bytes, things on their way. And the
# words to redact, which must not be kept, with the files that the redaction itself tells of.
WITHOUT_HISTORY = {
    "articleupload",
    # Written by triggers, from what has a history.
    "claimstage",
    "draft",
    "exportrelease",
    "follow",
    "followerstold",
    "formerslug",
    "hostpace",
    "idempotencykey",
    "mailchoice",
    "notification",
    "presence",
    "proofbundle",
    "redactionfile",
    "redactionwords",
    "storedfile",
    # Where the machine is with a watch; what was found stays in checks.
    "watchturn",
}


def test_every_model_has_a_history_or_never_changes_or_is_named_here():
    kept = {table.removeprefix("annotations_") for table in GUARDED_TABLES}
    for model in apps.get_app_config("annotations").get_models():
        name = model._meta.model_name
        if name not in kept:
            assert f"{name}history" in kept or name in WITHOUT_HISTORY, name


STATEMENTS = {
    "update": "UPDATE {0} SET {1} = {1}",
    "delete": "DELETE FROM {0}",
    "truncate": "TRUNCATE {0}",
    "truncate with all that refers to it": "TRUNCATE {0} CASCADE",
    "alter": "ALTER TABLE {0} ADD COLUMN note text",
    "rename": "ALTER TABLE {0} RENAME TO elsewhere",
    "take over": "ALTER TABLE {0} OWNER TO CURRENT_USER",
    "drop": "DROP TABLE {0} CASCADE",
    "disable triggers": "ALTER TABLE {0} DISABLE TRIGGER ALL",
    "add a rule": "CREATE RULE quiet AS ON INSERT TO {0} DO INSTEAD NOTHING",
    "add a trigger": (
        "CREATE TRIGGER a BEFORE INSERT ON {0} FOR EACH ROW"
        " EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    ),
    "grant": "GRANT UPDATE ON {0} TO CURRENT_USER",
}


def test_no_guarded_table_can_be_changed(material, app_connection):
    for table in ("claimhistory", "lifecycleevent", "eventassessment", "articleversion", "block"):
        assert rows(app_connection, f"annotations_{table}") != []
    allowed = []
    for table in GUARDED_TABLES:
        before = rows(app_connection, table)
        column = a_column(app_connection, table)
        for name, statement in STATEMENTS.items():
            error = attempt(app_connection, statement, table, column)
            # Granting what one does not hold is a warning, not an error; the rest is refused.
            if error is None and name != "grant":
                allowed.append((table, name))
            assert error is None or isinstance(error, REFUSED), (table, name, error)
        assert rows(app_connection, table) == before
        assert isinstance(attempt(app_connection, STATEMENTS["update"], table, column), REFUSED)
    assert allowed == []


def test_history_cannot_be_written_past_the_triggers(app_connection):
    for table in HISTORY_TABLES:
        error = attempt(app_connection, "INSERT INTO {0} SELECT * FROM {0}", table)
        assert isinstance(error, psycopg.errors.InsufficientPrivilege), table


def every_trigger(connection):
    return connection.execute(
        "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND c.relname LIKE 'annotations%' ORDER BY 1, 2"
    ).fetchall()


def test_no_trigger_can_be_dropped_or_disabled(app_connection):
    triggers = every_trigger(app_connection)
    assert len(triggers) > 50
    for table, trigger in triggers:
        for statement in (
            "DROP TRIGGER {1} ON {0}",
            "ALTER TABLE {0} DISABLE TRIGGER {1}",
            "ALTER TRIGGER {1} ON {0} RENAME TO gone",
        ):
            error = attempt(app_connection, statement, table, trigger)
            assert isinstance(error, psycopg.errors.InsufficientPrivilege), (table, trigger)
    assert every_trigger(app_connection) == triggers


def test_no_trigger_function_can_be_replaced(app_connection):
    functions = app_connection.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n"
        " ON n.oid = p.pronamespace WHERE n.nspname = 'public'"
        " AND (p.proname LIKE '%pgtrigger%' OR p.proname LIKE 'factcheck%')"
    ).fetchall()
    assert len(functions) > 50
    for (function,) in functions:
        returns = "trigger" if function.endswith("()") else "boolean"
        error = attempt(
            app_connection,
            f"CREATE OR REPLACE FUNCTION {function.replace('{', '').replace('}', '')}"
            f" RETURNS {returns} LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        )
        assert error is not None, function
        for statement in (f"DROP FUNCTION {function}", f"ALTER FUNCTION {function} RENAME TO x"):
            error = attempt(app_connection, statement)
            assert isinstance(error, psycopg.errors.InsufficientPrivilege), function


def test_the_schema_takes_nothing_new(app_connection):
    for statement in (
        "CREATE TABLE public.mine (id int)",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name)"
        " RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "CREATE SCHEMA mine",
        "CREATE EXTENSION dblink",
    ):
        error = attempt(app_connection, statement)
        assert isinstance(error, psycopg.errors.InsufficientPrivilege), statement


def test_no_setting_switches_the_guards_off(material, app_connection):
    for setting in (
        "SET session_replication_role = replica",
        "SET ROLE factcheck_owner",
        "SET SESSION AUTHORIZATION factcheck_owner",
        "ALTER SYSTEM SET session_replication_role = replica",
    ):
        assert attempt(app_connection, setting) is not None, setting
        history_still_writes(app_connection)


def test_pgtriggers_ignore_setting_has_no_effect(material, app_connection):
    uris = "{" + ",".join(f"{table}:{trigger}" for table, trigger in every_trigger(app_connection))
    app_connection.execute("SELECT set_config('pgtrigger.ignore', %s, false)", [uris + "}"])
    history_still_writes(app_connection)
    event = attempt(app_connection, "UPDATE annotations_lifecycleevent SET note = 'x'")
    assert isinstance(event, REFUSED)


def test_a_temporary_table_or_schema_does_not_divert_history(material, app_connection):
    app_connection.execute("SET search_path = pg_temp, public")
    attempt(
        app_connection,
        "CREATE TEMP TABLE annotations_claimhistory"
        " (LIKE public.annotations_claimhistory INCLUDING ALL)",
    )
    before = count(app_connection)
    app_connection.execute("UPDATE public.annotations_claim SET text = text || '!'")
    assert count(app_connection) == before + 1


def count(connection):
    return connection.execute("SELECT count(*) FROM public.annotations_claimhistory").fetchone()[0]


def history_still_writes(connection):
    before = count(connection)
    connection.execute("UPDATE annotations_claim SET text = text || '!'")
    assert count(connection) == before + 1


def test_nothing_with_a_history_can_be_deleted(material, app_connection):
    for table in ("claim", "review", "article", "statement", "source", "mention", "project"):
        error = attempt(app_connection, "DELETE FROM {0}", f"annotations_{table}")
        assert error is not None, table
    assert isinstance(attempt(app_connection, "DELETE FROM annotations_user"), psycopg.Error)
    assert app_connection.execute("SELECT count(*) FROM annotations_claim").fetchone() == (1,)


def test_the_service_still_writes_as_this_role(material):
    claim_update(actor=material.created_by, claim=material, revision=material.revision, text="New")
    assert material.history.count() == 2
