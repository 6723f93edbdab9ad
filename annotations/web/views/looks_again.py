"""Verdicts that rest on what was withdrawn: the list of them, and deciding about one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.lib.errors import DomainError
from annotations.lifecycle.choices import LookAgainState, Standing
from annotations.lifecycle.knock_on import look_again_keep
from annotations.lifecycle.models import LifecycleEvent, LookAgain
from annotations.lifecycle.permissions import check_decide_look_again
from annotations.lifecycle.querysets import LookAgainQuerySet
from annotations.projects.models import Project
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.ledger import KeepForm

PAGE_SIZE = 25
ALL, MINE = "all", "mine"


def _rows(request: SignedInRequest, project: Project) -> LookAgainQuerySet:
    rows = LookAgain.objects.visible_to(request.user).filter(project=project)
    names = ("event__statement__source", "claim", "verdict__created_by", "verdict__ended_by")
    return rows.select_related(*names, "assignee", "kept_by")


@require_safe
@project_page()
def look_again_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show the verdicts that wait to be looked at again, or others by their state."""
    state = request.GET.get("state", LookAgainState.OPEN)
    rows = _rows(request, project)
    if state == MINE:
        rows = rows.in_state(LookAgainState.OPEN).filter(assignee=request.user)
    elif state in LookAgainState.values:
        rows = rows.in_state(state)
    page = Paginator(rows.order_by("-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    _with_standing(page.object_list)
    states = [*LookAgainState.choices, (MINE, _("Assigned to me")), (ALL, _("All"))]
    values = {
        "page": page,
        "states": states,
        "state": state,
        "sight": request.access.sight,
        "standings": Standing.choices,
    }
    return render(request, "ledger/looks_again.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def look_again_detail(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show one verdict with what was withdrawn beneath it; keep it as it is with a reason."""
    row = get_object_or_404(_rows(request, project), uid=uid)
    row.project = project
    form = KeepForm(request.POST or None, initial={"revision": row.revision})
    status = 200
    if request.method == "POST":
        check_decide_look_again(request.user, row)
        status = 400
        if form.is_valid():
            try:
                look_again_keep(actor=request.user, look_again=row, **form.cleaned_data)
            except DomainError as error:
                add_error(form, error)
                status = error.status
            else:
                messages.success(request, _("Kept, with your reason."))
                return redirect("look-again-list", slug=project.slug)
    _with_standing([row])
    values = {"row": row, "form": form, "standings": Standing.choices}
    return render(request, "ledger/look_again.html", values, status=status)


def _with_standing(rows: Any) -> None:
    """Give each event the standing that it has now; one query."""
    events = LifecycleEvent.objects.filter(pk__in=[one.event_id for one in rows]).with_standing()
    standings = dict(events.values_list("pk", "standing"))
    for one in rows:
        one.event.standing = standings[one.event_id]
