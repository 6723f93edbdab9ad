"""Evidence in the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.admin.access import acting_user
from annotations.admin.columns import author, moderation
from annotations.admin.decisions import DecidingAdmin
from annotations.admin.filters import EvidenceStateFilter, ProjectFilter
from annotations.admin.moderating import MODERATION
from annotations.admin.saving import RevisionForm, ServiceAdmin
from annotations.admin.searching import with_words
from annotations.admin.statements import ReadOnlyRows
from annotations.audit.timeline import Parts
from annotations.verification.evidence.models import (
    ClaimEvidence,
    Evidence,
    EvidenceIndependence,
)
from annotations.verification.evidence.permissions import check_edit_evidence
from annotations.verification.evidence.services import evidence_update


class EvidenceForm(RevisionForm):
    """What was entered about a piece; its file and its claims are the product's own pages'."""

    class Meta:
        model = Evidence
        fields = (
            *("question", "answer", "answer_type", "quote", "medium", "source", "url"),
            *("published", "accessed", "captured", "asked_on", "response"),
            *("primary", "confidential"),
        )
        widgets = {"url": forms.TextInput(attrs={"class": "vTextField"})}


class ClaimRows(ReadOnlyRows):
    """The claims a piece was put on, and what it says of each."""

    model = ClaimEvidence
    fields = readonly_fields = ("claim", "stance", "created_at", "discarded_at", "discard_reason")
    ordering = ("id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the claims along."""
        return super().get_queryset(request).select_related("claim")


@admin.register(Evidence)
class EvidenceAdmin(DecidingAdmin, ServiceAdmin):
    """Evidence: changed through its service, hidden and locked by decision."""

    form = EvidenceForm
    decisions = MODERATION
    list_display = ("title", "medium", "source", "confidential", "state", "project", "added_by")
    list_select_related = ("project", "source", "created_by", "hidden_by", "locked_by")
    list_filter = (ProjectFilter, EvidenceStateFilter, "medium", "confidential")
    search_fields = ("question",)
    search_help_text = _("Words of the question, the answer or the quote")
    sortable_by = ()
    autocomplete_fields = ("source",)
    inlines = (ClaimRows,)
    fieldsets = (
        (None, {"fields": ("project", "question", "answer", "answer_type", "quote")}),
        (None, {"fields": ("medium", "source", "url", "file_name", "file_type")}),
        (None, {"fields": ("published", "accessed", "captured", "asked_on", "response")}),
        (None, {"fields": ("primary", "confidential", "revision_seen")}),
        (_("Moderation"), {"fields": ("state", "hidden_reason", "discard_reason")}),
        (_("Record"), {"fields": ("uid", "added_by", "created_at", "updated_at")}),
    )
    readonly_fields = (
        *("project", "file_name", "file_type", "state", "hidden_reason", "discard_reason"),
        *("uid", "added_by", "created_at", "updated_at"),
    )
    state = moderation
    added_by = author

    @admin.display(description=_("evidence"))
    def title(self, row: Evidence) -> str:
        """Show what lists call it."""
        return row.title

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find words of the question, the answer or the quote."""
        if not search_term.strip():
            return queryset, False
        return with_words(queryset, search_term, "question", "answer", "quote"), False

    def check_change(self, request: HttpRequest, row: Evidence) -> None:
        """Ask the rule of evidence."""
        check_edit_evidence(acting_user(request), row)

    def service_update(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        """Change the piece."""
        revision = values.pop("revision_seen")
        evidence_update(actor=acting_user(request), evidence=row, revision=revision, **values)

    def history_objects(self, obj: Any) -> Iterable[Model]:
        """Show the piece with what it says of claims."""
        return [obj, *obj.claim_links.all()]

    def history_parts(self, obj: Any) -> Iterable[Parts]:
        """Show what was said of its independence, what was taken back included."""
        return [Parts(EvidenceIndependence, end, [obj]) for end in ("first", "second")]
