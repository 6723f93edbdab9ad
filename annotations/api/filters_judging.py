"""What the lists of evidence, judgements and rounds may be filtered by; see `filters`."""

from uuid import UUID

import django_filters as filters
from django.db import models
from django.db.models import F, QuerySet

from annotations.api.filters import EditedFilters, SeenRow, discarded_filter, seen_rows
from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.claims.rounds import MarkingRound, RoundState
from annotations.projects.models import Project
from annotations.sources.models import Source
from annotations.verification.evidence.choices import Medium, Stance
from annotations.verification.evidence.models import ClaimEvidence, Evidence
from annotations.verification.models import Label, Review
from annotations.verification.standards.older import Under, made_under_older


class RoundFilters(EditedFilters):
    """Filters of the list of rounds."""

    article = SeenRow("article", Article)
    state = filters.ChoiceFilter(choices=RoundState.choices)

    class Meta:
        model = MarkingRound
        fields: list[str] = []


class ReviewFilters(EditedFilters):
    """Filters of the list of reviews."""

    claim = SeenRow("claim", Claim)
    label = filters.ChoiceFilter(choices=Label.choices)
    reviewer = filters.UUIDFilter(field_name="reviewer__uid", label="uid of a person")
    stale = filters.BooleanFilter(method="by_stale", label="whether the claim changed since")
    under_older = filters.ChoiceFilter(
        choices=Under.choices, method="by_older", label="made under other ones than hold now"
    )
    discarded = discarded_filter()

    class Meta:
        model = Review
        fields: list[str] = []

    def by_stale(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep the reviews of an earlier content of the claim, or of its present one."""
        current = models.Q(claim_revision=F("claim__content_revision"))
        return rows.filter(~current if value else current)

    def by_older(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the reviews that were made under other guidelines, or not on the present scale."""
        project: Project = self.request.parser_context["view"].project
        return made_under_older(rows, project, value)


class EvidenceFilters(EditedFilters):
    """Filters of the list of evidence."""

    claim = filters.UUIDFilter(method="by_claim", label="uid of a claim it is on")
    stance = filters.ChoiceFilter(
        choices=Stance.choices, method="by_stance", label="what it says of a claim"
    )
    source = SeenRow("source", Source)
    medium = filters.ChoiceFilter(choices=Medium.choices)
    primary = filters.BooleanFilter()
    confidential = filters.BooleanFilter()
    discarded = discarded_filter()

    class Meta:
        model = Evidence
        fields: list[str] = []

    def by_claim(self, rows: QuerySet, name: str, value: UUID) -> QuerySet:
        """Keep the evidence that is on the claim."""
        return rows.filter(self._link_of(claim__uid=value))

    def by_stance(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the evidence that says this of some claim."""
        return rows.filter(self._link_of(stance=value))

    def _link_of(self, **condition: object) -> models.Q:
        links = seen_rows(self, ClaimEvidence).filter(discarded_at__isnull=True, **condition)
        return models.Q(pk__in=links.values("evidence_id"))
