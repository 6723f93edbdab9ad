"""Decisions about chosen rows: a page that shows them and asks why, then the service for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.admin import helpers
from django.contrib.messages import ERROR, SUCCESS
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.admin.access import acting_user, may_moderate
from annotations.admin.base import ScopedAdmin
from annotations.audit.context import context
from annotations.lib.errors import DomainError
from annotations.moderation.services import (
    REASON_LENGTH,
    clean_reason,
    moderation_of,
    row_hide,
    row_lock,
    row_restore,
    row_unlock,
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


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Kept in the history of every row."),
    )


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

    def rows_for_decision(self, rows: QuerySet[Any]) -> list[Any]:
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
    chosen = admin.rows_for_decision(rows)
    refusal = _refusal(admin, request, chosen)
    if refusal:
        admin.message_user(request, refusal, ERROR)
        return None
    form = ReasonForm(request.POST if "decided" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            _apply(request, chosen, decision, form.cleaned_data["reason"])
        except DomainError as error:
            form.add_error("reason" if error.field == "reason" else None, error.message)
        else:
            admin.message_user(request, _done(len(chosen)), SUCCESS)
            return None
    return _page(admin, request, chosen, decision, form)


def _apply(request: HttpRequest, rows: Sequence[Any], decision: Decision, reason: str) -> None:
    actor = acting_user(request)
    with context(actor=actor, action=decision.action, reason=clean_reason(reason)):
        for row in rows:
            decision.apply(actor, row, reason)


def _refusal(admin: DecidingAdmin, request: HttpRequest, rows: Sequence[Any]) -> str:
    if len(rows) > MOST_ROWS:
        return _("Choose at most %(most)d rows at a time.") % {"most": MOST_ROWS}
    refused = [row for row in rows if not admin.has_decide_permission(request, row)]
    if refused:
        return _("You may not decide about: %(rows)s") % {
            "rows": ", ".join(str(row) for row in refused[:5])
        }
    return ""


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
            "form": form,
            "opts": admin.opts,
            "media": admin.media,
            "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        },
    )


def _is_hidden(row: Any) -> bool:
    state = moderation_of(row)
    return state is not None and state.hidden_at is not None


def _is_locked(row: Any) -> bool:
    state = moderation_of(row)
    return state is not None and state.locked_at is not None


HIDE = Decision(
    "hide_rows",
    gettext_lazy("Hide"),
    "moderation.hide",
    gettext_lazy(
        "Only moderators will see these rows. Whoever wrote one is told the reason, nothing else."
    ),
    lambda actor, row, reason: row_hide(actor=actor, row=row, reason=reason),
    lambda row: not _is_hidden(row),
)
RESTORE = Decision(
    "restore_rows",
    gettext_lazy("Restore"),
    "moderation.restore",
    gettext_lazy("Everyone in the project will see these rows again."),
    lambda actor, row, reason: row_restore(actor=actor, row=row, reason=reason),
    _is_hidden,
)
LOCK = Decision(
    "lock_rows",
    gettext_lazy("Lock"),
    "moderation.lock",
    gettext_lazy("Everyone can still read these rows; only moderators can change them."),
    lambda actor, row, reason: row_lock(actor=actor, row=row, reason=reason),
    lambda row: not _is_locked(row),
)
UNLOCK = Decision(
    "unlock_rows",
    gettext_lazy("Unlock"),
    "moderation.unlock",
    gettext_lazy("Reviewers will be able to change these rows again."),
    lambda actor, row, reason: row_unlock(actor=actor, row=row, reason=reason),
    _is_locked,
)
MODERATION = (HIDE, RESTORE, LOCK, UNLOCK)
