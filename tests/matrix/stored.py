"""What the database holds, as one number per table: equal means that nothing was changed."""

from functools import cache

from django.apps import apps
from django.db import connection

# Sessions, caches and the like change by merely asking; so does the list of what was exported.
NOT_KEPT = {
    "annotations_exportrelease",
    "annotations_presence",
    "cache_entries",
    "django_admin_log",
    "django_session",
}
Stored = dict[str, tuple[int, int]]
# Columns that say when someone was here.
NOT_COUNTED = ("last_login", "last_used_at")


def _whole_row(columns: list[str]) -> str:
    """Return the row as one value; naming each column is slower."""
    counted = [f't."{column}"' for column in columns if column not in NOT_COUNTED]
    return "t" if len(counted) == len(columns) else f"ROW({', '.join(counted)})"


@cache
def _query() -> str:
    tables = {
        model._meta.db_table: [field.column for field in model._meta.concrete_fields]
        for app in ("annotations", "mfa", "account")
        for model in apps.get_app_config(app).get_models()
        if model._meta.managed and model._meta.db_table not in NOT_KEPT
    }
    parts = [
        f"SELECT '{table}', count(*), coalesce(sum(hashtextextended("
        f"{_whole_row(columns)}::text, 0)::numeric), 0) FROM {table} t"
        for table, columns in sorted(tables.items())
    ]
    return " UNION ALL ".join(parts)


def stored() -> Stored:
    """Return, by table, the number of rows and a digest of them all."""
    connection.ensure_connection()
    # Planning it takes as long as running it: prepared, it is planned once.
    with connection.connection.cursor() as cursor:
        cursor.execute(_query(), prepare=True)
        return {table: (count, digest) for table, count, digest in cursor.fetchall()}


def changed_tables(before: Stored) -> list[str]:
    """Return the tables that hold something else than before."""
    now = stored()
    return [table for table in now if now[table] != before[table]]
