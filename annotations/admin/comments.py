"""Comments in the desk: read, and hidden or locked by decision; their words are their authors'."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.admin.columns import author, moderation, shortened
from annotations.admin.decisions import DecidingAdmin
from annotations.admin.filters import ClaimStateFilter, ProjectFilter
from annotations.admin.moderating import MODERATION
from annotations.admin.searching import with_words
from annotations.comments.models import Comment


@admin.register(Comment)
class CommentAdmin(DecidingAdmin):
    """Comments: read only; hiding the first one of a thread hides the thread."""

    decisions = MODERATION
    claim_path = "claim__"
    list_display = ("short_text", "claim_number", "confidential", "state", "project", "added_by")
    list_select_related = ("project", "claim", "created_by", "hidden_by", "locked_by")
    list_filter = (ProjectFilter, ClaimStateFilter, "confidential")
    search_fields = ("text",)
    search_help_text = _("Words of the comment")
    sortable_by = ()
    fieldsets = (
        (None, {"fields": ("project", "claim", "thread", "text", "confidential")}),
        (None, {"fields": ("edited_at", "resolved_at", "resolved_by")}),
        (_("Moderation"), {"fields": ("state", "hidden_reason", "discard_reason")}),
        (_("Record"), {"fields": ("uid", "added_by", "created_at", "updated_at")}),
    )
    readonly_fields = (
        *("project", "claim", "thread", "text", "confidential"),
        *("edited_at", "resolved_at", "resolved_by", "state", "hidden_reason", "discard_reason"),
        *("uid", "added_by", "created_at", "updated_at"),
    )
    short_text = shortened("text", _("comment"))
    state = moderation
    added_by = author

    @admin.display(description=_("claim"))
    def claim_number(self, row: Comment) -> int:
        """Show which claim it is about."""
        return row.claim.number

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find words of the comment."""
        if not search_term.strip():
            return queryset, False
        return with_words(queryset, search_term, "text"), False
