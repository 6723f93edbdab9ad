"""What the application's database role may do; applied by the owner's role after migrations.

History, captures, events, assessments, version texts, blocks, spans, scales and guidelines can be
added to and never changed.
History is not even writable: only the triggers write it, with their owner's rights.
"""

import logging
from typing import Any

from django.conf import settings
from django.db import connections

from annotations.audit.wordless import write_wordless

logger = logging.getLogger(__name__)

APPEND_ONLY_TABLES = (
    "annotations_adjudication",
    "annotations_adjudicationreview",
    "annotations_articleversion",
    "annotations_block",
    "annotations_capture",
    "annotations_eventassessment",
    "annotations_eventcapture",
    "annotations_guideline",
    "annotations_lifecycleevent",
    "annotations_ratingscale",
    "annotations_ratingvalue",
    "annotations_span",
    "annotations_spanrange",
    "annotations_timestamp",
    "annotations_verdictevidence",
    "annotations_verdictreview",
    "annotations_watchcheck",
)

# pgtrigger lets any session switch triggers off through a setting. Here nobody may.
_NEVER_IGNORE = """
    CREATE OR REPLACE FUNCTION "public"._pgtrigger_should_ignore(trigger_name NAME)
    RETURNS BOOLEAN LANGUAGE sql IMMUTABLE AS $$ SELECT false $$
"""
_HISTORY_TABLES = """
    SELECT format('%I', c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind = 'r'
       AND (c.relname LIKE 'annotations\\_%history' OR c.relname IN ('pghistory_context'))
"""
_HISTORY_COLUMNS = """
    SELECT c.relname, EXISTS (SELECT FROM pg_attribute a
                               WHERE a.attrelid = c.oid AND a.attname = 'project_id')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname LIKE 'annotations\\_%history'
"""
# What the audit is asked for, each in the order of time.
_INDEXED = {
    "project": "project_id",
    "actor": "(pgh_context->>'actor')",
    "action": "(pgh_context->>'action')",
}
_HISTORY_FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = 'public' AND p.proname LIKE 'pgtrigger\\_%'
       AND p.prosrc ~ 'INSERT INTO "annotations_[a-z]+history"'
"""


def apply_after_migrate(*, using: str = "default", **kwargs: object) -> None:
    """Give the application's role what it needs and no more.

    Does nothing to grants when one role serves for both: an owner can always change its own
    rights back, so history is then guarded by triggers only (a system check says so).
    """
    connection = connections[using]
    role = settings.DATABASE_APP_ROLE
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('annotations_claimhistory'), current_user")
        history, owner = cursor.fetchone()
        if history is None:
            return
        cursor.execute(_NEVER_IGNORE)
        write_wordless(using)
        for statement in index_statements(cursor):
            cursor.execute(statement)
        if role == owner:
            return
        name = connection.ops.quote_name(role)
        for statement in _grants(name):
            cursor.execute(statement)
        cursor.execute(_HISTORY_TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(f"REVOKE ALL ON {table} FROM {name}")
            cursor.execute(f"GRANT SELECT ON {table} TO {name}")
        cursor.execute(_HISTORY_FUNCTIONS)
        for (function,) in cursor.fetchall():
            cursor.execute(
                f"ALTER FUNCTION {function} SECURITY DEFINER SET search_path = public, pg_temp"
            )


def index_statements(cursor: Any) -> list[str]:
    """Return what makes the indexes that the audit reads history by, in every table of it.

    Made here and not by each model's migration, so that no table of history can be without.
    """
    cursor.execute(_HISTORY_COLUMNS)
    wanted = []
    for table, has_project in cursor.fetchall():
        columns = dict(_INDEXED)
        if not has_project:
            del columns["project"]
        wanted += [
            f"CREATE INDEX IF NOT EXISTS {table.removeprefix('annotations_')}_by_{name}"
            f" ON {table} ({expression}, pgh_created_at)"
            for name, expression in columns.items()
        ]
    return wanted


def _grants(role: str) -> list[str]:
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
        f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON factcheck_wordless FROM {role}",
        *[
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}"
            for table in APPEND_ONLY_TABLES
        ],
    ]
