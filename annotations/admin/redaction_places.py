"""Where words stand, in words: tables and columns by the names people know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.admin import AdminSite
from django.db.models import Model
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from annotations.audit.timeline import history_model
from annotations.exchange.models import ExportRelease
from annotations.moderation.redactions.models import Redaction

MOST_RELEASES = 50


@dataclass(frozen=True, slots=True)
class Place:
    """One column of one table: how many rows, how often, and links to the first rows."""

    table: str
    column: str
    rows: int
    times: int
    links: list[tuple[str, str]]


def places_shown(redaction: Redaction, site: AdminSite) -> list[Place]:
    """Return the places of a redaction as a person reads them."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    past = {
        history._meta.db_table: model
        for model in models.values()
        if (history := history_model(model)) is not None
    }
    return [_place(one, models, past, site) for one in redaction.places]


def _place(
    found: dict[str, Any],
    models: dict[str, type[Model]],
    past: dict[str, type[Model]],
    site: AdminSite,
) -> Place:
    table, column = found["table"], found["column"]
    model = past.get(table) or models.get(table)
    name = capfirst(str(model._meta.verbose_name)) if model else table
    links = []
    if table in past:
        name = _("%(name)s, history") % {"name": name}
    elif model is not None and site.is_registered(model):
        address = f"admin:annotations_{model._meta.model_name}_change"
        links = [(f"#{pk}", reverse(address, args=[pk])) for pk in found["ids"]]
    return Place(name, _column(model, column), found["rows"], found["times"], links)


def _column(model: type[Model] | None, column: str) -> str:
    if column == "pgh_context":
        return _("reason of a change")
    fields = model._meta.local_concrete_fields if model else ()
    names = {field.column: str(field.verbose_name) for field in fields}
    return names.get(column, column)


def releases_before(redaction: Redaction) -> list[ExportRelease]:
    """Return exports whose readers may still hold the words: out of reach, to be written to."""
    if redaction.project is None:
        return []
    rows = ExportRelease.objects.filter(project=redaction.project, finished_at__isnull=False)
    if redaction.ended_at is not None:
        rows = rows.filter(created_at__lt=redaction.ended_at)
    return list(rows.select_related("created_by").order_by("-id")[:MOST_RELEASES])
