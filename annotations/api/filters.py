"""What lists may be filtered by: an allow-list per list; any other parameter is refused."""

from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import django_filters as filters
from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.fields import IsoDateTimeField
from django_filters.rest_framework import DjangoFilterBackend
from django_filters.utils import translate_validation
from rest_framework.request import Request
from rest_framework.views import APIView

from annotations.api.errors import QueryInvalid
from annotations.api.pagination import PARAMETERS
from annotations.articles.models import Article, ArticleKind, MarkingState
from annotations.claims.choices import Checkability, ClaimType, Priority
from annotations.claims.models import Claim, Mention
from annotations.claims.querysets import ClaimQuerySet
from annotations.lib.names import fold_name
from annotations.projects.models import Project
from annotations.search.narrowing import credited_to, of_stage, of_type
from annotations.sources.models import Source, SourceKind
from annotations.statements.models import Statement, StatementState
from annotations.verification.stages import Stage


class AllowListBackend(DjangoFilterBackend):
    """Filters by the view's filter set and refuses parameters it does not name."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: APIView) -> QuerySet:
        """Return the rows that the query string asks for. Raises QueryInvalid."""
        filter_set = self.get_filterset(request, queryset, view)
        allowed = set(filter_set.filters) if filter_set is not None else set()
        past = {"known_at"} if getattr(view, "past_of", ()) else set()
        check_parameters(request, allowed | PARAMETERS | past)
        if filter_set is None:
            return queryset
        if not filter_set.is_valid():
            raise first_problem(translate_validation(filter_set.errors).detail)
        return filter_set.qs


def check_parameters(request: Request, allowed: set[str] | frozenset[str]) -> None:
    """Raise QueryInvalid for a parameter outside the list, naming those in it, or given twice."""
    for name, values in request.query_params.lists():
        if len(values) > 1:
            raise QueryInvalid(
                _("“%(name)s” is given more than once."), field=name, params={"name": name}
            )
        if name not in allowed:
            raise QueryInvalid(
                _("“%(name)s” is not a parameter of this list. Allowed: %(allowed)s."),
                field=name,
                params={"name": name, "allowed": ", ".join(sorted(allowed))},
            )


def first_problem(found: Any) -> QueryInvalid:
    """Return the first of the problems found, by parameter, as the refusal to raise."""
    name, problems = next(iter(found.items()))
    return QueryInvalid("%(problem)s", field=name, params={"problem": problems[0]})


class SeenRow(filters.UUIDFilter):
    """Keeps what points to the row of this uid, where the caller may see that one."""

    def __init__(self, column: str, target: type[models.Model]) -> None:
        super().__init__(field_name=column, label=f"uid of the {column}")
        self.target = target

    def filter(self, rows: QuerySet, value: UUID | None) -> QuerySet:
        """Return the rows that point to it; all of them when nothing is asked."""
        if value is None:
            return rows
        found = seen_rows(self.parent, self.target).filter(uid=value)
        return rows.filter(**{f"{self.field_name}__in": found})


def seen_rows(asked: filters.FilterSet, model: Any) -> QuerySet:
    """Return the rows that the caller may see: others must not decide what a filter finds."""
    rows: QuerySet = model.objects.visible_to(asked.request.user)
    return rows


def seen_ids(asked: filters.FilterSet, model: Any, uid: UUID) -> list[int]:
    """Return the key of the row of this uid, where the caller may see it."""
    return list(seen_rows(asked, model).filter(uid=uid).values_list("pk", flat=True))


class _InstantField(IsoDateTimeField):
    """An instant, in UTC: PostgreSQL refuses zones further than 16 hours from it."""

    def clean(self, value: Any) -> datetime | None:
        """Return the instant. Raises ValidationError where UTC has none for it."""
        instant = super().clean(value)
        try:
            return instant and instant.astimezone(UTC)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from error


class _Instant(filters.IsoDateTimeFilter):
    field_class = _InstantField


class CreatedFilters(filters.FilterSet):
    """Filters by when a row was made, in every list."""

    created_after = _Instant(field_name="created_at", lookup_expr="gt")
    created_before = _Instant(field_name="created_at", lookup_expr="lt")


class EditedFilters(CreatedFilters):
    """Filters by when a row was last changed, where rows can change."""

    updated_after = _Instant(field_name="updated_at", lookup_expr="gt")
    updated_before = _Instant(field_name="updated_at", lookup_expr="lt")


class ArticleFilters(EditedFilters):
    """Filters of the list of articles."""

    outlet = filters.CharFilter(method="by_outlet", label="name of the outlet, in any spelling")
    kind = filters.ChoiceFilter(choices=ArticleKind.choices)
    marking_state = filters.ChoiceFilter(choices=MarkingState.choices)
    language = filters.CharFilter()

    class Meta:
        model = Article
        fields: list[str] = []

    def by_outlet(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the articles of the outlet that goes by this name."""
        return rows.filter(outlet__name_key=fold_name(value)[:200])


