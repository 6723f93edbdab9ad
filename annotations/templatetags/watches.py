"""What changed on a watched page, in words."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from annotations.spans.differences import compare_words
from annotations.spans.weights import Weight
from annotations.web.views.placements_read import WEIGHT_WORDS
from annotations.web.views.runs_drawn import draw_runs

register = template.Library()


@register.filter
def changed_words(passage: Sequence[str]) -> SafeString:
    """Return a passage as it was and is, with the words that went and came."""
    old, new = passage
    return draw_runs(compare_words(old, new))


@register.filter
def kinds_in_words(kinds: Sequence[str]) -> str:
    """Return weighty kinds of change in words, the language active now."""
    return ", ".join(str(WEIGHT_WORDS[Weight(kind)]) for kind in kinds)
