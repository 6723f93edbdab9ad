"""Sources in the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.admin.access import acting_user
from annotations.admin.base import MOST_COUNTED
from annotations.admin.columns import author, moderation, shortened
from annotations.admin.decisions import DecidingAdmin
from annotations.admin.filters import ProjectFilter, SourceStateFilter
from annotations.admin.merging import MERGE_SOURCES
from annotations.admin.moderating import MODERATION
from annotations.admin.saving import RevisionForm, ServiceAdmin
from annotations.admin.statements import ReadOnlyRows
from annotations.audit.timeline import Parts
from annotations.lib.names import fold_name
from annotations.projects.marking import sources_named_to
from annotations.projects.permissions import check_edit_row
from annotations.sources.models import Source, SourceAlias
from annotations.sources.services import source_update


class AliasRows(ReadOnlyRows):
    """The spellings that mean a source."""

    model = SourceAlias
    fields = readonly_fields = ("name", "created_at")


class SourceForm(RevisionForm):
    """What was entered about a speaker."""

    class Meta:
        model = Source
        fields = ("name", "kind", "description")


@admin.register(Source)
class SourceAdmin(DecidingAdmin, ServiceAdmin):
    """Sources: changed through their service, hidden and locked by decision."""

    form = SourceForm
    decisions = (*MODERATION, MERGE_SOURCES)
    list_display = ("name", "kind", "short_description", "state", "project", "added_by")
    list_select_related = ("project", "created_by", "hidden_by", "locked_by", "merged_into")
    list_filter = (ProjectFilter, SourceStateFilter, "kind")
    search_fields = ("name",)
    search_help_text = _("Any part of a name or alias")
    sortable_by = ()
    inlines = (AliasRows,)
    fieldsets = (
        (None, {"fields": ("project", "name", "kind", "description", "revision_seen")}),
        (_("Moderation"), {"fields": ("state", "hidden_reason")}),
        (_("Record"), {"fields": ("uid", "added_by", "created_at", "updated_at")}),
    )
    readonly_fields = (
        "project",
        "state",
        "hidden_reason",
        "uid",
        "added_by",
        "created_at",
        "updated_at",
    )
    short_description = shortened("description", _("description"), 60)
    state = moderation
    added_by = author

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave out whom others name in a text that the person marks beside them."""
        return super().get_queryset(request).filter(sources_named_to(acting_user(request)))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find sources by a part of any of their names, whatever its case and accents."""
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(merged_into__isnull=True)
        key = fold_name(search_term)
        if not key:
            return queryset, False
        found = queryset.filter(aliases__name_key__contains=key).order_by()
        return queryset.filter(pk__in=found.values("pk")[:MOST_COUNTED]), False

    def check_change(self, request: HttpRequest, row: Source) -> None:
        """Ask the rule of shared rows."""
        check_edit_row(acting_user(request), row)

    def service_update(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        """Change the source."""
        revision = values.pop("revision_seen")
        source_update(actor=acting_user(request), source=row, revision=revision, **values)

    def history_objects(self, obj: Any) -> Iterable[Model]:
        """Show the source."""
        return [obj]

    def history_parts(self, obj: Any) -> Iterable[Parts]:
        """Show its spellings, those taken away included."""
        return [Parts(SourceAlias, "source", [obj])]
