"""Which recorded changes meet a question, in the order of time: one query over all tables.

Each table gives its latest few rows by an index (see grants), and of those the latest are taken:
the cost does not grow with what was recorded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from annotations.audit.history import history_model

# Rows that never change have no history: that they were made is in themselves.
RECORDS = ("lifecycleevent", "eventassessment", "adjudication")


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
class Hit:
    """One change that meets the question, before it is read."""

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


def find_changes(asked: Question, after: Place | None, limit: int) -> list[Hit]:
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
        return [Hit(*row) for row in cursor.fetchall()]


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
