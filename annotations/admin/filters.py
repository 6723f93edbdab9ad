"""Filters of the desk's lists: their choices are the person's own projects, and fixed states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.admin.access import is_operator, project_ids
from annotations.admin.base import ScopedAdmin
from annotations.projects.models import Project

# More projects than this are not offered one by one.
MOST_CHOICES = 200


class ProjectFilter(SimpleListFilter):
    """One project out of those the person finds in the desk."""

    title = _("project")
    parameter_name = "project"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer projects by name; nothing to choose when there is only one."""
        rows = Project.objects.order_by("name")
        if not is_operator(request):
            assert isinstance(model_admin, ScopedAdmin)
            rows = rows.filter(pk__in=project_ids(request, model_admin.needed))
        return [(str(pk), name) for pk, name in rows.values_list("pk", "name")[:MOST_CHOICES]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the project's rows; what is not a number is refused."""
        value = self.value()
        if not value:
            return queryset
        try:
            return queryset.filter(project_id=int(value))
        except ValueError as error:
            raise IncorrectLookupParameters(error) from error


def state_filter(
    heading: str | Promise, name: str, states: Mapping[str, tuple[Any, Q]]
) -> type[SimpleListFilter]:
    """Make a filter over fixed conditions: {value: (words, condition)}."""

    class StateFilter(SimpleListFilter):
        title = heading  # type: ignore[assignment]
        parameter_name = name

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
            return [(value, words) for value, (words, _condition) in states.items()]

        def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
            chosen = states.get(self.value() or "")
            return queryset.filter(chosen[1]) if chosen else queryset

    return StateFilter


HIDDEN = {
    "hidden": (_("hidden"), Q(hidden_at__isnull=False)),
    "locked": (_("locked"), Q(locked_at__isnull=False)),
    "shown": (_("neither"), Q(hidden_at__isnull=True, locked_at__isnull=True)),
}
DISCARDED = {"discarded": (_("discarded by its author"), Q(discarded_at__isnull=False))}
MERGED = {"merged": (_("merged into another"), Q(merged_into__isnull=False))}
ModerationFilter = state_filter(_("moderation"), "state", HIDDEN)
ClaimStateFilter = state_filter(_("state"), "state", {**HIDDEN, **DISCARDED, **MERGED})
EvidenceStateFilter = state_filter(_("state"), "state", {**HIDDEN, **DISCARDED})
SourceStateFilter = state_filter(_("moderation"), "state", {**HIDDEN, **MERGED})
