"""Scales and guidelines in the desk, to be read: new versions are made on the project's page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from annotations.admin.base import ScopedAdmin
from annotations.admin.columns import author
from annotations.admin.filters import ProjectFilter
from annotations.admin.statements import ReadOnlyRows
from annotations.verification.standards.models import Guideline, RatingScale, RatingValue


class ValueRows(ReadOnlyRows):
    """The values of a scale, in their order."""

    model = RatingValue
    fields = readonly_fields = ("n", "name", "description", "suggested_label")
    ordering = ("n",)


@admin.register(RatingScale)
class RatingScaleAdmin(ScopedAdmin):
    """Every version of every scale."""

    list_display = ("version", "name", "size", "is_ordered", "holds", "project", "added_by")
    list_display_links = ("version", "name")
    list_select_related = ("project", "created_by")
    list_filter = (ProjectFilter,)
    search_fields = ("name",)
    sortable_by = ()
    inlines = (ValueRows,)
    fields = (
        *("project", "version", "name", "description", "is_ordered", "holds"),
        *("uid", "added_by", "created_at"),
    )
    added_by = author

    @admin.display(description=_("holds now"), boolean=True)
    def holds(self, row: Any) -> bool:
        """Say whether claims are rated on it."""
        return bool(row.project.rating_scale_id == row.pk)


@admin.register(Guideline)
class GuidelineAdmin(ScopedAdmin):
    """Every version of every project's guidelines."""

    list_display = ("version", "note", "holds", "project", "added_by", "created_at")
    list_select_related = ("project", "created_by")
    list_filter = (ProjectFilter,)
    search_fields = ("text",)
    sortable_by = ()
    fields = ("project", "version", "text", "note", "holds", "uid", "added_by", "created_at")
    added_by = author

    @admin.display(description=_("holds now"), boolean=True)
    def holds(self, row: Any) -> bool:
        """Say whether claims are judged by it."""
        return bool(row.project.guideline_id == row.pk)
