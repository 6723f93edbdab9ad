"""What the lists of watches and of their checks may be filtered by."""

import django_filters as filters

from annotations.api.filters import CreatedFilters, EditedFilters, SeenRow
from annotations.articles.models import Article
from annotations.lifecycle.watches.choices import CheckOutcome, WatchState
from annotations.lifecycle.watches.models import Watch, WatchCheck
from annotations.statements.models import Statement


class WatchFilters(EditedFilters):
    """Filters of the list of watches."""

    article = SeenRow("article", Article)
    statement = SeenRow("statement", Statement)
    state = filters.ChoiceFilter(choices=WatchState.choices)
    outcome = filters.ChoiceFilter(
        field_name="turn__outcome", choices=CheckOutcome.choices, label="of the last check"
    )
    to_look = filters.BooleanFilter(
        field_name="turn__to_look",
        lookup_expr="isnull",
        exclude=True,
        label="whether somebody has to look at a check",
    )

    class Meta:
        model = Watch
        fields: list[str] = []


class CheckFilters(CreatedFilters):
    """Filters of the list of a watch's checks."""

    outcome = filters.ChoiceFilter(choices=CheckOutcome.choices)

    class Meta:
        model = WatchCheck
        fields: list[str] = []
