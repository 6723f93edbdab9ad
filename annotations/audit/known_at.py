"""Reading the past: every query asked inside `reading` finds the rows as they were at a moment.

The state of a table then is written from its history and put before each query under the table's
own name, as a common table expression. Whatever reads the table, from a page's queryset to the SQL
of an export, reads the past unchanged: one rule, no second set of queries, as many queries as now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import Model

from annotations.audit.timeline import DELETE, history_model

APP = "annotations"
# Rights, and what says them, are those of now; so are people's names, what moderators and readers
# are told or asked, and the work of the day.
ROOMS_OF_NOW = frozenset({"accounts", "captures", "exchange", "moderation", "notifications"})
ALWAYS_NOW = frozenset(
    {
        "membership",
        "assignment",
        "markinground",
        "draft",
        # Moderation of events, which has rows of its own.
        "eventmoderation",
        # Reached only through rows that were there; its own clock is not the database's.
        "span",
    }
)
# What moderation decided is what it has decided by now.
AS_NOW = frozenset({"hidden_at", "hidden_by", "hidden_reason", "locked_at", "locked_by"})
# Told in confidence then or now: what has been made public may have been other words before.
IN_CONFIDENCE = "confidential"
_TABLE = re.compile(rf"\b{APP}_[a-z0-9_]+\b")
_READS = re.compile(r"[\s(]*SELECT\b", re.IGNORECASE)
Literal = Callable[[str, tuple[object, ...]], str]


@dataclass(frozen=True)
class Derived:
    """What a table that triggers fill from others would hold: a query of those others."""

    query: str
    of: tuple[str, ...]


_derived: dict[str, Derived] = {}


def derive(table: str, query: str, *, of: tuple[str, ...]) -> None:
    """Let the past of a table that has no history be worked out by `query` from the tables `of`."""
    _derived[table] = Derived(query, of)


class PastIsReadOnly(RuntimeError):
    """Something was to be written, or asked in a way that cannot be answered, about the past."""


@dataclass
class Past:
    """What one viewer sees of one project as it was known at a moment.

    Every query asks for what the viewer may see, as it does of the present: what decides that is
    as it is now. Of querysets that say `seen_as_now`, or do so of this viewer, the rule looks at
    more than the row: here their tables hold what the viewer may see now. A viewer of None sees
    everything, and so does one whose role is refused nothing (`sees_everything`).
    `moderation_then` shows what was hidden as it was then, too: only for those who see what is
    hidden anyway.
    """

    moment: datetime
    project_id: int
    viewer: AbstractBaseUser | None = None
    sees_everything: bool = False
    moderation_then: bool = False
    literal: Literal | None = None
    _written: dict[type[Model], tuple[str, str]] = field(default_factory=dict)
    _judged: dict[type[Model], bool] = field(default_factory=dict)

    def asked(self, query: str) -> str:
        """Return the query, asked of the past. Raises PastIsReadOnly for what only writes do."""
        names = list(dict.fromkeys(_TABLE.findall(query)))
        derived = {name: _derived[name] for name in names if name in _derived}
        for one in derived.values():
            names += [name for name in one.of if name not in names]
        models = [model for name in names if (model := _tables().get(name))]
        models = [one for one in models if self._is_past(one)]
        histories = [name for name in names if name in _histories()]
        if not models and not histories:
            return query
        if not _READS.match(query):
            raise PastIsReadOnly(query[:80])
        # What decides who sees a row comes first: there, every table is still the one of now.
        parts = [self._parts(model) for model in models]
        shadows = [seen for seen, _rows in parts if seen] + [rows for _seen, rows in parts]
        shadows += [self._cut(name) for name in histories]
        for name, one in derived.items():
            shadows.append(f'"{name}" AS NOT MATERIALIZED ({one.query})')
        return f"WITH {', '.join(shadows)} {query}"

    def rows_of(self, model: type[Model]) -> str:
        """Return a query of the rows of a model with a history as they were, whoever may see them.

        Also of one that is otherwise read as it is now, for telling what was and never for deciding
        what somebody may see.
        """
        history = history_model(model)
        assert history is not None, model
        return f"({self._state(model, history._meta.db_table)})"

    def _is_past(self, model: type[Model]) -> bool:
        name = model._meta.model_name
        if name == "eventmoderation":
            return self.moderation_then
        room = model.__module__.split(".")[1]
        return name not in ALWAYS_NOW and room not in ROOMS_OF_NOW

    def _parts(self, model: type[Model]) -> tuple[str, str]:
        if model not in self._written:
            self._written[model] = self._seen(model), self._rows(model)
        return self._written[model]

    @property
    def _until(self) -> str:
        return f"TIMESTAMPTZ '{self.moment.astimezone(UTC).isoformat()}'"

    def _is_judged(self, model: type[Model]) -> bool:
        """Say whether the rows that the viewer may not see are left out here."""
        if self.viewer is None or self.sees_everything:
            return False
        if model not in self._judged:
            rule = getattr(model._default_manager.all(), "seen_as_now", False)
            with now():
                self._judged[model] = rule(self.viewer) if callable(rule) else rule
        return self._judged[model]

    def _seen(self, model: type[Model]) -> str:
        """Name the ids of the rows that the viewer may see now; nothing where they see all."""
        if not self._is_judged(model):
            return ""
        manager: Any = model._default_manager
        with now():
            rows = manager.visible_to(self.viewer)
            if _has(model, "project"):
                rows = rows.filter(project_id=self.project_id)
            query, params = rows.order_by().values("pk").query.sql_with_params()
        write = self.literal or _literal
        return f'"{_seen_name(model)}"(id) AS NOT MATERIALIZED ({write(query, params)})'

    def _rows(self, model: type[Model]) -> str:
        history = history_model(model)
        table = model._meta.db_table
        if history is None:
            seen = f"AND {self._exists(model)}" if self._is_judged(model) else ""
            body = f'SELECT now.* FROM "{table}" now WHERE now.created_at <= {self._until} {seen}'
        else:
            body = self._state(model, history._meta.db_table)
        return f'"{table}" AS NOT MATERIALIZED ({body})'

    def _state(self, model: type[Model], history: str) -> str:
        """Select each row's last version by the moment, unless that says that it was removed."""
        columns, joined = self._columns(model)
        join, seen = "", ""
        if self._is_judged(model):
            # A row that is gone is judged by what it belonged to.
            seen = f"AND (now.id IS NULL OR {self._exists(model)})"
        if joined or seen:
            join = f'LEFT JOIN "{model._meta.db_table}" now ON now.id = h.pgh_obj_id'
        return (
            f'SELECT {", ".join(columns)} FROM "{history}" h {join}'
            f" WHERE h.pgh_created_at <= {self._until} AND h.pgh_label <> '{DELETE}'"
            f' AND NOT EXISTS (SELECT 1 FROM "{history}" later'
            " WHERE later.pgh_obj_id = h.pgh_obj_id AND later.pgh_id > h.pgh_id"
            f" AND later.pgh_created_at <= {self._until}) {seen}"
        )

    def _columns(self, model: type[Model]) -> tuple[list[str], bool]:
        """Return every column of the table, and whether some are to be read from it as it is."""
        history = history_model(model)
        assert history is not None, model
        kept = {one.name for one in history._meta.concrete_fields}
        columns, joined = [], False
        for one in model._meta.concrete_fields:
            name = f'"{one.column}"'
            if one.primary_key:
                columns.append(f"h.pgh_obj_id AS {name}")
            elif one.name not in kept:
                columns.append(f"now.{name}")
                joined = True
            elif one.name == IN_CONFIDENCE and not self.moderation_then:
                columns.append(f"(h.{name} OR coalesce(now.{name}, false)) AS {name}")
                joined = True
            elif one.name in AS_NOW and not self.moderation_then:
                gone = f"CASE WHEN now.id IS NULL THEN h.{name} ELSE now.{name} END AS {name}"
                columns.append(gone)
                joined = True
            else:
                columns.append(f"h.{name}")
        return columns, joined

    def _exists(self, model: type[Model]) -> str:
        return f'EXISTS (SELECT 1 FROM "{_seen_name(model)}" seen WHERE seen.id = now.id)'

    def _cut(self, history: str) -> str:
        body = f'SELECT * FROM "{history}" WHERE pgh_created_at <= {self._until}'
        return f'"{history}" AS NOT MATERIALIZED ({body})'


