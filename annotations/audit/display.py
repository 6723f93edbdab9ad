"""Turns what history rows hold (ids, codes, times) into words, for one viewer, in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

# What `str()` of a referenced row reads beside the row itself.
JOINS: dict[str, tuple[str, ...]] = {
    "articleversion": ("article",),
    "claimevidence": ("evidence",),
    "mention": ("claim", "article"),
    "ratingvalue": ("scale",),
    "review": ("reviewer",),
    "statement": ("source",),
}
# Never needed for a name, and long.
UNREAD: dict[str, tuple[str, ...]] = {
    "articleversion": ("text",),
    "guideline": ("text",),
    "statement": ("text",),
}


def visible(rows: QuerySet[Any], viewer: AbstractBaseUser | None) -> QuerySet[Any]:
    """Keep what the viewer may see, where the model decides that; None sees everything."""
    rule = getattr(rows, "visible_to", None)
    return rows if viewer is None or rule is None else rule(viewer)


class Names:
    """Names of referenced rows: ids are asked for first, then read with one query per model."""

    def __init__(self, viewer: AbstractBaseUser | None) -> None:
        self._viewer = viewer
        self._asked: dict[type[Model], set[int]] = defaultdict(set)
        self._names: dict[type[Model], dict[int, str]] = {}

    def ask(self, model: type[Model], pk: int | None) -> None:
        """Note that this row's name will be needed."""
        if pk is not None:
            self._asked[model].add(pk)

    def read(self) -> None:
        """Read every name asked for."""
        for model, ids in self._asked.items():
            self._names[model] = self._read(model, ids)

    def name(self, model: type[Model], pk: int | None) -> str:
        """Return the row's name: empty for none, a remark where the viewer may not see it."""
        if pk is None:
            return ""
        return self._names.get(model, {}).get(pk) or _("(not shown)")

    def _read(self, model: type[Model], ids: Iterable[int]) -> dict[int, str]:
        kind = str(model._meta.model_name)
        if model is get_user_model():
            # The name others see, never the e-mail address that `str()` falls back to.
            return dict(model._default_manager.filter(pk__in=ids).values_list("pk", "display_name"))
        if kind == "span":
            return _words_of_spans(ids)
        if kind == "storedfile":
            # Kept once for all who handed it in, under the name that the first of them gave it.
            digests = model._default_manager.filter(pk__in=ids).values_list("pk", "sha256")
            return {pk: f"SHA-256 {digest[:12]}…" for pk, digest in digests}
        rows = visible(model._default_manager.filter(pk__in=ids), self._viewer)
        rows = rows.select_related(*JOINS.get(kind, ())).defer(*UNREAD.get(kind, ()))
        if kind == "lifecycleevent":
            return {row.pk: row.get_type_display() for row in rows}
        if kind == "statement":
            return self._statements(list(rows))
        return {row.pk: str(row) for row in rows}

    def _statements(self, rows: list[Any]) -> dict[int, str]:
        """Leave the speaker out of a statement's name where the viewer may not see the speaker."""
        sources = apps.get_model("annotations", "Source")._default_manager.filter(
            pk__in={row.source_id for row in rows if row.source_id}
        )
        shown = set(visible(sources, self._viewer).values_list("pk", flat=True))
        for row in rows:
            if row.source_id not in shown:
                row.source = None
        return {row.pk: str(row) for row in rows}


def _words_of_spans(ids: Iterable[int]) -> dict[int, str]:
    words: dict[int, list[str]] = defaultdict(list)
    ranges = apps.get_model("annotations", "SpanRange")._default_manager
    for span, exact in (
        ranges.filter(span_id__in=ids).order_by("span_id", "n").values_list("span_id", "exact")
    ):
        words[span].append(exact)
    return {span: f"“{' … '.join(parts)}”" for span, parts in words.items()}


def as_words(field: Field[Any, Any], value: Any, names: Names) -> str:
    """Return a column's value as a person reads it; empty for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        return names.name(_target(field), value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(field, ArrayField):
        return ", ".join(_choice(field.base_field, one) for one in value)
    return _choice(field, value)


def _choice(field: Field[Any, Any], value: Any) -> str:
    return str(dict(field.flatchoices).get(value, value))


def _target(field: Field[Any, Any]) -> type[Model]:
    model = field.related_model
    assert isinstance(model, type)
    return model


def ask_for(field: Field[Any, Any], value: Any, names: Names) -> None:
    """Note the names that `as_words` will need for this value."""
    if isinstance(field, ForeignKey):
        names.ask(_target(field), value)
