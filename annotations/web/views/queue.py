"""What comes next for me, and saying that I am still at it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.projects.models import Project
from annotations.verification.assignments.permissions import (
    check_take_work,
    check_work_on_assignment,
)
from annotations.verification.assignments.queue import assignment_renew, queue_next
from annotations.web.access import SignedInRequest, project_page
from annotations.web.views.assignments_find import find_assignment, subject_url


@require_POST
@project_page()
def queue_take(request: SignedInRequest, project: Project) -> HttpResponse:
    """Hand me the next claim or article, and lead to it."""
    check_take_work(request.user, project)
    kind = request.POST.get("kind", "claim")
    assignment = queue_next(actor=request.user, project=project, kind=kind)
    if assignment is None:
        nothing = (
            _("No claim is waiting for you: each has enough reviewers, or you have judged it.")
            if kind == "claim"
            else _("No article is waiting for you: each is marked, or somebody is at it.")
        )
        messages.info(request, nothing)
        return redirect("me-page", slug=project.slug)
    return redirect(subject_url(project, assignment))


@require_POST
@project_page()
def assignment_heartbeat(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Keep my place for as long as the page is open; the script asks now and then."""
    assignment = find_assignment(request.user, project, uid)
    check_work_on_assignment(request.user, assignment)
    until = assignment_renew(actor=request.user, assignment=assignment)
    if request.POST.get("back"):
        return redirect(subject_url(project, assignment))
    return JsonResponse({"until": date_format(localtime(until), "TIME_FORMAT")})
