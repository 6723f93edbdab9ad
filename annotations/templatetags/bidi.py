"""Keeps words of the other direction from pulling their neighbours along."""

from django import template

from annotations.lib.bidi import isolated

register = template.Library()


@register.filter
def isolate(words: object) -> str:
    """Isolate words for a sentence of blocktranslate, where no <bdi> can stand around them."""
    return isolated(str(words or ""))
