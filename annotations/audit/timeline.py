"""Reading history: who changed what, when, from what to what, and why.

History rows are written by database triggers; this only reads them, for one viewer.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Field, Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from annotations.audit.display import Names, as_words, ask_for, visible
from annotations.audit.history import history_model as history_model

INSERT, UPDATE, DELETE = "insert", "update", "delete"
# Book-keeping that says nothing to a reader, or says again what another column says in words.
NOISE = frozenset(
    {
        "id",
        "uid",
        "project",
        "created_at",
        "created_by",
        "updated_at",
        "revision",
        "content_revision",
        "name_key",
        "canonical_url",
        "state_event",
        "session_epoch",
        "named",
        "edited_at",
    }
)
NOISE_ENDINGS = ("_earliest", "_latest", "_zone")


@dataclass(frozen=True)
class Change:
    """One column of one change, in words; `before` is empty when a row was added."""

    field: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class TimelineEntry:
    """One row's change. `who` is a display name, never an e-mail address; empty if unknown."""

    when: datetime
    who: str
    action: str
    label: str
    model: str
    model_name: str
    object_id: int
    object_uid: UUID | None
    changes: tuple[Change, ...]
    reason: str

    @property
    def verb(self) -> str:
        """The label in words."""
        return {INSERT: _("added"), UPDATE: _("changed"), DELETE: _("removed")}[self.label]


@dataclass(frozen=True)
class Parts:
    """All rows of `model` that ever pointed with `field` to `owners`, removed ones included.

    Hops of a mention are replaced when they change, so those of old would be missed otherwise.
    """

    model: type[Model]
    field: str
    owners: Sequence[Model]


class Sight(Protocol):
    """What a viewer sees of a row as it was."""

    def shows(self, row: Model | None) -> bool:
        """Say whether the row may be shown."""


@dataclass(frozen=True)
class Reader:
    """Whose timeline, and how much of it; `every` keeps changes that say nothing to a reader."""

    viewer: AbstractBaseUser | None
    sight: Sight | None
    limit: int
    every: bool = False

    def shows(self, past: Model | None) -> bool:
        """Say whether the viewer may see what a row was then."""
        return self.sight is None or self.sight.shows(past)


@dataclass(frozen=True)
class PastRow:
    """A history row before its values are words; `sequence` is its own id."""

    model: type[Model]
    object_id: int
    object_uid: UUID | None
    when: datetime
    sequence: int
    label: str
    context: dict[str, Any]
    values: tuple[tuple[Field[Any, Any], Any, Any], ...]


def timeline(
    objects: Iterable[Model],
    viewer: AbstractBaseUser | None,
    *,
    parts: Iterable[Parts] = (),
    sight: Sight | None = None,
    limit: int = 200,
) -> list[TimelineEntry]:
    """Return the latest changes of `objects` and `parts` merged, newest first.

    Rows that `viewer` may not see (hidden, confidential, others' blind reviews) are left out, and
    references to such rows are not named; so is what a row was while `sight` did not show it. A
    viewer of None sees everything: that is for operators; without `sight`, the whole past is shown.
    Models without a visibility rule of their own are the caller's to check. Two queries for each
    model, one for each model referred to, whatever the number of rows.
    """
    by_model: dict[type[Model], list[Model]] = defaultdict(list)
    for item in objects:
        by_model[type(item)].append(item)
    asked = Reader(viewer, sight, limit)
    streams = [_rows_of(model, items, asked) for model, items in by_model.items()]
    streams += [_rows_of_parts(part, asked) for part in parts if part.owners]
    merged = heapq.merge(*streams, key=lambda row: (row.when, row.sequence), reverse=True)
    latest = [row for row, _n in zip(merged, range(limit), strict=False)]
    return in_words(latest, viewer)


def in_words(
    rows: Sequence[PastRow], viewer: AbstractBaseUser | None, names: Names | None = None
) -> list[TimelineEntry]:
    """Return the rows with their values as words, in order; `names` may ask for more beside."""
    names = names or Names(viewer)
    people: type[Model] = get_user_model()
    for row in rows:
        names.ask(people, row.context.get("actor"))
        for field, before, after in row.values:
            ask_for(field, before, names)
            ask_for(field, after, names)
    names.read()
    return [
        TimelineEntry(
            when=row.when,
            who=names.name(people, row.context.get("actor")),
            action=str(row.context.get("action", "")),
            label=row.label,
            model=str(row.model._meta.verbose_name),
            model_name=str(row.model._meta.model_name),
            object_id=row.object_id,
            object_uid=row.object_uid,
            changes=tuple(
                Change(
                    field.name,
                    str(field.verbose_name),
                    as_words(field, before, names),
                    as_words(field, after, names),
                )
                for field, before, after in row.values
            ),
            reason=str(row.context.get("reason", "")),
        )
        for row in rows
    ]


