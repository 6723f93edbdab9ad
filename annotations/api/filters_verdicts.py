"""What lists of adjudications and verdicts may be filtered by."""

import django_filters as filters
from django.db.models import F, Q, QuerySet

from annotations.api.filters import CreatedFilters, EditedFilters, SeenRow
from annotations.claims.models import Claim
from annotations.verification.models import Label
from annotations.verification.verdicts.models import Adjudication, Verdict, VerdictState


class AdjudicationFilters(CreatedFilters):
    """Filters of the list of adjudications."""

    claim = SeenRow("claim", Claim)
    label = filters.ChoiceFilter(choices=Label.choices)
    created_by = filters.UUIDFilter(field_name="created_by__uid", label="uid of a person")

    class Meta:
        model = Adjudication
        fields: list[str] = []


class VerdictFilters(EditedFilters):
    """Filters of the list of verdicts."""

    claim = SeenRow("claim", Claim)
    label = filters.ChoiceFilter(choices=Label.choices)
    state = filters.ChoiceFilter(choices=VerdictState.choices)
    stale = filters.BooleanFilter(method="by_stale", label="whether the claim changed since")
    publisher = filters.UUIDFilter(field_name="created_by__uid", label="uid of a person")

    class Meta:
        model = Verdict
        fields: list[str] = []

    def by_stale(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep the verdicts of an earlier content of the claim, or of its present one."""
        current = Q(claim_revision=F("claim__content_revision"))
        return rows.filter(~current if value else current)
