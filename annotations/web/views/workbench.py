"""The reviewer's screen: an article's text with its claims marked, and the claims beside it."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.articles.models import Article, ArticleVersion
from annotations.claims.models import Claim
from annotations.claims.permissions import check_mark_text
from annotations.projects.models import Project
from annotations.verification.models import Label
from annotations.web.access import SignedInRequest, project_page
from annotations.web.late import LateParts, render_late
from annotations.web.views.claims_find import (
    find_claim,
    hidden_or_404,
    may,
    version_of_address,
    visible_article,
)
from annotations.web.views.workbench_card import review_form, view_claim
from annotations.web.views.workbench_read import Filters, Reading
from annotations.web.views.workbench_rows import draw_rows
from annotations.web.views.workbench_text import draw_minimap, draw_text, touched_blocks


@require_safe
@project_page()
def workbench(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show one version of an article, the latest unless another is asked for."""
    article = visible_article(request.user, project, uid)
    if article is None:
        rows = Article.objects.filter(project=project, uid=uid)
        return hidden_or_404(request, rows, _("article"))
    versions = list(
        ArticleVersion.objects.filter(article=article).defer("text").order_by("-number")
    )
    version = _asked_version(versions, request.GET.get("version", ""))
    version.article, version.project = article, project
    reading = read(request, article, version)
    reading.is_only_version = len(versions) == 1
    opened = _opened(request, project, article, version)
    late = LateParts()
    context = {
        "article": article,
        "version": version,
        "versions": versions,
        "latest": versions[0],
        **text_context(reading, late),
        **panel_context(reading, late),
        **opened,
    }
    return render_late(request, "workbench/workbench.html", context, late)


@require_safe
@project_page()
def claim_card(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Answer with one claim's card, for the panel beside the text."""
    claim = find_claim(request.user, project, number)
    version = version_of_address(request, project)
    return render(request, "workbench/_opened.html", card_context(request, claim, version))


def read(request: SignedInRequest, article: Article, version: ArticleVersion) -> Reading:
    """Open the person's reading of a version, with the filters of the address."""
    asked = request.GET
    label = asked.get("label", "")
    filters = Filters(
        label=label if label in (*Label.values, "none") else "",
        words=asked.get("q", "").strip()[:200],
        mine=asked.get("mine") == "1",
        discarded=asked.get("discarded") == "1",
    )
    sight = request.access.sight
    return Reading(article, version, request.user, sight, filters)


def text_context(reading: Reading, late: LateParts) -> dict[str, object]:
    """Return the drawn text and the strip that shows where its marks are."""
    return {
        "text_html": late.place(draw_text(reading.blocks, reading.marks)),
        "minimap_html": draw_minimap(reading.blocks, reading.marks),
        "has_headline": any(block.kind == "headline" for block in reading.blocks),
    }


def panel_context(reading: Reading, late: LateParts) -> dict[str, object]:
    """Return the list of claims beside the text."""
    query = {"discarded": "1"} if reading.filters.discarded else {}
    here = query | ({"version": str(reading.version.number)})
    return {
        "reading": reading,
        "filters": reading.filters,
        "labels": Label.choices,
        "rows_html": late.place(draw_rows(reading.shown_rows, query=here)),
        "elsewhere_html": late.place(draw_rows(reading.rows_elsewhere, query=query)),
        "shown_count": len(reading.shown_rows),
        "claim_count": len(reading.claim_rows),
        "elsewhere_count": len(reading.rows_elsewhere),
        "may_mark": may(check_mark_text, reading.viewer, reading.version),
    }


def card_context(
    request: SignedInRequest, claim: Claim, version: ArticleVersion | None
) -> dict[str, object]:
    """Return one claim's card; `version` is the text beside it."""
    view = view_claim(claim, request.user, request.access.sight)
    return {
        "view": view,
        "claim": claim,
        "version": version,
        "project": claim.project,
        "review_form": review_form(view),
    }


def saved_response(
    request: SignedInRequest,
    claim: Claim,
    version: ArticleVersion,
    ranges: Iterable[tuple[int, int]],
) -> HttpResponse:
    """Answer a script's save: the card, the claim's row and the touched blocks, each by its id."""
    reading = read(request, version.article, version)
    rows = [row for row in reading.claim_rows if row.claim_id == claim.pk]
    blocks = touched_blocks(reading.blocks, ranges)
    context = {
        **card_context(request, claim, version),
        "row_html": draw_rows(rows, query={"version": str(version.number)}),
        "blocks_html": draw_text(reading.blocks, reading.marks, only=blocks) if blocks else "",
        "claim_count": len(reading.claim_rows),
        "row_gone": not rows,
    }
    return render(request, "workbench/_saved.html", context)


def _opened(
    request: SignedInRequest, project: Project, article: Article, version: ArticleVersion
) -> dict[str, object]:
    """Return the card of the claim in the address, if there is one and it may be seen."""
    number = request.GET.get("claim", "")
    if not number.isdecimal() or len(number) > 9:
        return {}
    try:
        claim = find_claim(request.user, project, int(number))
    except Http404:
        return {}
    return card_context(request, claim, version)


def _asked_version(versions: list[ArticleVersion], number: str) -> ArticleVersion:
    if not versions:
        raise Http404
    if not number:
        return versions[0]
    for version in versions:
        if str(version.number) == number:
            return version
    raise Http404
