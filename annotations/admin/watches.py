"""Watched pages at the desk: to be read; people change them on their own page."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from annotations.admin.base import ScopedAdmin
from annotations.admin.filters import ProjectFilter
from annotations.lifecycle.watches.models import Watch


@admin.register(Watch)
class WatchAdmin(ScopedAdmin):
    """Watches of the person's projects."""

    list_display = ("canonical_url", "state", "last_outcome", "last_check", "project")
    list_select_related = ("project", "turn")
    list_filter = (ProjectFilter, "state")
    search_fields = ("canonical_url",)
    search_help_text = _("Part of the address")
    sortable_by = ()
    fields = (
        *("project", "article", "statement", "url", "state", "last_outcome", "last_check"),
        *("paused_at", "paused_by", "paused_reason"),
        *("looked_at", "looked_by", "uid", "created_by", "created_at"),
    )
    readonly_fields = fields

    @admin.display(description=_("last check"))
    def last_outcome(self, row: Watch) -> str:
        """Show what the last check came to."""
        return row.turn.get_outcome_display() or "—"

    @admin.display(description=_("checked"))
    def last_check(self, row: Watch) -> object:
        """Show when that was."""
        return row.turn.checked_at
