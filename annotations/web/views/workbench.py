"""The reviewer's screen: an article's text with its claims marked, and the claims beside it."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.articles.models import Article, ArticleVersion
from annotations.articles.passages import passage_in
from annotations.articles.permissions import check_add_version, check_edit_article
from annotations.claims.models import Claim
from annotations.claims.permissions import check_mark_text
from annotations.notifications.kinds import TargetKind
from annotations.notifications.services import is_following
from annotations.projects.models import Project
from annotations.verification.assignments.reading import work_on
from annotations.verification.models import Label
from annotations.web.access import SignedInRequest, project_page
from annotations.web.late import LateParts, render_late
from annotations.web.views.articles_events import happened_to
from annotations.web.views.claims_find import (
    absent_context,
    find_claim,
    find_version,
    hidden_or_404,
    may,
    version_of_address,
    visible_article,
)
from annotations.web.views.notices_read import notice_offers
from annotations.web.views.placements_read import placed_here
from annotations.web.views.workbench_card import (
    ClaimView,
    MadeClaim,
    drafts_on,
    review_form,
    view_claim,
    view_new_claim,
)
from annotations.web.views.workbench_fragments import Fragments
from annotations.web.views.workbench_list import WINDOW, ClaimList, Filters, row_of_claim
from annotations.web.views.workbench_read import Reading
from annotations.web.views.workbench_round import round_under_way
from annotations.web.views.workbench_rows import draw_rows
from annotations.web.views.workbench_text import draw_kept, draw_minimap, draw_text
from annotations.web.views.workbench_touched import TouchedReading

# What this process has drawn of late.
FRAGMENTS = Fragments()
EVERY_ROW = "all"


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
    reading = read(request, version)
    late = LateParts()
    opened = _opened(request, project, version)
    context = {
        "article": article,
        "version": version,
        "versions": versions,
        "latest": versions[0],
        "notices": notice_offers(request, version, "".join(one.text for one in reading.blocks)),
        "under_way": round_under_way(request, article),
        "placed": placed_here(request, version),
        "may_edit": may(check_edit_article, request.user, article),
        "work": work_on(article, request.user),
        "today": localdate(),
        "may_add_version": may(check_add_version, request.user, article),
        "is_followed": is_following(request.user, TargetKind.ARTICLE, article.uid),
        **happened_to(request, article),
        **text_context(reading, late),
        **panel_context(request, reading, late, is_only_version=len(versions) == 1),
        **opened,
    }
    return render_late(request, "workbench/workbench.html", context, late)


@require_safe
@project_page()
def claim_card(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Answer with one claim's card, for the panel beside the text, or say that it is not here."""
    version = version_of_address(request, project)
    try:
        claim = find_claim(request.user, project, number)
    except Http404:
        absent = absent_context(request.user, project, number)
        status = 200 if absent["is_hidden"] else 404
        return render(
            request, "workbench/_absent.html", {**absent, "version": version}, status=status
        )
    return render(request, "workbench/_opened.html", card_context(request, claim, version))


