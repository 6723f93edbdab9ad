"""Moving a claim's words by their handles: other ranges, and all that hangs on the place stays."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.claims import services
from annotations.claims.models import Mention
from annotations.claims.permissions import check_edit_mention
from annotations.lib.errors import InvalidInput
from annotations.projects.models import Project
from annotations.web.access import SignedInRequest, project_page
from annotations.web.forms.claims import MoveForm
from annotations.web.once import form_key, once
from annotations.web.views.claims_find import find_mention
from annotations.web.views.claims_place import check_same_text
from annotations.web.views.claims_saved import after_save, places_of


@require_POST
@project_page()
def mention_move(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Give an appearance other ranges; its chain is not sent and stays as it is."""
    mention = find_mention(request.user, project, uid)
    check_edit_mention(request.user, mention)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(_first_error(form))
    check_same_text(mention.version, form.cleaned_data["content_hash"])
    before = places_of(mention.claim, mention.version)
    once(
        user=request.user,
        route="mention-move",
        action="mention.update",
        key=form_key(request.POST),
        make=lambda: _move(request, mention, form),
    )
    return after_save(request, project, mention.version, mention.claim.number, before)


def _move(request: SignedInRequest, mention: Mention, form: MoveForm) -> str:
    services.mention_update(
        actor=request.user,
        mention=mention,
        revision=form.cleaned_data["revision"],
        ranges=form.cleaned_data["range"],
    )
    return str(mention.uid)


def _first_error(form: MoveForm) -> str:
    """Return a sentence for the person: only the ranges are theirs, the rest is the script's."""
    if form.errors.get("range"):
        return str(form.errors["range"][0])
    return _("The place could not be moved. Load the page again, then try.")
