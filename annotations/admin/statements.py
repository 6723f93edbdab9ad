"""Statements, and what became of them, in the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.admin.access import acting_user
from annotations.admin.columns import author, moderation
from annotations.admin.decisions import DecidingAdmin
from annotations.admin.filters import ModerationFilter, ProjectFilter, state_filter
from annotations.admin.moderating import MODERATION
from annotations.admin.saving import RevisionForm, ServiceAdmin
from annotations.admin.searching import with_words
from annotations.lifecycle.models import EventAssessment, EventCapture, LifecycleEvent
from annotations.projects.permissions import check_edit_row
from annotations.statements.models import Statement
from annotations.statements.services import statement_update


class StatementForm(RevisionForm):
    """What was entered about a speech act."""

    class Meta:
        model = Statement
        fields = ("source", "channel", "url", "said_on", "text", "language", "confidential")
        widgets = {"url": forms.TextInput(attrs={"class": "vTextField"})}


@admin.register(Statement)
class StatementAdmin(DecidingAdmin, ServiceAdmin):
    """Statements: changed through their service, hidden and locked by decision."""

    form = StatementForm
    decisions = MODERATION
    list_display = (
        "short_text",
        "source",
        "channel",
        "said_on",
        "state",
        "confidential",
        "moderated",
        "project",
    )
    list_select_related = ("project", "source", "created_by", "hidden_by", "locked_by")
    list_filter = (ProjectFilter, ModerationFilter, "confidential")
    search_fields = ("text",)
    search_help_text = _("Words of the statement or its channel")
    sortable_by = ()
    autocomplete_fields = ("source",)
    fieldsets = (
        (None, {"fields": ("project", "source", "channel", "url", "said_on")}),
        (None, {"fields": ("text", "language", "confidential", "state", "revision_seen")}),
        (_("Moderation"), {"fields": ("moderated", "hidden_reason")}),
        (_("Record"), {"fields": ("uid", "added_by", "created_at", "updated_at")}),
    )
    readonly_fields = (
        "project",
        "state",
        "moderated",
        "hidden_reason",
        "uid",
        "added_by",
        "created_at",
        "updated_at",
    )
    moderated = moderation
    added_by = author

    @admin.display(description=_("statement"))
    def short_text(self, row: Statement) -> str:
        """Show the first words, or where it was said when the words are not known."""
        return (row.text or str(row))[:90] or str(row.uid)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find words of the statement or its channel."""
        if not search_term.strip():
            return queryset, False
        return with_words(queryset, search_term, "channel", "text"), False

    def check_change(self, request: HttpRequest, row: Statement) -> None:
        """Ask the rule of shared rows."""
        check_edit_row(acting_user(request), row)

    def service_update(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        """Change the statement."""
        revision = values.pop("revision_seen")
        statement_update(actor=acting_user(request), statement=row, revision=revision, **values)


class ReadOnlyRows(admin.TabularInline):
    """Rows of a row, to be read; their visibility is that of the row they are shown with."""

    template = "admin/read_only_rows.html"
    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow what the row's own page allows."""
        return True


class AssessmentRows(ReadOnlyRows):
    """How sure people were of an event, in order."""

    model = EventAssessment
    fields = readonly_fields = ("created_at", "standing", "reason", "reporter", "evidence_url")
    ordering = ("id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the reporters along."""
        return super().get_queryset(request).select_related("reporter")


class EventCaptureRows(ReadOnlyRows):
    """The captures of an event."""

    model = EventCapture
    fields = readonly_fields = ("capture", "place", "created_at")
    ordering = ("id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the captures along."""
        return super().get_queryset(request).select_related("capture")


EVENT_STATES = {
    "hidden": (_("hidden"), Q(moderation__hidden_at__isnull=False)),
    "locked": (_("locked"), Q(moderation__locked_at__isnull=False)),
}
EventStateFilter = state_filter(_("moderation"), "state", EVENT_STATES)


@admin.register(LifecycleEvent)
class EventAdmin(DecidingAdmin):
    """Lifecycle events: they never change, so they can only be hidden or locked."""

    decisions = MODERATION
    list_display = ("type", "subject", "happened", "standing", "moderated", "project", "added_by")
    list_select_related = (
        "project",
        "statement__source",
        "article",
        "created_by",
        "moderation__hidden_by",
        "moderation__locked_by",
    )
    list_filter = (ProjectFilter, EventStateFilter, "type")
    search_fields = ("statement__text",)
    search_help_text = _("Words of the statement it happened to")
    sortable_by = ()
    inlines = (AssessmentRows, EventCaptureRows)
    fields = (
        "project",
        "type",
        "statement",
        "article",
        "happened",
        "happened_basis",
        "noticed",
        "actor",
        "on_behalf_of",
        "self_observed",
        "reason_given",
        "reason_text",
        "reason_inferred",
        "notice_url",
        "note",
        "claim",
        "standing",
        "moderated",
        "hidden_reason",
        "uid",
        "added_by",
        "created_at",
    )
    moderated = moderation
    added_by = author

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the present standing along."""
        rows: Any = super().get_queryset(request)
        annotated: QuerySet[Any] = rows.with_standing()
        return annotated

    @admin.display(description=_("happened to"))
    def subject(self, row: LifecycleEvent) -> str:
        """Name the statement or the article."""
        return str(row.statement or row.article)[:90]

    @admin.display(description=_("standing"))
    def standing(self, row: Any) -> str:
        """Say how sure we are now."""
        return dict(EventAssessment._meta.get_field("standing").flatchoices).get(row.standing, "")

    @admin.display(description=_("why hidden"))
    def hidden_reason(self, row: Any) -> str:
        """Say why the event is hidden."""
        state = getattr(row, "moderation", None)
        return (state.hidden_reason if state else "") or "—"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find events by the statement they happened to."""
        if not search_term.strip():
            return queryset, False
        found = with_words(queryset, search_term, "statement__channel", "statement__text")
        return found, False

    def history_objects(self, obj: Any) -> Iterable[Model]:
        """Show the event with its assessments and what moderation decided."""
        state = getattr(obj, "moderation", None)
        return [obj, *obj.assessments.all(), *([state] if state else [])]
