"""What the list of assignments may be filtered by."""

import django_filters as filters
from django.db.models import QuerySet
from django.utils.timezone import localdate

from annotations.api.filters import EditedFilters, SeenRow
from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.verification.assignments.models import Assignment, AssignmentMode, AssignmentState


class AssignmentFilters(EditedFilters):
    """Filters of the list of assignments."""

    claim = SeenRow("claim", Claim)
    article = SeenRow("article", Article)
    assignee = filters.UUIDFilter(field_name="assignee__uid", label="uid of a person")
    state = filters.ChoiceFilter(choices=AssignmentState.choices)
    mode = filters.ChoiceFilter(choices=AssignmentMode.choices)
    unfinished = filters.BooleanFilter(method="by_unfinished", label="still somebody's work")
    overdue = filters.BooleanFilter(method="by_overdue", label="unfinished and due before today")

    class Meta:
        model = Assignment
        fields: list[str] = []

    def by_unfinished(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep what still is somebody's work, or what is not."""
        return _kept(rows, Assignment.objects.unfinished(), value)

    def by_overdue(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep what is overdue, or what is not."""
        return _kept(rows, Assignment.objects.overdue(localdate()), value)


def _kept(rows: QuerySet, wanted: QuerySet, value: bool) -> QuerySet:
    ids = wanted.values("pk")
    return rows.filter(pk__in=ids) if value else rows.exclude(pk__in=ids)