def _rows_of(model: type[Model], items: Sequence[Model], asked: Reader) -> Iterator[PastRow]:
    rows = model._default_manager.filter(pk__in=[item.pk for item in items])
    seen = visible(rows, asked.viewer)
    history = history_model(model)
    if history is None:
        # Rows that never change have no history but their making.
        return (made_row(row) for row in seen.order_by("-created_at", "-pk")[: asked.limit])
    return read_rows(model, history, Q(pgh_obj_id__in=seen.order_by().values("pk")), asked)


def _rows_of_parts(part: Parts, asked: Reader) -> Iterator[PastRow]:
    history = history_model(part.model)
    assert history is not None, part.model
    owner = type(part.owners[0])
    owners = visible(
        owner._default_manager.filter(pk__in=[item.pk for item in part.owners]), asked.viewer
    )
    rows = Q(**{f"{part.field}_id__in": owners.order_by().values("pk")})
    existing = part.model._default_manager.filter(
        **{f"{part.field}_id__in": [item.pk for item in part.owners]}
    ).order_by()
    hidden = existing.exclude(pk__in=visible(existing, asked.viewer).values("pk"))
    if asked.viewer is not None:
        rows &= ~Q(pgh_obj_id__in=hidden.values("pk"))
    return read_rows(part.model, history, rows, asked)


def read_rows(
    model: type[Model], history: type[Model], condition: Q, asked: Reader
) -> Iterator[PastRow]:
    """Yield the latest history rows that meet the condition, each with what changed; 2 queries."""
    manager = history._default_manager
    earlier = (
        manager.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
        .order_by("-pgh_id")
        .values("pgh_id")[:1]
    )
    rows: QuerySet[Any] = manager.filter(condition).annotate(earlier=Subquery(earlier))
    latest = list(rows.order_by("-pgh_id")[: asked.limit])
    before = manager.in_bulk([row.earlier for row in latest if row.earlier is not None])
    fields = _fields(model, history)
    for row in filter(asked.shows, latest):
        former = before.get(row.earlier)
        values = _changes(fields, row, former if asked.shows(former) else None)
        if values or asked.every or row.pgh_label != UPDATE:
            yield PastRow(
                model=model,
                object_id=row.pgh_obj_id,
                object_uid=getattr(row, "uid", None),
                when=row.pgh_created_at,
                sequence=row.pgh_id,
                label=row.pgh_label,
                context=row.pgh_context or {},
                values=values,
            )


def _fields(model: type[Model], history: type[Model]) -> list[Field[Any, Any]]:
    kept = {field.name for field in history._meta.concrete_fields}
    return [
        field
        for field in model._meta.concrete_fields
        if field.name in kept and field.name not in NOISE and not field.name.endswith(NOISE_ENDINGS)
    ]


def _changes(
    fields: Sequence[Field[Any, Any]], row: Any, earlier: Any | None
) -> tuple[tuple[Field[Any, Any], Any, Any], ...]:
    found = []
    for field in fields:
        value = getattr(row, field.attname)
        if row.pgh_label == DELETE:
            before, after = value, None
        elif row.pgh_label == INSERT or earlier is None:
            before, after = None, value
        else:
            before, after = getattr(earlier, field.attname), value
        if not _same(before, after):
            found.append((field, before, after))
    return tuple(found)


def _same(before: Any, after: Any) -> bool:
    """Say whether a reader would see no difference: nothing, empty and a first "no" are alike."""
    unset: tuple[Any, ...] = (None, "", [])
    if before in unset and (after in unset or after is False):
        return True
    return bool(before == after)


def made_row(row: Any) -> PastRow:
    """Return the making of a row that never changes."""
    model = type(row)
    values = tuple(
        (field, None, getattr(row, field.attname))
        for field in model._meta.concrete_fields
        if field.name not in NOISE
        and not field.name.endswith(NOISE_ENDINGS)
        and getattr(row, field.attname)
    )
    return PastRow(
        model=model,
        object_id=row.pk,
        object_uid=row.uid,
        when=row.created_at,
        sequence=row.pk,
        label=INSERT,
        context={"actor": row.created_by_id},
        values=values,
    )
