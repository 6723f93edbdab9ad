"""Keeps words of the other direction from pulling their neighbours along."""

from django import template

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
register = template.Library()


@register.filter
def isolate(words: object) -> str:
    """Return words for the middle of a sentence, where no <bdi> can stand.

    Without it a date after a name in Arabic letters would be drawn before the name.
    """
    return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}" if words else ""
