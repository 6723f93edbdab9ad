"""What the list of placements may be filtered by."""

import django_filters as filters

from annotations.api.filters import EditedFilters, SeenRow
from annotations.articles.models import Article, ArticleVersion
from annotations.claims.models import Claim, Mention
from annotations.claims.placements.models import MentionPlacement, State


class PlacementFilters(EditedFilters):
    """Filters of the list of placements."""

    version = SeenRow("version", ArticleVersion)
    mention = SeenRow("mention", Mention)
    claim = SeenRow("mention__claim", Claim)
    article = SeenRow("mention__article", Article)
    state = filters.ChoiceFilter(choices=State.choices)
    decided = filters.BooleanFilter(
        field_name="decided_by", lookup_expr="isnull", exclude=True, label="by a person"
    )

    class Meta:
        model = MentionPlacement
        fields: list[str] = []
