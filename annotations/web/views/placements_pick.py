"""Saying in the text where the words of an earlier version stand: picked like a new place."""

from uuid import UUID

from django.http import Http404, HttpResponse

from annotations.articles.models import ArticleVersion
from annotations.claims.permissions import check_decide_placement
from annotations.claims.placements.services import placement_select
from annotations.projects.models import Project
from annotations.web.access import SignedInRequest
from annotations.web.forms.claims import Ranges
from annotations.web.views.claims_saved import after_save
from annotations.web.views.placements import find_placement

# The button of the form that adds a place: the placement's uid and revision.
STANDS_HERE = "stands_here"


def stands_here(
    request: SignedInRequest, project: Project, version: ArticleVersion, ranges: Ranges
) -> HttpResponse:
    """Let the words that were picked be where the placement's mention stands."""
    uid, _colon, revision = request.POST[STANDS_HERE].partition(":")
    try:
        row, seen = find_placement(request.user, project, UUID(uid)), int(revision)
    except ValueError as error:
        raise Http404 from error
    if row.version_id != version.pk:
        raise Http404
    check_decide_placement(request.user, row.mention)
    placement_select(actor=request.user, placement=row, revision=seen, ranges=ranges)
    return after_save(request, project, version, row.mention.claim.number)
