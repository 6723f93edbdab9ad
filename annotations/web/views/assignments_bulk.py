"""What a moderator decides about chosen assignments, of one person or of many."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annotations.lib.errors import DomainError
from annotations.projects.models import Project
from annotations.verification.assignments import services
from annotations.verification.assignments.permissions import check_assign_work
from annotations.verification.assignments.reading import assignable_in
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.assignments import ReassignForm, WhyForm
from annotations.web.views.assignments_find import find_assignments


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def assignment_withdraw(request: SignedInRequest, project: Project) -> HttpResponse:
    """Take the chosen work (`?assignment=`, any number) away from those who have it."""
    check_assign_work(request.user, project)
    rows = _chosen(request, project)
    form = WhyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            services.assignments_withdraw(actor=request.user, assignments=rows, **form.cleaned_data)
        except DomainError as error:
            add_error(form, error)
        else:
            said = ngettext("Withdrew %(n)d.", "Withdrew %(n)d.", len(rows)) % {"n": len(rows)}
            messages.success(request, said)
            return redirect("assignment-list", slug=project.slug)
    words = {
        "heading": _("Withdraw"),
        "says": _("The work is taken from these people. What they have saved stays."),
        "button": _("Withdraw"),
    }
    return _page(request, form, rows, words)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def assignment_reassign(request: SignedInRequest, project: Project) -> HttpResponse:
    """Give the chosen work (`?assignment=`, any number) to somebody else."""
    check_assign_work(request.user, project)
    rows = _chosen(request, project)
    form = ReassignForm(request.POST or None, people=assignable_in(project))
    if form.is_bound and form.is_valid():
        try:
            services.assignments_reassign(actor=request.user, assignments=rows, **form.cleaned_data)
        except DomainError as error:
            add_error(form, error)
        else:
            said = ngettext("Reassigned %(n)d.", "Reassigned %(n)d.", len(rows))
            messages.success(request, said % {"n": len(rows)})
            return redirect("assignment-list", slug=project.slug)
    words = {
        "heading": _("Reassign"),
        "says": _("The work goes to another person, with its date and note."),
        "button": _("Reassign"),
    }
    return _page(request, form, rows, words)


def _chosen(request: SignedInRequest, project: Project) -> list[Any]:
    sent = request.POST if request.method == "POST" else request.GET
    return find_assignments(request.user, project, sent.getlist("assignment"))


def _page(
    request: SignedInRequest, form: Any, rows: list[Any], words: dict[str, Any]
) -> HttpResponse:
    status = 400 if form.is_bound else 200
    context = {"form": form, "rows": rows, **words}
    return render(request, "assignments/act.html", context, status=status)
