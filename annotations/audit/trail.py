"""The audit: every recorded change, newest first, narrowed, page by page, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q

from annotations.audit.display import Names, visible
from annotations.audit.finding import Hit, Place, Question, Trail, find_changes, trails
from annotations.audit.timeline import (
    PastRow,
    Reader,
    TimelineEntry,
    in_words,
    made_row,
    read_rows,
)

# Kinds whose rows are told apart by a name that takes no further query for each.
_NAMED = frozenset(
    {
        *("article", "claim", "evidence", "statement", "source", "lifecycleevent", "mention"),
        *("user", "project", "comment"),
    }
)
# A part of another row is seen with that one: so it is still seen by whom, when it is gone.
_PART_OF = {"attribution": "mention", "sourcealias": "source"}


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


def audit_page(
    asked: Question, viewer: AbstractBaseUser | None, *, after: Place | None = None, size: int = 50
) -> AuditPage:
    """Return the latest changes that meet the question, newest first, after a place.

    What `viewer` may not see is left out (None sees everything), and read past: neither the length
    of a page nor where the next begins says that there was any. The number of queries depends on
    the kinds of rows on the page, and on how many are read past, not on their number.
    """
    shown: list[tuple[Hit, PastRow]] = []
    while len(shown) <= size:
        hits = find_changes(asked, after, size + 1)
        shown += _seen(hits, viewer)
        if len(hits) <= size:
            break
        after = Place(hits[-1].at, hits[-1].table, hits[-1].id)
    last = shown[size - 1][0] if len(shown) > size else None
    ends = None if last is None else Place(last.at, last.table, last.id)
    return AuditPage(_in_words(shown[:size], viewer), ends)


def audit_entries(asked: Question, viewer: AbstractBaseUser | None) -> Iterator[AuditEntry]:
    """Yield every change that meets the question, newest first, holding one page at a time."""
    page = audit_page(asked, viewer, size=500)
    yield from page.entries
    while page.next is not None:
        page = audit_page(asked, viewer, after=page.next, size=500)
        yield from page.entries


def _seen(hits: Sequence[Hit], viewer: AbstractBaseUser | None) -> list[tuple[Hit, PastRow]]:
    """Read the changes that the viewer may see, in order."""
    known = trails()
    ids: dict[str, list[int]] = defaultdict(list)
    for hit in hits:
        ids[hit.table].append(hit.id)
    rows: dict[tuple[str, int], PastRow] = {}
    for table, wanted in ids.items():
        rows |= {(table, row.sequence): row for row in _rows(known[table], wanted, viewer)}
    return [(hit, rows[hit.table, hit.id]) for hit in hits if (hit.table, hit.id) in rows]


def _rows(trail: Trail, ids: Sequence[int], viewer: AbstractBaseUser | None) -> list[PastRow]:
    if trail.history is None:
        found = visible(trail.model._default_manager.filter(pk__in=ids), viewer)
        return [made_row(row) for row in found]
    reader = Reader(viewer, None, len(ids), every=True)
    wanted = Q(pgh_id__in=ids) & ~_of_unseen(trail, ids, viewer)
    rows = list(read_rows(trail.model, trail.history, wanted, reader))
    if viewer is None:
        return rows
    if not hasattr(trail.model._default_manager.none(), "visible_to"):
        return rows
    existing = trail.model._default_manager.filter(pk__in={row.object_id for row in rows})
    seen = visible(existing, viewer).order_by().values("pk")
    # What was removed since has no row to be hidden; it was never more than a part of one.
    unseen = set(existing.order_by().exclude(pk__in=seen).values_list("pk", flat=True))
    return [row for row in rows if row.object_id not in unseen]


def _of_unseen(trail: Trail, ids: Sequence[int], viewer: AbstractBaseUser | None) -> Q:
    """Return the condition of the changes to parts of what the viewer may not see."""
    name = _PART_OF.get(trail.kind)
    if viewer is None or name is None or trail.history is None:
        return Q(pk__in=())
    wholes: Any = trail.model._meta.get_field(name).related_model
    of = trail.history._default_manager.filter(pgh_id__in=ids).values(f"{name}_id")
    existing = wholes._default_manager.filter(pk__in=of).order_by()
    unseen = existing.exclude(pk__in=visible(existing, viewer).order_by().values("pk"))
    return Q(**{f"{name}_id__in": list(unseen.values_list("pk", flat=True))})


def _in_words(
    shown: Sequence[tuple[Hit, PastRow]], viewer: AbstractBaseUser | None
) -> list[AuditEntry]:
    """Say the changes in words, with the names of projects and rows and the uids of people."""
    project = apps.get_model("annotations", "Project")
    names = Names(viewer)
    for hit, row in shown:
        names.ask(project, hit.project)
        if row.model._meta.model_name in _NAMED:
            names.ask(row.model, row.object_id)
    changes = in_words([row for _hit, row in shown], viewer, names)
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
