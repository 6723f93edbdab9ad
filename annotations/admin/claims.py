"""Claims and reviews in the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.admin.access import acting_user, is_operator
from annotations.admin.base import ScopedAdmin
from annotations.admin.columns import author, moderation, shortened
from annotations.admin.decisions import DecidingAdmin
from annotations.admin.filters import ClaimStateFilter, ProjectFilter
from annotations.admin.merging import MERGE_CLAIMS
from annotations.admin.moderating import MODERATION
from annotations.admin.saving import RevisionForm, ServiceAdmin
from annotations.admin.searching import with_words
from annotations.admin.statements import ReadOnlyRows
from annotations.admin.verdicts import PUBLISH
from annotations.audit.timeline import Parts
from annotations.claims.choices import ClaimType
from annotations.claims.models import Attribution, Claim
from annotations.claims.permissions import check_edit_claim
from annotations.claims.services import claim_update
from annotations.verification.evidence.models import ReviewEvidence
from annotations.verification.models import Review


class ClaimForm(RevisionForm):
    """The claim's own columns; mentions and chains are edited in the workbench."""

    types = forms.MultipleChoiceField(
        label=_("Types"),
        choices=ClaimType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Claim
        fields = (
            "text",
            "language",
            "types",
            "checkability",
            "priority",
            "due",
            "check_worthiness",
            "statement",
        )


@admin.register(Claim)
class ClaimAdmin(DecidingAdmin, ServiceAdmin):
    """Claims: changed through their service, hidden and locked by decision."""

    form = ClaimForm
    claim_path = ""
    decisions = (*MODERATION, PUBLISH, MERGE_CLAIMS)
    list_display = ("number", "short_text", "project", "checkability", "state", "added_by")
    list_display_links = ("number", "short_text")
    list_select_related = ("project", "created_by", "hidden_by", "locked_by", "merged_into")
    list_filter = (ProjectFilter, ClaimStateFilter, "checkability", "priority")
    search_fields = ("text",)
    search_help_text = _("Words of the claim, or its number")
    sortable_by = ()
    autocomplete_fields = ("statement",)
    fieldsets = (
        (None, {"fields": ("project", "number", "text", "language", "types")}),
        (None, {"fields": ("checkability", "priority", "due", "check_worthiness", "statement")}),
        (_("Moderation"), {"fields": ("state", "hidden_reason", "discard_reason")}),
        (_("Record"), {"fields": ("uid", "added_by", "created_at", "updated_at")}),
        (None, {"fields": ("revision_seen",)}),
    )
    readonly_fields = (
        "project",
        "number",
        "state",
        "hidden_reason",
        "discard_reason",
        "uid",
        "added_by",
        "created_at",
        "updated_at",
    )
    short_text = shortened("text", _("claim"))
    state = moderation
    added_by = author

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find a claim by number, or claims by words."""
        term = search_term.strip().lstrip("#")
        if not term:
            return queryset, False
        if term.isdecimal() and len(term) < 10:
            return queryset.filter(number=int(term)), False
        return with_words(queryset, term, "text"), False

    def check_change(self, request: HttpRequest, row: Claim) -> None:
        """Ask the claims' own rule."""
        check_edit_claim(acting_user(request), row)

    def service_update(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        """Change the claim."""
        revision = values.pop("revision_seen")
        claim_update(actor=acting_user(request), claim=row, revision=revision, **values)

    def history_objects(self, obj: Any) -> Iterable[Model]:
        """Show the claim with its appearances and judgements."""
        return [obj, *obj.mentions.all(), *obj.reviews.all()]

    def history_parts(self, obj: Any) -> Iterable[Parts]:
        """Show the chains of its appearances, those replaced included."""
        return [
            Parts(Attribution, "mention", list(obj.mentions.all())),
            Parts(ReviewEvidence, "claim", [obj]),
        ]


class UsedRows(ReadOnlyRows):
    """The evidence a judgement rests on, or did."""

    model = ReviewEvidence
    fields = readonly_fields = ("link", "created_at", "discarded_at")
    ordering = ("id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the pieces along; a person without a role sees all, as of any row here."""
        rows = super().get_queryset(request).select_related("link__evidence")
        seen = ReviewEvidence.objects.visible_to(acting_user(request)).values("pk")
        return rows if is_operator(request) else rows.filter(pk__in=seen)


@admin.register(Review)
class ReviewAdmin(ScopedAdmin):
    """Reviews: a judgement is its author's alone, so nothing can be changed here."""

    claim_path = "claim__"
    list_display = ("label", "short_claim", "reviewer", "project", "is_current", "created_at")
    list_select_related = ("project", "claim", "reviewer", "rating__scale", "guideline")
    list_filter = (ProjectFilter, "label")
    search_fields = ("claim__text",)
    search_help_text = _("Words of the claim, or its number")
    sortable_by = ()
    inlines = (UsedRows,)
    fields = (
        "project",
        "claim",
        "claim_revision",
        "is_current",
        "who",
        "label",
        "rating",
        "native_rating",
        "guideline",
        "confidence",
        "justification",
        "discarded_at",
        "discard_reason",
        "uid",
        "created_at",
        "updated_at",
    )

    @admin.display(description=_("reviewer"))
    def who(self, row: Review) -> str:
        """Name the reviewer, without a link to an account most may not open."""
        return row.reviewer.display_name

    @admin.display(description=_("claim"))
    def short_claim(self, row: Review) -> str:
        """Show the claim's number and the first of its words."""
        return str(row.claim)[:90]

    @admin.display(description=_("current"), boolean=True)
    def is_current(self, row: Review) -> bool:
        """Say whether the claim still is what was judged, and the reviewer stands by it."""
        return not row.is_stale and row.discarded_at is None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find reviews by their claim."""
        term = search_term.strip().lstrip("#")
        if not term:
            return queryset, False
        if term.isdecimal() and len(term) < 10:
            return queryset.filter(claim__number=int(term)), False
        return with_words(queryset, term, "claim__text"), False
