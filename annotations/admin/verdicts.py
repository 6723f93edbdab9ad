"""Adjudications and verdicts in the desk: read; a verdict is published and rescinded by decision.

Both go through the product's own checks and services: four eyes hold here as anywhere, for
operators too, who need a role in the project like everybody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.admin.base import ScopedAdmin
from annotations.admin.columns import author, shortened
from annotations.admin.decisions import DecidingAdmin, Decision
from annotations.admin.filters import ProjectFilter
from annotations.admin.searching import with_words
from annotations.admin.statements import ReadOnlyRows
from annotations.claims.models import Claim
from annotations.verification.evidence.models import Evidence
from annotations.verification.verdicts.models import (
    Adjudication,
    AdjudicationReview,
    Verdict,
    VerdictEvidence,
    VerdictReview,
    VerdictState,
)
from annotations.verification.verdicts.permissions import check_publish_verdict
from annotations.verification.verdicts.services import verdict_publish, verdict_rescind


def _publish(actor: Any, claim: Claim, reason: str) -> None:
    check_publish_verdict(actor, claim)
    links = {"claim_links__claim": claim, "claim_links__discarded_at__isnull": True}
    public = Evidence.objects.kept().filter(hidden_at__isnull=True, confidential=False, **links)
    verdict_publish(actor=actor, claim=claim, reason=reason, evidence=public)


def _rescind(actor: Any, verdict: Verdict, reason: str) -> None:
    check_publish_verdict(actor, verdict.claim)
    verdict_rescind(actor=actor, verdict=verdict, correction_note=reason)


PUBLISH = Decision(
    "publish_verdicts",
    _("Publish a verdict"),
    "verdict.publish",
    _(
        "What the reviews agree in, or what was adjudicated, is published. It rests on all evidence"
        " of the claim that every member may read; every member reads the reason. Whoever judged or"
        " adjudicated a claim cannot publish its verdict."
    ),
    _publish,
    lambda row: row.discarded_at is None and row.hidden_at is None,
)
RESCIND = Decision(
    "rescind_verdicts",
    _("Rescind"),
    "verdict.rescind",
    _("The verdict stays readable, with this reason as its public correction note."),
    _rescind,
    lambda row: row.state == VerdictState.CURRENT,
)


class WeighedRows(ReadOnlyRows):
    """The reviews an adjudication weighed."""

    model = AdjudicationReview
    fields = readonly_fields = ("review", "review_revision", "gives")
    ordering = ("id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the reviewers along."""
        return super().get_queryset(request).select_related("review__reviewer")


class BasisRows(ReadOnlyRows):
    """The reviews a verdict rests on."""

    model = VerdictReview
    fields = readonly_fields = ("review", "review_revision")
    ordering = ("id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the reviewers along."""
        return super().get_queryset(request).select_related("review__reviewer")


class EvidenceRows(ReadOnlyRows):
    """The evidence a verdict rests on."""

    model = VerdictEvidence
    fields = readonly_fields = ("evidence", "evidence_revision")
    ordering = ("id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the pieces along."""
        return super().get_queryset(request).select_related("evidence")


class _OfClaims(ScopedAdmin):
    """What is found by the words or the number of its claim."""

    claim_path = "claim__"
    search_fields = ("claim__text",)
    search_help_text = _("Words of the claim, or its number")
    sortable_by = ()

    @admin.display(description=_("claim"))
    def short_claim(self, row: Any) -> str:
        """Show the claim's number and the first of its words."""
        return str(row.claim)[:90]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find them by their claim."""
        term = search_term.strip().lstrip("#")
        if not term:
            return queryset, False
        if term.isdecimal() and len(term) < 10:
            return queryset.filter(claim__number=int(term)), False
        return with_words(queryset, term, "claim__text"), False


@admin.register(Adjudication)
class AdjudicationAdmin(_OfClaims):
    """Adjudications: never changed, a later one takes the place of an earlier."""

    list_display = ("label", "short_claim", "short_reason", "project", "added_by", "created_at")
    list_select_related = ("project", "claim", "created_by")
    list_filter = (ProjectFilter, "label")
    fields = (
        *("project", "claim", "claim_revision", "label", "native_rating", "confidence"),
        *("justification", "reason", "uid", "added_by", "created_at"),
    )
    readonly_fields = fields
    inlines = (WeighedRows,)
    short_reason = shortened("reason", _("reason"))
    added_by = author


@admin.register(Verdict)
class VerdictAdmin(DecidingAdmin, _OfClaims):
    """Verdicts: their words never change; rescinded by decision."""

    decisions = (RESCIND,)
    list_display = ("label", "short_claim", "state", "project", "published_by", "created_at")
    list_select_related = ("project", "claim", "claim__project", "created_by")
    list_filter = (ProjectFilter, "state", "label")
    fields = (
        *("project", "claim", "claim_revision", "claim_text", "label", "native_rating", "reason"),
        *("adjudication", "supersedes", "state", "ended_at", "correction_note"),
        *("uid", "published_by", "created_at", "updated_at"),
    )
    readonly_fields = fields
    inlines = (BasisRows, EvidenceRows)

    @admin.display(description=_("published by"))
    def published_by(self, row: Verdict) -> str:
        """Name the publisher, without a link to an account most may not open."""
        return str(row.created_by.display_name)

    def history_objects(self, obj: Any) -> Iterable[Model]:
        """Show the verdict with what it took the place of."""
        return [obj, *([obj.supersedes] if obj.supersedes else [])]
