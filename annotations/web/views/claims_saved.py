"""Where a save leads: back to the text, to the claim's page, or into the panel of a script."""

from collections.abc import Sequence

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from annotations.articles.models import ArticleVersion
from annotations.claims.models import Claim, Mention
from annotations.claims.placements.models import MentionPlacement
from annotations.projects.models import Project
from annotations.spans.models import SpanRange
from annotations.web.access import SignedInRequest
from annotations.web.views.claims_find import find_claim, version_of_address
from annotations.web.views.workbench import saved_response
from annotations.web.views.workbench_card import MadeClaim


def after_save(
    request: SignedInRequest,
    project: Project,
    version: ArticleVersion,
    number: int,
    before: Sequence[tuple[int, int]] = (),
) -> HttpResponse:
    """Show the claim beside the text it was marked in; `before` are the places it has left."""
    if request.htmx:
        claim = find_claim(request.user, project, number)
        ranges = [*before, *places_of(claim, version)]
        return saved_response(request, claim, version, ranges)
    return HttpResponseRedirect(workbench_url(project, version, number))


def after_making(
    request: SignedInRequest, version: ArticleVersion, made: MadeClaim
) -> HttpResponse:
    """Show the claim that this request has made, as `after_save` does, from what is in hand."""
    if request.htmx:
        return saved_response(request, made.claim, version, made.ranges, made)
    return HttpResponseRedirect(workbench_url(made.claim.project, version, made.claim.number))


def after_change(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Return to where the change came from: the panel beside a text, or the claim's page."""
    version = version_of_address(request, project)
    if version is not None:
        return after_save(request, project, version, number)
    return redirect("claim-detail", slug=project.slug, number=number)


def workbench_url(project: Project, version: ArticleVersion, number: int) -> str:
    """Return the address of the claim's words in that version."""
    address = reverse("workbench", kwargs={"slug": project.slug, "uid": version.article.uid})
    return f"{address}?version={version.number}&claim={number}#claim-{number}"


def places_of(claim: Claim, version: ArticleVersion) -> list[tuple[int, int]]:
    """Return every place the claim has or had in the version: all of them may look different."""
    own = Mention.objects.filter(claim=claim, version=version).values("span_id")
    placed = MentionPlacement.objects.filter(mention__claim=claim, version=version)
    spans = own.union(placed.filter(span__isnull=False).values("span_id"))
    ranges = SpanRange.objects.filter(span_id__in=spans).order_by("span_id", "n")
    return list(ranges.values_list("start", "end"))
