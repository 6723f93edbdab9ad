"""The audit: every recorded change in the order of time, narrowed, page by page.

History is kept in a table for each kind of row. Each table gives its latest few rows by an index,
and of those the latest make the page: its cost does not grow with what was recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models import Model, Q

from annotations.audit.display import Names, visible
from annotations.audit.timeline import (
    PastRow,
    Reader,
    TimelineEntry,
    history_model,
    in_words,
    made_row,
    read_rows,
)

# Rows that never change have no history: that they were made is in themselves.
RECORDS = ("lifecycleevent", "eventassessment", "adjudication")
# Kinds whose rows are told apart by a name that takes no further query for each.
_NAMED = frozenset(
    {
        *("article", "claim", "evidence", "statement", "source", "lifecycleevent", "mention"),
        *("user", "project", "comment"),
    }
)


@dataclass(frozen=True)
class Trail:
    """Where the changes of one kind of row are kept."""

    model: type[Model]
    history: type[Model] | None
    table: str

    @property
    def kind(self) -> str:
        """Return the kind's name in addresses."""
        return str(self.model._meta.model_name)

    @property
    def has_project(self) -> bool:
        """Say whether its rows belong to a project."""
        return any(field.name == "project" for field in self._columns)

    @property
    def _columns(self) -> Sequence[Any]:
        return (self.history or self.model)._meta.concrete_fields


@dataclass(frozen=True)
class Question:
    """What is asked for. `projects` None is everything; what belongs to no project is in that only.

    `actors` are ids of people, `objects` ids of rows of the kind, `since` inclusive, `until`
    exclusive.
    """

    projects: Sequence[int] | None = None
    actors: Sequence[int] | None = None
    action: str = ""
    kind: str = ""
    objects: Mapping[str, Sequence[int]] | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Place:
    """Where a page ended; the next begins after it."""

    at: datetime
    table: str
    id: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.table}~{self.id}"


@dataclass(frozen=True)
class AuditEntry:
    """One change, with what a list over many projects says of it."""

    change: TimelineEntry
    project: str
    actor_uid: UUID | None
    name: str


@dataclass(frozen=True)
class AuditPage:
    """The entries of a page, and where the next begins; None where there is none."""

    entries: Sequence[AuditEntry]
    next: Place | None


@dataclass(frozen=True)
class _Hit:
    table: str
    id: int
    at: datetime
    project: int | None
    actor: int | None


def trails() -> dict[str, Trail]:
    """Return where changes are kept, by the name of the table."""
    found = {}
    for model in apps.get_app_config("annotations").get_models():
        history = history_model(model)
        if history is not None:
            found[history._meta.db_table] = Trail(model, history, history._meta.db_table)
        elif model._meta.model_name in RECORDS:
            found[model._meta.db_table] = Trail(model, None, model._meta.db_table)
    return found


def read_place(text: str) -> Place | None:
    """Return the place that an address names; None for anything else."""
    parts = text.split("~")
    if len(parts) != 3 or parts[1] not in trails() or not parts[2].isascii():
        return None
    try:
        at, row = datetime.fromisoformat(parts[0]), int(parts[2])
    except ValueError:
        return None
    return Place(at, parts[1], row) if at.tzinfo is not None and abs(row) < 2**63 else None


def audit_page(
    asked: Question, viewer: AbstractBaseUser | None, *, after: Place | None = None, size: int = 50
) -> AuditPage:
    """Return the latest changes that meet the question, newest first, after a place.

    What `viewer` may not see is left out (None sees everything), so a page may be shorter. The
    number of queries depends on the kinds of rows on the page, not on their number.
    """
    hits = _find(asked, after, size + 1)
    shown, more = hits[:size], hits[size:]
    ends = Place(shown[-1].at, shown[-1].table, shown[-1].id) if more else None
    return AuditPage(_entries(shown, viewer), ends)


def audit_entries(asked: Question, viewer: AbstractBaseUser | None) -> Iterator[AuditEntry]:
    """Yield every change that meets the question, newest first, holding one page at a time."""
    page = audit_page(asked, viewer, size=500)
    yield from page.entries
    while page.next is not None:
        page = audit_page(asked, viewer, after=page.next, size=500)
        yield from page.entries


def _find(asked: Question, after: Place | None, limit: int) -> list[_Hit]:
    """Read which rows make the page, over all tables; one query."""
    parts, params = [], []
    for trail in trails().values():
        part = _part(trail, asked, after)
        if part is not None:
            parts.append(f"({part[0]} LIMIT %s)")
            params += [*part[1], limit]
    if not parts:
        return []
    every = " UNION ALL ".join(parts)
    query = (
        f'SELECT * FROM ({every}) AS found ORDER BY at DESC, stream COLLATE "C", id DESC LIMIT %s'
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [*params, limit])
        return [_Hit(*row) for row in cursor.fetchall()]