@require_safe
@project_page()
def claim_rows(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Answer with a window of the list: `?rows=N`, `?claim=N`, or `?at=` an offset of the text;
    or with the claims of `?number=`, in that order.
    """
    version = find_version(request.user, project, uid)
    claims = ClaimList(read(request, version), asked_filters(request))
    if "number" in request.GET:
        numbers = [_number(one) for one in request.GET.getlist("number")[:WINDOW]]
        by_number = {one.number: one for one in claims.claims}
        found = [by_number[one] for one in numbers if one in by_number]
        query = {"version": str(version.number)}
        return HttpResponse(draw_rows(claims.rows(found), query=query))
    context = {"version": version, **window_context(request, claims)}
    return render(request, "workbench/_rows.html", context)


def read(
    request: SignedInRequest,
    version: ArticleVersion,
    ranges: Sequence[tuple[int, int]] | None = None,
) -> Reading:
    """Open the person's reading of a version, or of the blocks that the ranges touch."""
    discarded = request.GET.get("discarded") == "1"
    whole = (version.article, version, request.user, request.access.sight, discarded)
    return Reading(*whole) if ranges is None else TouchedReading(*whole, ranges)


def asked_filters(request: SignedInRequest) -> Filters:
    """Return the filters of the address."""
    asked = request.GET
    label = asked.get("label", "")
    return Filters(
        label=label if label in (*Label.values, "none") else "",
        words=asked.get("q", "").strip()[:200],
        mine=asked.get("mine") == "1",
        discarded=asked.get("discarded") == "1",
    )


def text_context(reading: Reading, late: LateParts) -> dict[str, object]:
    """Return the drawn text and the strip that shows where its marks are."""
    version, marks = reading.version, reading.marks
    drawn = draw_kept(reading.blocks, marks, version.pk, FRAGMENTS)
    return {
        "text_html": late.place(drawn),
        "minimap_html": draw_minimap(version.length, marks),
        "has_headline": any(block.kind == "headline" for block in reading.blocks),
    }


def panel_context(
    request: SignedInRequest, reading: Reading, late: LateParts, *, is_only_version: bool
) -> dict[str, object]:
    """Return the list of claims beside the text."""
    claims = ClaimList(reading, asked_filters(request))
    elsewhere_count, elsewhere = (0, []) if is_only_version else claims.elsewhere
    query = {"discarded": "1"} if claims.filters.discarded else {}
    return {
        "labels": Label.choices,
        **window_context(request, claims, late),
        "elsewhere_html": draw_rows(elsewhere, query=query, beside=reading.version.number),
        "elsewhere_count": elsewhere_count,
        "elsewhere_left": elsewhere_count - len(elsewhere),
        "may_mark": may(check_mark_text, reading.viewer, reading.version),
    }


def window_context(
    request: SignedInRequest, claims: ClaimList, late: LateParts | None = None
) -> dict[str, object]:
    """Return the asked window of the list and the ways to its neighbours.

    Without a script these are links; `rows=all` gives every row, for printing.
    """
    asked, total = request.GET, len(claims.wanted)
    if asked.get("rows") == EVERY_ROW:
        first, rows = 1, claims.rows(claims.wanted)
    else:
        first = _first_row(request, claims)
        rows = claims.window(first)
    # Links in a window come back to it; a version's list is always that version's.
    kept = asked.copy()
    for name in ("claim", "at", "rows", "in"):
        kept.pop(name, None)
    kept["version"] = str(claims.reading.version.number)
    links = kept.copy()
    if first > 1:
        links["rows"] = str(first)
    drawn = draw_rows(rows, query=links)
    last = first + len(rows) - 1
    return {
        "filters": claims.filters,
        "rows_html": late.place(drawn) if late else drawn,
        "first_row": first,
        "last_row": last,
        "rows_before": max(first - WINDOW, 1) if first > 1 else 0,
        "rows_after": last + 1 if last < total else 0,
        "rows_query": kept.urlencode(),
        "shown_count": total,
        "claim_count": len(claims.claims),
    }


def card_context(
    request: SignedInRequest, claim: Claim, version: ArticleVersion | None
) -> dict[str, object]:
    """Return one claim's card; `version` is the text beside it."""
    view = view_claim(claim, request.user, request.access.sight)
    return {**_card_of(view, version), "drafts": drafts_on(view, request.user)}


def _card_of(view: ClaimView, version: ArticleVersion | None) -> dict[str, object]:
    return {
        "view": view,
        "claim": view.claim,
        "version": version,
        "former": view.former_in(version) if version else None,
        "project": view.claim.project,
        "review_form": review_form(view),
    }


def saved_response(
    request: SignedInRequest,
    claim: Claim,
    version: ArticleVersion,
    ranges: Sequence[tuple[int, int]],
    made: MadeClaim | None = None,
) -> HttpResponse:
    """Answer a script's save: the card, the claim's row and the touched blocks, each by its id.

    Only the touched blocks are read, split and drawn; `made` is a claim whose rows are in hand.
    """
    reading = read(request, version, ranges)
    passage = passage_in(reading.blocks) if made else None
    if made and passage:
        view, drafts = view_new_claim(made, request.user, reading.sight, passage), set()
    else:
        view = view_claim(claim, request.user, reading.sight)
        drafts = drafts_on(view, request.user)
    chains = {one.mention.pk: one.chain for one in view.mentions}
    row = row_of_claim(reading, claim, chains)
    context = {
        **_card_of(view, version),
        "drafts": drafts,
        "row_html": draw_rows([row], query={"version": str(version.number)}) if row else "",
        "blocks_html": draw_text(reading.blocks, reading.marks) if ranges else "",
        "row_gone": row is None,
    }
    return render(request, "workbench/_saved.html", context)


def _first_row(request: SignedInRequest, claims: ClaimList) -> int:
    """Return the first row of the window that the address asks for."""
    asked = {name: _number(request.GET.get(name, "")) for name in ("rows", "at", "claim")}
    if asked["rows"] is not None:
        return max(1, min(asked["rows"], len(claims.wanted)))
    if asked["at"] is not None:
        return claims.first_for(at=asked["at"])
    return claims.first_for(number=asked["claim"])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def _opened(
    request: SignedInRequest, project: Project, version: ArticleVersion
) -> dict[str, object]:
    """Return the card of the claim in the address, or what says that it is not here."""
    number = _number(request.GET.get("claim", ""))
    if number is None:
        return {}
    try:
        claim = find_claim(request.user, project, number)
    except Http404:
        return absent_context(request.user, project, number)
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
