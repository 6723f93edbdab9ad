"""Who works on what, in the desk: read, withdrawn and given to somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.messages import SUCCESS
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.accounts.models import User
from annotations.admin.access import acting_user
from annotations.admin.columns import author
from annotations.admin.decisions import MOST_ROWS, DecidingAdmin, Decision, is_refused
from annotations.admin.filters import ProjectFilter
from annotations.lib.errors import DomainError
from annotations.verification.assignments.models import Assignment
from annotations.verification.assignments.reading import assignable_in
from annotations.verification.assignments.services import (
    NOTE_LENGTH,
    assignments_reassign,
    assignments_withdraw,
)

WITHDRAW = Decision(
    "withdraw_assignments",
    gettext_lazy("Withdraw"),
    "assignment.withdraw",
    gettext_lazy("The work is taken from these people. What they have saved stays."),
    lambda actor, row, reason: assignments_withdraw(actor=actor, assignments=[row], reason=reason),
    lambda row: row.is_unfinished,
)


class ReassignForm(forms.Form):
    """To whom, and why."""

    assignee = forms.ModelChoiceField(label=gettext_lazy("To whom"), queryset=User.objects.none())
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Kept in the history of every row."),
    )

    def __init__(self, data: Any, rows: Sequence[Assignment]) -> None:
        super().__init__(data)
        people = [one.pk for one in assignable_in(rows[0].project)] if rows else []
        field: Any = self.fields["assignee"]
        field.queryset = User.objects.filter(pk__in=people).order_by("display_name", "pk")
        # Nobody's e-mail is shown here.
        field.label_from_instance = lambda person: person.display_name


@admin.register(Assignment)
class AssignmentAdmin(DecidingAdmin):
    """Assignments: nothing is typed over here; they are withdrawn and reassigned by decision."""

    decisions = (WITHDRAW,)
    list_display = ("what", "who", "state", "due", "is_from_queue", "project", "given_by")
    list_filter = (ProjectFilter, "state", "mode")
    search_fields = ("assignee__display_name",)
    search_help_text = gettext_lazy("Name of the person")
    sortable_by = ()
    fields = (
        *("project", "what", "who", "state", "mode", "due", "note"),
        *("is_from_queue", "ended_at", "uid", "given_by", "created_at", "updated_at"),
    )
    readonly_fields = fields
    given_by = author

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read along what a line names."""
        rows = super().get_queryset(request)
        return rows.select_related("project", "claim", "article", "assignee", "created_by")

    @admin.display(description=gettext_lazy("what"))
    def what(self, row: Assignment) -> str:
        """Show the first words of what is to be worked on."""
        return str(row.subject)[:90]

    @admin.display(description=gettext_lazy("person"))
    def who(self, row: Assignment) -> str:
        """Name the person, without a link to an account most may not open."""
        return row.assignee.display_name

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer to withdraw, and to give to somebody else."""
        actions = super().get_actions(request)
        if actions:
            label = gettext_lazy("Reassign")
            actions["reassign_assignments"] = (_reassign, "reassign_assignments", label)
        return actions


def _reassign(
    page: AssignmentAdmin, request: HttpRequest, rows: QuerySet[Any]
) -> HttpResponse | None:
    """Show what goes from whom to whom and ask why; then give all of it, or nothing."""
    chosen = list(rows.order_by("pk")[: MOST_ROWS + 1])
    why = ""
    if len({row.project_id for row in chosen}) > 1:
        why = _("Choose rows of one project at a time: each has its own people.")
    if is_refused(page, request, chosen, why):
        return None
    form = ReassignForm(request.POST if "decided" in request.POST else None, chosen)
    if form.is_bound and form.is_valid():
        try:
            assignments_reassign(
                actor=acting_user(request), assignments=chosen, **form.cleaned_data
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            said = ngettext("Reassigned %(n)d.", "Reassigned %(n)d.", len(chosen))
            page.message_user(request, said % {"n": len(chosen)}, SUCCESS)
            return None
    context = {
        **page.admin_site.each_context(request),
        "title": _("Reassign"),
        "rows": chosen,
        "form": form,
        "opts": page.opts,
        "media": page.media,
        "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/reassign.html", context)
