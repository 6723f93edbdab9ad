"""The queue of flags: what people ask moderators to look at, by thing, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, F, Min, OrderBy, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.admin.access import acting_user, is_operator
from annotations.admin.columns import shortened
from annotations.admin.decisions import DecidingAdmin, Decision, ReasonForm
from annotations.admin.filters import ProjectFilter
from annotations.moderation.choices import FlagOutcome, FlagState
from annotations.moderation.flags import flag_accept, flag_dismiss
from annotations.moderation.models import Flag
from annotations.moderation.services import moderation_of
from annotations.moderation.targets import targets_of


class AcceptForm(ReasonForm):
    """What is done to the things, and why."""

    field_order = ("outcome", "reason")
    outcome = forms.ChoiceField(
        label=gettext_lazy("And then"),
        choices=FlagOutcome.choices,
        initial=FlagOutcome.NOTHING,
        help_text=gettext_lazy(
            "Hidden: only moderators see it, and its author is told the reason. Locked: everyone"
            " reads it, only moderators change it."
        ),
    )


def _effects(row: Flag, form: ReasonForm) -> Sequence[str]:
    thing = getattr(row, "thing", None)
    said = [] if thing is None else [str(Truncator(thing).chars(200))]
    said += [f"“{row.words}”"] if row.words else []
    if not row.is_open:
        return [*said, _("It was decided before, as: %s.") % row.get_state_display()]
    state: Any = moderation_of(thing) if thing is not None else None
    if state is not None and state.hidden_at is not None:
        said.append(_("The thing is hidden already."))
    if state is not None and state.locked_at is not None:
        said.append(_("The thing is locked already."))
    return said


def _accept_all(actor: Any, rows: Sequence[Flag], values: dict[str, Any]) -> None:
    for row in rows:
        flag_accept(actor=actor, flag=row, outcome=values["outcome"], reason=values["reason"])


ACCEPT = Decision(
    "accept_flags",
    gettext_lazy("Accept"),
    "flag.accept",
    gettext_lazy(
        "You agree that something was wrong. Choose what is done to the things. Whoever raised the"
        " flags reads the reason you give."
    ),
    lambda actor, row, reason: flag_accept(
        actor=actor, flag=row, outcome=FlagOutcome.NOTHING, reason=reason
    ),
    lambda row: row.is_open,
    form=AcceptForm,
    effects=_effects,
    whole=_accept_all,
)
DISMISS = Decision(
    "dismiss_flags",
    gettext_lazy("Dismiss"),
    "flag.dismiss",
    gettext_lazy("Nothing is done to the things. Say why, to whoever raised the flags."),
    lambda actor, row, reason: flag_dismiss(actor=actor, flag=row, reason=reason),
    lambda row: row.is_open,
    effects=_effects,
)


class FlagStateFilter(SimpleListFilter):
    """Open flags unless others are asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the decided ones, and all."""
        decided = [(one.value, one.label) for one in FlagState if one != FlagState.OPEN]
        return [*decided, ("all", _("All"))]

    def choices(self, changelist: ChangeList) -> Any:
        """Call what is shown without a choice by its name."""
        first, *others = super().choices(changelist)
        return [{**first, "display": FlagState.OPEN.label}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the flags of the state."""
        value = self.value() or FlagState.OPEN.value
        return queryset if value == "all" else queryset.filter(state=value)


class FlagList(ChangeList):
    """The list, with the things that its flags are about."""

    def get_results(self, request: HttpRequest) -> None:
        """Read the things of the page, one query for each kind."""
        super().get_results(request)
        attach_things(request, self.result_list)


def attach_things(request: HttpRequest, flags: Any) -> None:
    """Give every flag the thing it is about, as the person sees it; None where they do not."""
    rows = list(flags)
    found = targets_of(rows, None if is_operator(request) else acting_user(request))
    for flag in rows:
        flag.thing = found.get(flag.target)


@admin.register(Flag)
class FlagAdmin(DecidingAdmin):
    """Flags: read here, and decided; who raised one is shown to moderators alone."""

    decisions = (ACCEPT, DISMISS)
    list_display = (
        "name",
        "reason",
        "short_words",
        "of_thing",
        "project",
        "raised_by",
        "created_at",
    )
    list_display_links = ("reason",)
    list_select_related = ("project", "created_by", "decided_by")
    list_filter = (FlagStateFilter, ProjectFilter, "kind", "reason")
    sortable_by = ()
    fields = readonly_fields = (
        *("project", "name", "reason", "words", "raised_by", "created_at"),
        *("state", "outcome", "answer", "who_decided", "decided_at", "uid"),
    )
    short_words = shortened("words", gettext_lazy("in their words"), 120)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Annotate since when, and by how many open flags, the thing waits to be looked at."""
        beside = Flag.objects.open().filter(project=OuterRef("project"), target=OuterRef("target"))
        grouped = beside.order_by().values("target")
        first = grouped.annotate(first=Min("id")).values("first")
        rows: Any = super().get_queryset(request)
        found: QuerySet[Any] = rows.not_beside(acting_user(request)).annotate(
            first_of_thing=Coalesce(Subquery(first), "id"),
            open_of_thing=Coalesce(Subquery(grouped.annotate(n=Count("id")).values("n")), 0),
        )
        return found

    def get_ordering(self, request: HttpRequest) -> tuple[OrderBy, OrderBy]:
        """Put the flags of one thing together, those things first that have waited longest."""
        return (F("first_of_thing").asc(), F("id").asc())

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        """Use the list that knows its things."""
        return FlagList

    def get_object(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """Read the thing along."""
        row = super().get_object(request, *args, **options)
        if row is not None:
            attach_things(request, [row])
        return row

    def rows_for_decision(self, request: HttpRequest, rows: QuerySet[Any]) -> list[Any]:
        """Read the things along, the flags of one thing together as in the queue."""
        rows = rows.select_related("project", "created_by")
        chosen = super().rows_for_decision(request, rows)
        attach_things(request, chosen)
        return sorted(chosen, key=lambda flag: (flag.first_of_thing, flag.pk))

    @admin.display(description=gettext_lazy("thing"))
    def name(self, row: Flag) -> str:
        """Name the thing, with the way to its own page of the desk."""
        thing = getattr(row, "thing", None)
        if thing is None:
            return _("%(kind)s (not shown)") % {"kind": row.get_kind_display()}
        words = f"{row.get_kind_display()}: {Truncator(thing).chars(90)}"
        if not self.admin_site.is_registered(type(thing)):
            return words
        route = f"admin:annotations_{thing._meta.model_name}_change"
        return format_html('<a href="{}">{}</a>', reverse(route, args=[thing.pk]), words)

    @admin.display(description=gettext_lazy("open flags on it"))
    def of_thing(self, row: Any) -> int:
        """Say how many people wait for the same thing."""
        return int(row.open_of_thing)

    @admin.display(description=gettext_lazy("raised by"))
    def raised_by(self, row: Flag) -> str:
        """Name who raised it."""
        return row.created_by.display_name

    @admin.display(description=gettext_lazy("decided by"))
    def who_decided(self, row: Flag) -> str:
        """Name who decided it."""
        return row.decided_by.display_name if row.decided_by else "—"
