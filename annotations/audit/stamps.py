"""Telling whether anything happened in a project since somebody looked, without reading it."""

import hashlib
from collections.abc import Sequence

from django.db import connection

# Of each table the latest few rows: a transaction that commits late adds a row below the latest
# one, which the greatest id alone would not show.
LATEST = 40
HISTORIES = (
    *(
        "article",
        "claim",
        "mention",
        "mentionplacement",
        "attribution",
        "source",
        "statement",
        "eventmoderation",
        "verdict",
    ),
    # It changes rows without a trace in their own histories.
    "redaction",
)
RECORDS = ("lifecycleevent", "eventassessment")
_LATEST_IDS = (
    "SELECT array(SELECT {key} FROM {table} WHERE project_id = %(project)s"
    " ORDER BY {key} DESC LIMIT {latest})"
)


def project_stamp(project_id: int) -> str:
    """Return a digest that differs once articles, claims, sources, statements, verdicts or events
    of the project were added or changed; one query over the ends of indexes.

    It tells of what the viewer may not see as well, so it never leaves the server. Reviews are
    left out: nobody's page shows another's.
    """
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, {"project": project_id})
        rows: Sequence[tuple[list[int]]] = cursor.fetchall()
    return hashlib.blake2b(repr(rows).encode(), digest_size=8).hexdigest()


def _query() -> str:
    tables = [("pgh_id", f"annotations_{name}history") for name in HISTORIES]
    tables += [("id", f"annotations_{name}") for name in RECORDS]
    return " UNION ALL ".join(
        _LATEST_IDS.format(key=key, table=table, latest=LATEST) for key, table in tables
    )


_QUERY = _query()