_past: ContextVar[Past | None] = ContextVar("past", default=None)


def is_past() -> bool:
    """Say whether the past is being read."""
    return _past.get() is not None


@contextmanager
def reading(past: Past) -> Iterator[Past]:
    """Let every query of this thread's connection inside find what was known at the moment."""
    token = _past.set(past)
    try:
        with connection.execute_wrapper(_ask):
            yield past
    finally:
        _past.reset(token)


@contextmanager
def now() -> Iterator[None]:
    """Let queries inside find what is known now, whatever is being read around them."""
    token = _past.set(None)
    try:
        yield
    finally:
        _past.reset(token)


def _ask(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    past = _past.get()
    if past is None or not isinstance(sql, str):
        return execute(sql, params, many, context)
    asked = past.asked(sql)
    if params is not None and asked is not sql:
        shadows = asked[: -len(sql)]
        asked = shadows.replace("%", "%%") + sql
    return execute(asked, params, many, context)


def _literal(query: str, params: tuple[object, ...]) -> str:
    operations: Any = connection.ops
    return str(operations.compose_sql(query, params))


def _seen_name(model: type[Model]) -> str:
    return f"seen_{model._meta.model_name}"


@cache
def _tables() -> dict[str, type[Model]]:
    """Return the models whose past is kept, by table: what has a history, or never changes."""
    models = apps.get_app_config(APP).get_models()
    histories = _histories()
    return {
        one._meta.db_table: one
        for one in models
        if one._meta.db_table not in histories
        and (history_model(one) is not None or _has(one, "created_at"))
    }


@cache
def _histories() -> frozenset[str]:
    kept = (history_model(one) for one in apps.get_app_config(APP).get_models())
    return frozenset(one._meta.db_table for one in kept if one is not None)


def _has(model: type[Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