def discarded_filter() -> filters.BooleanFilter:
    """Return the filter by whether a row was taken back."""
    return filters.BooleanFilter(
        field_name="discarded_at", lookup_expr="isnull", exclude=True, label="taken back or not"
    )


class _OneOfEach(EditedFilters):
    """What was merged into another is listed only where it is asked for."""

    merged = filters.BooleanFilter(
        field_name="merged_into", lookup_expr="isnull", exclude=True, label="merged into another"
    )

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Leave out what was merged unless it is asked for."""
        rows = super().filter_queryset(queryset)
        if self.form.cleaned_data["merged"] is None:
            rows = rows.filter(merged_into__isnull=True)
        return rows


class ClaimFilters(_OneOfEach):
    """Filters of the list of claims."""

    article = filters.UUIDFilter(method="by_article", label="uid of an article it is marked in")
    statement = filters.UUIDFilter(method="by_statement", label="uid of a statement it rests on")
    source = filters.UUIDFilter(method="by_source", label="uid of a source in one of its chains")
    type = filters.ChoiceFilter(choices=ClaimType.choices, method="by_type", label="one type")
    checkability = filters.ChoiceFilter(choices=Checkability.choices)
    priority = filters.ChoiceFilter(choices=Priority.choices)
    language = filters.CharFilter()
    stage = filters.ChoiceFilter(
        choices=Stage.choices, method="by_stage", label="by the reviews you may see"
    )
    number = filters.NumberFilter(min_value=1, max_value=2**31 - 1)
    discarded = discarded_filter()
    created_by = filters.UUIDFilter(field_name="created_by__uid", label="uid of a person")
    round = filters.UUIDFilter(
        field_name="round__uid", label="uid of a round: its originals that you may read"
    )

    class Meta:
        model = Claim
        fields: list[str] = []

    @property
    def _project(self) -> Project:
        project: Project = self.request.parser_context["view"].project
        return project

    def by_article(self, rows: QuerySet, name: str, value: UUID) -> QuerySet:
        """Keep the claims with a kept mention in the article."""
        kept = seen_rows(self, Mention).filter(article__uid=value, discarded_at__isnull=True)
        return rows.filter(pk__in=kept.values("claim_id"))

    def by_type(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the claims that have the type."""
        return of_type(cast(ClaimQuerySet, rows), self._project, value)

    def by_stage(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the claims in the stage, as far as the caller may know it."""
        claims = cast(ClaimQuerySet, rows)
        return of_stage(claims, self._project, self.request.user, value)

    def by_source(self, rows: QuerySet, name: str, value: UUID) -> QuerySet:
        """Keep the claims with a hop of this source."""
        sources = seen_ids(self, Source, value)
        claims = cast(ClaimQuerySet, rows)
        return credited_to(claims, self._project, self.request.user, source__in=sources)

    def by_statement(self, rows: QuerySet, name: str, value: UUID) -> QuerySet:
        """Keep the claims that rest on the statement, directly or by a hop."""
        statements = seen_ids(self, Statement, value)
        claims = Claim.objects.filter(project=self._project)
        by_hop = credited_to(claims, self._project, self.request.user, statement__in=statements)
        directly = claims.filter(statement__in=statements)
        return rows.filter(pk__in=by_hop.values("pk").union(directly.values("pk"), all=True))


class SourceFilters(_OneOfEach):
    """Filters of the list of sources."""

    kind = filters.ChoiceFilter(choices=SourceKind.choices)
    name = filters.CharFilter(method="by_name", label="its name or an alias, in any spelling")

    class Meta:
        model = Source
        fields: list[str] = []

    def by_name(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the source that goes by this name."""
        return rows.filter(aliases__name_key=fold_name(value))


class StatementFilters(EditedFilters):
    """Filters of the list of statements."""

    source = SeenRow("source", Source)
    state = filters.ChoiceFilter(choices=StatementState.choices)
    language = filters.CharFilter()
    confidential = filters.BooleanFilter()

    class Meta:
        model = Statement
        fields: list[str] = []
