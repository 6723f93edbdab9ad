"""Captures, mentions in later versions, and verdicts to be looked at again: to be read.

They come of fetching, of comparing and of what was withdrawn; what people decide about them is
decided on their own pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from annotations.admin.base import ScopedAdmin
from annotations.admin.columns import author
from annotations.admin.filters import ProjectFilter
from annotations.admin.statements import ReadOnlyRows
from annotations.captures.models import Capture, TimeStamp
from annotations.claims.placements.models import MentionPlacement
from annotations.lifecycle.models import EventCapture, LookAgain


class CaptureEvents(ReadOnlyRows):
    """The events that a capture is kept for."""

    model = EventCapture
    fields = readonly_fields = ("created_at", "event", "place")
    ordering = ("id",)


class CaptureStamps(ReadOnlyRows):
    """What time-stamp authorities have signed: that its file existed then."""

    model = TimeStamp
    fields = readonly_fields = ("stamped_at", "authority_url", "sha256")
    ordering = ("id",)


@admin.register(Capture)
class CaptureAdmin(ScopedAdmin):
    """Every attempt at an address; none ever changes."""

    list_display = (
        "taken_at",
        "url",
        "shown",
        "score",
        "status",
        "origin",
        "project",
    )
    list_select_related = ("project",)
    list_filter = (ProjectFilter, "quality_kind", "origin")
    search_fields = ("canonical_url",)
    search_help_text = _("A part of the address")
    sortable_by = ()
    inlines = (CaptureEvents, CaptureStamps)
    fields = (
        *("project", "url", "canonical_url", "final_url", "origin", "memento_url", "taken_at"),
        *("shown", "score", "why", "status", "failure", "failure_detail"),
        *("redirects", "milliseconds", "media_type", "body_size", "body_sha256"),
        *("text_length", "text_sha256", "extractor", "file", "payload_digest", "record_id"),
        *("uid", "added_by", "created_at"),
    )
    added_by = author

    @admin.display(description=_("what it shows"))
    def shown(self, row: Capture) -> str:
        """Say what it shows."""
        return row.shows

    @admin.display(description=_("quality"))
    def score(self, row: Capture) -> str:
        """Say how good it is; no number where the server says that the page is as it was."""
        return str(_("as before") if row.own_score is None else row.own_score)

    @admin.display(description=_("why"))
    def why(self, row: Capture) -> str:
        """Say why it was judged so."""
        return "; ".join(row.reasons) or "—"

    def history_objects(self, obj: Any) -> Iterable[Model]:
        """Show when it was kept for which event: the capture itself never changes."""
        return list(obj.of_events.select_related("event"))


@admin.register(MentionPlacement)
class PlacementAdmin(ScopedAdmin):
    """Where mentions stand in later versions of their articles."""

    claim_path = "mention__claim__"
    list_display = ("claim", "version", "state", "why", "decided_by", "decided_at", "project")
    list_select_related = ("project", "mention__claim", "version__article", "decided_by")
    list_filter = (ProjectFilter, "state")
    search_fields = ("version__article__title",)
    search_help_text = _("Words of the article's title")
    sortable_by = ()
    fields = (
        *("project", "claim", "version", "state", "why", "placed_from", "proposed", "span"),
        *("decided_by", "decided_at", "uid", "added_by", "created_at", "updated_at"),
    )
    added_by = author

    @admin.display(description=_("claim"))
    def claim(self, row: MentionPlacement) -> str:
        """Name the claim that is mentioned."""
        return str(row.mention.claim)[:90]


@admin.register(LookAgain)
class LookAgainAdmin(ScopedAdmin):
    """Verdicts that rest on what was withdrawn."""

    claim_path = "claim__"
    list_display = ("claim", "event", "become", "assignee", "project", "created_at")
    list_select_related = (
        *("project", "claim", "assignee", "verdict"),
        *("event__statement__source", "event__article"),
    )
    list_filter = (ProjectFilter,)
    search_fields = ("claim__text",)
    search_help_text = _("Words of the claim")
    sortable_by = ()
    fields = (
        *("project", "claim", "verdict", "event", "become", "assignee"),
        *("kept_at", "kept_by", "kept_reason", "uid", "added_by", "created_at", "updated_at"),
    )
    added_by = author

    @admin.display(description=_("what became of it"))
    def become(self, row: Any) -> str:
        """Say whether it waits, was kept or changed."""
        return str(row.state.label)
