"""Taking one appearance of a claim back, and bringing it back."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.claims import services
from annotations.claims.models import Mention
from annotations.claims.permissions import check_edit_mention
from annotations.projects.models import Project
from annotations.web.access import SignedInRequest, project_page
from annotations.web.forms.claims import ReasonForm
from annotations.web.views.claims_find import find_mention
from annotations.web.views.claims_saved import after_change


@require_POST
@project_page()
def mention_discard(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Take a mention back, with a reason; the claim stays."""
    return _turn(request, project, uid, services.mention_discard, _("Discarded."))


@require_POST
@project_page()
def mention_restore(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Bring a discarded mention back."""
    return _turn(request, project, uid, services.mention_restore, _("Restored."))


def _turn(
    request: SignedInRequest,
    project: Project,
    uid: UUID,
    service: Callable[..., Mention],
    said: str,
) -> HttpResponse:
    mention = find_mention(request.user, project, uid)
    check_edit_mention(request.user, mention)
    form = ReasonForm(request.POST)
    form.is_valid()
    service(actor=request.user, mention=mention, **form.turn())
    if not request.htmx:
        messages.success(request, said)
    return after_change(request, project, mention.claim.number)
