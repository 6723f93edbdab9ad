"""Columns that hold no words of people: codes, digests, names of zones. Redaction passes them by.

Everything else that can hold text is searched and overwritten, so a table or column that is added
later is covered without being named. The list is written to the database by the owner's role after
every migration, because what overwrites runs there and trusts nobody's word for it.
"""

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connections
from django.db.models import Field, Model

ALWAYS, WORDS = "always", "words"
# What the installation itself keeps; a person's name or address stands in none of these.
TABLES = {
    "django_migrations": "names of migrations",
    "django_content_type": "names of models",
    "django_session": "signed and packed; ends with the person's sessions",
    "auth_permission": "names of permissions",
    "cache_entries": "emptied as a whole",
    "factcheck_wordless": "this list",
    "mfa_authenticator": "sealed seeds and keys; removed with a person",
    "annotations_redactionwords": "the words to redact; removed as they are overwritten",
    "procrastinate_events": "codes",
    "procrastinate_periodic_defers": "names of jobs",
    "procrastinate_workers": "times",
}
# A person's own rows: their name is theirs, whatever words a project redacts.
OF_PEOPLE = (
    "account_emailaddress",
    "annotations_apitoken",
    "annotations_apitokenhistory",
    "annotations_user",
    "annotations_userhistory",
    "socialaccount_socialaccount",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
)
NAMES = {
    "body_sha256": "a digest",
    "text_sha256": "a digest",
    "payload_digest": "a digest",
    "record_id": "made by a program",
    "content_hash": "a digest",
    "request_hash": "a digest",
    "sha256": "a digest",
    "sha256_after": "a digest",
    "sha256_before": "a digest",
    "token_hash": "a digest",
    "password": "a digest",
    "pgh_label": "a code",
    "time_zone": "the name of a zone",
    "encoding": "the name of an encoding",
    "extractor": "the name of a program",
    "file_type": "a media type",
    "media_type": "a media type",
    "places": "names of tables, numbers and digests",
    "route": "the name of a route",
    "about": "the name of a form",
    "authority_url": "the operator's",
    "format": "the name of a format",
    "language": "a code",
}
COLUMNS = {
    ("procrastinate_jobs", "queue_name"): "a name in the code",
    ("procrastinate_jobs", "task_name"): "a name in the code",
    ("procrastinate_jobs", "lock"): "a name in the code",
    ("procrastinate_jobs", "queueing_lock"): "a name in the code",
    ("annotations_exportrelease", "counts"): "numbers",
    ("annotations_proofbundle", "holds"): "names of tables and uids",
    ("annotations_idempotencykey", "key"): "made by a program",
    ("annotations_apitoken", "prefix"): "made by a program",
    ("annotations_apitokenhistory", "prefix"): "made by a program",
}


def wordless_columns() -> list[tuple[str, str, str, str]]:
    """Return (table, column or *, when, why); when is `always`, or `words` for what a project's
    words leave alone and a person's pseudonym does not.
    """
    rows = [(table, "*", ALWAYS, why) for table, why in TABLES.items()]
    rows += [(table, "*", WORDS, "a person's account") for table in OF_PEOPLE]
    rows += [(table, column, ALWAYS, why) for (table, column), why in COLUMNS.items()]
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            why = _why(model, field)
            if why:
                rows.append((model._meta.db_table, str(field.column), ALWAYS, why))
    return rows


def _why(model: type[Model], field: Field) -> str:
    if model._meta.app_label != "annotations":
        return ""
    if field.choices or (isinstance(field, ArrayField) and field.base_field.choices):
        return "a code"
    if str(field.column).endswith("_zone"):
        return "the name of a zone"
    return NAMES.get(str(field.column), "")


def write_wordless(using: str) -> None:
    """Bring the database's list up to date; only the owner's role can."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('factcheck_wordless')")
        if cursor.fetchone() == (None,):
            return
        cursor.execute("DELETE FROM factcheck_wordless")
        cursor.executemany(
            "INSERT INTO factcheck_wordless (tab, col, of_kind, why) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            wordless_columns(),
        )
