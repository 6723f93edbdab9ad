"""Who works on what: the list, giving work out, handing it back and sending it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from annotations.accounts.roles import Permission
from annotations.lib.errors import DomainError
from annotations.projects.models import Project
from annotations.verification.assignments import services
from annotations.verification.assignments.models import Assignment
from annotations.verification.assignments.permissions import (
    check_assign_work,
    check_work_on_assignment,
)
from annotations.verification.assignments.reading import assignable_in
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.assignments import AssignmentFilterForm, GiveForm, SendBackForm, WhyForm
from annotations.web.views.assignments_find import (
    assignment_rows,
    find_assignment,
    find_subjects,
    subject_url,
)

PAGE_SIZE = 25


@require_safe
@project_page()
def assignment_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show who works on what; reviewers see their own work only."""
    people = assignable_in(project) if request.access.allows(Permission.SEE_ALL_REVIEWS) else []
    form = AssignmentFilterForm(request.GET, people=people)
    rows = _narrowed(assignment_rows(request.user, project), form)
    page = Paginator(rows.order_by("-id"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": page.object_list, "today": localdate()}
    return render(request, "assignments/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def assignment_create(request: SignedInRequest, project: Project) -> HttpResponse:
    """Give claims and articles, chosen by `?claim=` and `?article=`, to somebody."""
    check_assign_work(request.user, project)
    sent = request.POST if request.method == "POST" else request.GET
    chosen = sent.getlist("claim"), sent.getlist("article")
    subjects = find_subjects(request.user, project, *chosen)
    form = GiveForm(request.POST or None, people=assignable_in(project))
    if form.is_bound and form.is_valid():
        fields = form.cleaned_data
        try:
            given = services.assignments_give(
                actor=request.user, project=project, subjects=subjects, **fields
            )
        except DomainError as error:
            add_error(form, error)
        else:
            _say_given(request, given)
            return redirect("assignment-list", slug=project.slug)
    context = {"form": form, "subjects": subjects}
    return render(request, "assignments/give.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def assignment_hand_back(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Hand my work back, and say why."""
    assignment = find_assignment(request.user, project, uid)
    check_work_on_assignment(request.user, assignment)
    form = WhyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            services.assignment_hand_back(actor=request.user, assignment=assignment, reason=reason)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Handed back."))
            return redirect("me-page", slug=project.slug)
    words = {
        "heading": _("Hand back"),
        "says": _("Others can take it up. The queue will not offer it to you again."),
        "button": _("Hand back"),
        "rows": [assignment],
    }
    return _act(request, form, words)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def assignment_send_back(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Ask for another look at what was handed in."""
    assignment = find_assignment(request.user, project, uid)
    check_assign_work(request.user, project)
    form = SendBackForm(request.POST or None)
    if form.is_bound and form.is_valid():
        note = form.cleaned_data["note"]
        try:
            services.assignment_send_back(actor=request.user, assignment=assignment, note=note)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Sent back."))
            return redirect(subject_url(project, assignment))
    words = {
        "heading": _("Send back"),
        "says": _("It is the person's work again, and comes to them first."),
        "button": _("Send back"),
        "rows": [assignment],
    }
    return _act(request, form, words)


def _narrowed(rows: "QuerySet[Assignment]", form: AssignmentFilterForm) -> "QuerySet[Assignment]":
    form.is_valid()
    asked: dict[str, Any] = form.cleaned_data
    state = asked.get("state", "")
    if asked.get("assignee"):
        rows = rows.filter(assignee=form.people[asked["assignee"]])
    if state == "all":
        return rows
    if state == "overdue":
        return rows.filter(pk__in=Assignment.objects.overdue(localdate()).values("pk"))
    if state:
        return rows.filter(state=state)
    return rows.filter(pk__in=Assignment.objects.unfinished().values("pk"))


def _act(request: SignedInRequest, form: Any, words: dict[str, Any]) -> HttpResponse:
    status = 400 if form.is_bound else 200
    return render(request, "assignments/act.html", {"form": form, **words}, status=status)


def _say_given(request: SignedInRequest, given: services.Given) -> None:
    made, already, done = len(given.made), len(given.already), len(given.done)
    if made:
        said = ngettext("Assigned %(n)d.", "Assigned %(n)d.", made) % {"n": made}
        messages.success(request, said)
    if already:
        said = ngettext("%(n)d was theirs already.", "%(n)d were theirs already.", already) % {
            "n": already
        }
        messages.info(request, said)
    if done:
        said = ngettext(
            "%(n)d left out: they have judged it, or it is marked.",
            "%(n)d left out: they have judged them, or they are marked.",
            done,
        ) % {"n": done}
        messages.info(request, said)
