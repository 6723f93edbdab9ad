"""Decisions about chosen rows: a page that shows them and asks why, then the service for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.admin import helpers
from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.admin.access import acting_user, may_moderate
from annotations.admin.base import ScopedAdmin
from annotations.audit.context import context
from annotations.lib.errors import DomainError
from annotations.moderation.services import (
    REASON_LENGTH,
    clean_reason,
    merged_into_any,
)

# One decision is one transaction, and its page shows every row it is about.
MOST_ROWS = 200


@dataclass(frozen=True)
class Decision:
    """One thing that can be decided about rows; `apply(actor, row, reason)` does it to one."""

    name: str
    label: str | Promise
    action: str
    explanation: str | Promise
    apply: Callable[[Any, Any, str], object]
    fits: Callable[[Any], bool] = field(default=lambda row: True)
    # What is asked beside the reason.
    form: type[ReasonForm] | None = None
    # What will change of one row, in sentences, given what the form holds so far.
    effects: Callable[[Any, ReasonForm], Sequence[str]] = field(default=lambda row, form: ())
    # Decides about all rows at once, from the form's values, in the place of `apply`.
    whole: Callable[[Any, Sequence[Any], dict[str, Any]], object] | None = None


class ReasonForm(forms.Form):
    """Why; `rows` are those the decision is about."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Kept in the history of every row."),
    )

    # Who decides; set before anything is asked of the form.
    actor: Any = None

    def __init__(self, *args: Any, rows: Sequence[Any] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = rows

    @cached_property
    def along(self) -> dict[int, list[str]]:
        """Return, by row, the names of what was merged into it; one query."""
        found: dict[int, list[str]] = {}
        for one in merged_into_any(self.rows):
            found.setdefault(one.merged_into_id, []).append(str(one))
        return found

    @property
    def only_asks(self) -> bool:
        """Say whether the page is to show what would change, rather than change it."""
        return "preview" in self.data


class DecidingAdmin(ScopedAdmin):
    """A list whose rows decisions can be made about."""

    decisions: Sequence[Decision] = ()
    change_form_template = "admin/decidable_change_form.html"

    def has_decide_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether the person may decide about rows here, or about this one."""
        if obj is None:
            return self.has_view_permission(request)
        return may_moderate(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer this list's decisions."""
        if not self.has_decide_permission(request):
            return {}
        return {one.name: (_decide(one), one.name, one.label) for one in self.decisions}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Offer the decisions that fit the row beside its history."""
        obj = kwargs.get("obj")
        if obj is not None and self.has_decide_permission(request, obj):
            context["decisions"] = [one for one in self.decisions if one.fits(obj)]
        return super().render_change_form(request, context, *args, **kwargs)

    def rows_for_decision(self, request: HttpRequest, rows: QuerySet[Any]) -> list[Any]:
        """Read the chosen rows with what the page says of them; one more than allowed."""
        return list(rows.order_by("pk")[: MOST_ROWS + 1])


def _decide(decision: Decision) -> Callable[..., HttpResponse | None]:
    def act(admin: DecidingAdmin, request: HttpRequest, rows: QuerySet[Any]) -> Any:
        return decide(admin, request, rows, decision)

    return act


def decide(
    admin: DecidingAdmin, request: HttpRequest, rows: QuerySet[Any], decision: Decision
) -> HttpResponse | None:
    """Show the chosen rows and ask why; with a reason, decide about all of them or none."""
    chosen = admin.rows_for_decision(request, rows)
    if is_refused(admin, request, chosen):
        return None
    kind = decision.form or ReasonForm
    form = kind(request.POST if "decided" in request.POST else None, rows=chosen)
    form.actor = acting_user(request)
    if form.is_bound and form.is_valid() and not form.only_asks:
        try:
            _apply(request, chosen, decision, form.cleaned_data)
        except DomainError as error:
            form.add_error("reason" if error.field == "reason" else None, error.message)
        else:
            admin.message_user(request, _done(len(chosen)), SUCCESS)
            return None
    return _page(admin, request, chosen, decision, form)


def _apply(
    request: HttpRequest, rows: Sequence[Any], decision: Decision, values: dict[str, Any]
) -> None:
    actor, reason = acting_user(request), values["reason"]
    with context(actor=actor, action=decision.action, reason=clean_reason(reason)):
        if decision.whole is not None:
            decision.whole(actor, rows, values)
            return
        for row in rows:
            decision.apply(actor, row, reason)


def is_refused(
    admin: DecidingAdmin, request: HttpRequest, rows: Sequence[Any], why: str = ""
) -> bool:
    """Say to the person why nothing is decided about these rows, `why` or by the rules of all
    lists; else say how many of the chosen ones are left out.
    """
    refusal = _refusal(admin, request, rows) or why
    if refusal:
        admin.message_user(request, refusal, ERROR)
        return True
    gone = _gone(request, rows)
    if gone:
        admin.message_user(request, gone, WARNING)
    return False


def _refusal(admin: DecidingAdmin, request: HttpRequest, rows: Sequence[Any]) -> str:
    if not rows:
        return _("There is nothing left to decide here: somebody else was faster.")
    if len(rows) > MOST_ROWS:
        return _("Choose at most %(most)d rows at a time.") % {"most": MOST_ROWS}
    refused = [row for row in rows if not admin.has_decide_permission(request, row)]
    if refused:
        return _("You may not decide about: %(rows)s") % {
            "rows": ", ".join(str(row) for row in refused[:5])
        }
    return ""


def _gone(request: HttpRequest, rows: Sequence[Any]) -> str:
    """Say how many of the chosen rows are not decided about; empty for none."""
    named = set(request.POST.getlist(helpers.ACTION_CHECKBOX_NAME))
    count = len(named - {str(row.pk) for row in rows})
    if not count:
        return ""
    said = ngettext(
        "%(count)d of the chosen rows is left out: somebody else was faster.",
        "%(count)d of the chosen rows are left out: somebody else was faster.",
        count,
    )
    return said % {"count": count}


def _done(count: int) -> str:
    return ngettext("Decided about %(count)d row.", "Decided about %(count)d rows.", count) % {
        "count": count
    }


def _page(
    admin: DecidingAdmin,
    request: HttpRequest,
    rows: Sequence[Any],
    decision: Decision,
    form: ReasonForm,
) -> HttpResponse:
    return TemplateResponse(
        request,
        "admin/decide.html",
        {
            **admin.admin_site.each_context(request),
            "title": decision.label,
            "decision": decision,
            "rows": rows,
            "lines": [(row, decision.effects(row, form)) for row in rows],
            "form": form,
            "opts": admin.opts,
            "media": admin.media,
            "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        },
    )