def _part(trail: Trail, asked: Question, after: Place | None) -> tuple[str, list[Any]] | None:
    """Write what one table gives; None where it cannot hold what is asked for."""
    if _is_elsewhere(trail, asked):
        return None
    columns = _columns(trail)
    where, params = _after(trail, columns, after)
    actors: list[Any] | None = None if asked.actors is None else list(asked.actors)
    if actors is not None and trail.history is not None:
        actors = [str(one) for one in actors]
    objects = (asked.objects or {}).get(trail.kind)
    wanted: list[tuple[str, Any]] = [
        (f"{columns.project} = ANY(%s)", None if asked.projects is None else list(asked.projects)),
        (f"{columns.actor} = ANY(%s)", actors),
        ("(pgh_context->>'action') = %s", asked.action or None),
        (f"{columns.of} = ANY(%s)", None if objects is None else list(objects)),
        (f"{columns.at} >= %s", asked.since),
        (f"{columns.at} < %s", asked.until),
    ]
    for condition, value in wanted:
        if value is not None:
            where.append(condition)
            params.append(value)
    select = (
        f"SELECT '{trail.table}' AS stream, {columns.id}::bigint AS id, {columns.at} AS at,"
        f" {columns.project}::bigint AS project, {columns.actor}::bigint AS actor"
        f" FROM {trail.table}"
    )
    filtered = f" WHERE {' AND '.join(where)}" if where else ""
    return f"{select}{filtered} ORDER BY {columns.at} DESC, {columns.id} DESC", params


@dataclass(frozen=True)
class _Columns:
    """What a table calls the id of a change, its time, the row it is of, its actor and project."""

    id: str
    at: str
    of: str
    actor: str
    project: str


def _columns(trail: Trail) -> _Columns:
    if trail.history is None:
        return _Columns("id", "created_at", "id", "created_by_id", "project_id")
    of = "pgh_obj_id"
    project = "project_id" if trail.has_project else of if trail.kind == "project" else "NULL"
    # Written as in the index.
    return _Columns("pgh_id", "pgh_created_at", of, "(pgh_context->>'actor')", project)


def _is_elsewhere(trail: Trail, asked: Question) -> bool:
    """Say whether nothing in the table can meet the question."""
    if asked.kind and asked.kind != trail.kind:
        return True
    if asked.objects is not None and trail.kind not in asked.objects:
        return True
    if asked.action and trail.history is None:
        return True
    return asked.projects is not None and not trail.has_project and trail.kind != "project"


def _after(trail: Trail, columns: _Columns, after: Place | None) -> tuple[list[str], list[Any]]:
    """Write the condition that a row comes after the place, by time, then table, then id."""
    if after is None:
        return [], []
    if trail.table == after.table:
        return [f"({columns.at}, {columns.id}) < (%s, %s)"], [after.at, after.id]
    # At the very same instant, the tables stand in the order of their names.
    sign = "<=" if trail.table > after.table else "<"
    return [f"{columns.at} {sign} %s"], [after.at]


def _entries(hits: Sequence[_Hit], viewer: AbstractBaseUser | None) -> list[AuditEntry]:
    """Read the changes of the page, and say them in words."""
    known = trails()
    ids: dict[str, list[int]] = defaultdict(list)
    for hit in hits:
        ids[hit.table].append(hit.id)
    rows: dict[tuple[str, int], PastRow] = {}
    for table, wanted in ids.items():
        rows |= {(table, row.sequence): row for row in _rows(known[table], wanted, viewer)}
    shown = [(hit, rows[hit.table, hit.id]) for hit in hits if (hit.table, hit.id) in rows]
    changes = in_words([row for _hit, row in shown], viewer)
    return _named(shown, changes, viewer)


def _rows(trail: Trail, ids: Sequence[int], viewer: AbstractBaseUser | None) -> list[PastRow]:
    if trail.history is None:
        found = visible(trail.model._default_manager.filter(pk__in=ids), viewer)
        return [made_row(row) for row in found]
    reader = Reader(viewer, None, len(ids), every=True)
    rows = list(read_rows(trail.model, trail.history, Q(pgh_id__in=ids), reader))
    if viewer is None:
        return rows
    existing = trail.model._default_manager.filter(pk__in={row.object_id for row in rows})
    seen = visible(existing, viewer).order_by().values("pk")
    # What was removed since has no row to be hidden; it was never more than a part of one.
    unseen = set(existing.order_by().exclude(pk__in=seen).values_list("pk", flat=True))
    return [row for row in rows if row.object_id not in unseen]


def _named(
    shown: Sequence[tuple[_Hit, PastRow]],
    changes: Sequence[TimelineEntry],
    viewer: AbstractBaseUser | None,
) -> list[AuditEntry]:
    """Add the names of projects and rows, and the uids of people."""
    project = apps.get_model("annotations", "Project")
    names = Names(viewer)
    for hit, row in shown:
        names.ask(project, hit.project)
        if row.model._meta.model_name in _NAMED:
            names.ask(row.model, row.object_id)
    names.read()
    people = get_user_model()._default_manager.filter(pk__in={hit.actor for hit, _row in shown})
    uids = dict(people.values_list("pk", "uid"))
    return [
        AuditEntry(
            change=change,
            project=names.name(project, hit.project),
            actor_uid=uids.get(hit.actor or 0),
            name=names.name(row.model, row.object_id)
            if row.model._meta.model_name in _NAMED
            else "",
        )
        for (hit, row), change in zip(shown, changes, strict=True)
    ]
