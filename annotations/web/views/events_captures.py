"""Adding a capture to an event."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.accounts.roles import Permission
from annotations.captures.models import Capture
from annotations.lib.errors import DomainError
from annotations.lifecycle.event_captures import capture_attach
from annotations.lifecycle.permissions import check_assess_event
from annotations.projects.models import Project
from annotations.projects.refusals import sentence
from annotations.web.access import SignedInRequest, project_page
from annotations.web.views.events import find_event


@require_POST
@project_page(Permission.ANNOTATE)
def event_capture_add(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Add a capture to those of the event; it stays there."""
    event = find_event(request, project, uid)
    check_assess_event(request.user, event)
    rows = Capture.objects.visible_to(request.user).filter(project=project)
    try:
        asked = UUID(request.POST.get("capture", ""))
    except ValueError:
        asked = UUID(int=0)
    capture = get_object_or_404(rows, uid=asked)
    try:
        place = request.POST.get("place", "")
        capture_attach(actor=request.user, event=event, capture=capture, place=place)
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("The capture is among those of the event now."))
    return redirect("event-detail", slug=project.slug, uid=uid)
