"""Draws words that stayed, went and came: one string, as a template per run costs ten times as
much.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from annotations.spans.differences import Kind, Run

_ELEMENTS = {Kind.GONE: "del", Kind.COME: "ins"}


def draw_runs(runs: Iterable[Run]) -> SafeString:
    """Return the runs as HTML; what must not be overlooked has a class of its own."""
    # Every text in it goes through escape().
    return mark_safe("".join(map(_drawn, runs)))


def _drawn(run: Run) -> str:
    words = escape(run.text, quote=False)
    element = _ELEMENTS.get(run.kind)
    if element is None:
        return words
    weight = ' class="diff__telling"' if run.is_telling else ""
    return f"<{element}{weight}>{words}</{element}>"
