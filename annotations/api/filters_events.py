"""What the list of lifecycle events, and the files of the ledger, may be filtered by."""

from dataclasses import fields
from typing import Any, cast

import django_filters as filters
from django.db.models import QuerySet

from annotations.api.filters import CreatedFilters, SeenRow
from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.lifecycle.choices import EventGroup, EventType, LookAgainState, Standing
from annotations.lifecycle.ledger import (
    ARTICLE,
    HAPPENED,
    NOTICED,
    RECORDED,
    STATEMENT,
    LedgerSearch,
    in_ledger,
    narrowed,
)
from annotations.lifecycle.models import LifecycleEvent, LookAgain
from annotations.lifecycle.querysets import EventQuerySet, LookAgainQuerySet
from annotations.statements.models import Statement

_SUBJECTS = [(STATEMENT, "statements"), (ARTICLE, "articles")]
_TIMES = [(HAPPENED, "when it happened"), (NOTICED, "when noticed"), (RECORDED, "our own clock")]


class _OfTheLedger(filters.Filter):
    """One of what the ledger is asked by: all of it is answered at once."""

    def filter(self, rows: QuerySet, value: object) -> QuerySet:
        """Leave the rows to `LedgerFilters.filter_queryset`."""
        return rows


class _Words(_OfTheLedger, filters.CharFilter):
    pass


class _Choice(_OfTheLedger, filters.ChoiceFilter):
    pass


class _Day(_OfTheLedger, filters.DateFilter):
    pass


class LedgerFilters(CreatedFilters):
    """The filters of the ledger's page, by the same names."""

    q = _Words(max_length=200, label="words of the subject, the reason or the note")
    group = _Choice(choices=EventGroup.choices)
    type = _Choice(choices=EventType.choices)
    standing = _Choice(choices=Standing.choices, label="the latest assessment's")
    subject = _Choice(choices=_SUBJECTS)
    source = _Words(
        max_length=200,
        label="name of who said it, of the outlet or of who acted, in any spelling",
    )
    since = _Day(label="first day of the period, in the project's zone")
    until = _Day(label="last day of the period")
    by = _Choice(choices=_TIMES, label="which time the period is of; happened by default")

    class Meta:
        model = LifecycleEvent
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Keep what is asked for."""
        rows = cast(EventQuerySet, super().filter_queryset(queryset))
        asked: dict[str, Any] = {"words": self.form.cleaned_data["q"]}
        asked |= {name: self.form.cleaned_data.get(name) for name in _NAMES}
        wanted = LedgerSearch(**{name: value for name, value in asked.items() if value})
        view = self.request.parser_context["view"]
        return narrowed(rows, view.project, self.request.user, wanted)


_NAMES = {one.name for one in fields(LedgerSearch)} - {"words"}


class EventFilters(LedgerFilters):
    """Filters of the list of lifecycle events."""

    statement = SeenRow("statement", Statement)
    article = SeenRow("article", Article)
    claim = SeenRow("claim", Claim)
    ledger = filters.BooleanFilter(method="by_ledger", label="only what the ledger tells of")

    class Meta:
        model = LifecycleEvent
        fields: list[str] = []

    def by_ledger(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep what the ledger tells of, where that is asked for."""
        return in_ledger(cast(EventQuerySet, rows)) if value else rows


class LookAgainFilters(CreatedFilters):
    """Filters of the list of verdicts to be looked at again."""

    event = SeenRow("event", LifecycleEvent)
    claim = SeenRow("claim", Claim)
    assignee = filters.UUIDFilter(field_name="assignee__uid", label="uid of a person")
    state = filters.ChoiceFilter(choices=LookAgainState.choices, method="by_state")

    class Meta:
        model = LookAgain
        fields: list[str] = []

    def by_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those of the state."""
        return cast(LookAgainQuerySet, rows).in_state(value)
