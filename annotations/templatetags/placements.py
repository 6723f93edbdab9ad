"""Where the places of a claim stand in the version that is read."""

from django import template

from annotations.articles.models import ArticleVersion
from annotations.claims.placements.models import MentionPlacement
from annotations.web.views.workbench_card import MentionView

register = template.Library()


@register.filter
def placed_in(view: MentionView, version: ArticleVersion | None) -> MentionPlacement | None:
    """Return how the place of an earlier version stands in this one, if it was placed there."""
    return view.placed_in(version)
