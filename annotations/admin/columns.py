"""Columns that several lists of the desk show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.moderation.services import moderation_of


def shortened(name: str, heading: Any, length: int = 90) -> Callable[[Any, Any], str]:
    """Make a column of the first characters of a long text."""

    @admin.display(description=heading)
    def column(self: Any, row: Any) -> str:
        return Truncator(getattr(row, name)).chars(length)

    return column


@admin.display(description=gettext_lazy("added by"))
def author(self: Any, row: Any) -> str:
    """Name who made the row, without a link to an account most may not open."""
    return str(row.created_by.display_name)


@admin.display(description=gettext_lazy("moderation"))
def moderation(self: Any, row: Any) -> str:
    """Say whether the row is hidden or locked, and by whom."""
    state: Any = moderation_of(row)
    words = []
    if state is not None and state.hidden_at is not None:
        words.append(_("hidden by %(name)s") % {"name": state.hidden_by.display_name})
    if state is not None and state.locked_at is not None:
        words.append(_("locked by %(name)s") % {"name": state.locked_by.display_name})
    if getattr(row, "merged_into_id", None) is not None:
        words.append(_("merged into %(other)s") % {"other": Truncator(row.merged_into).chars(40)})
    if getattr(row, "discarded_at", None) is not None:
        words.append(_("discarded"))
    return ", ".join(words) or "—"
