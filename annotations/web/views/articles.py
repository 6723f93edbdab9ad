"""The project's articles: the list, and the versions of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.articles.models import Article, ArticleVersion, MarkingState
from annotations.articles.permissions import check_add_version, check_edit_article
from annotations.articles.refreshing import waiting_since
from annotations.captures.models import Capture
from annotations.claims.models import Mention
from annotations.claims.placements.models import MentionPlacement, State
from annotations.claims.placements.querysets import PlacementQuerySet
from annotations.lifecycle.permissions import check_record_event
from annotations.projects.models import Project
from annotations.projects.visibility import Sight
from annotations.search.articles import ArticlePage, ArticleRow, ArticleSearch, article_page
from annotations.search.limits import SearchTooLong, bounded_search
from annotations.search.marks import Piece, has_hit, pieces
from annotations.search.snippets import FoundClaim, FoundText, found_claims, found_texts
from annotations.search.words import Term
from annotations.verification.assignments.at_work import at_work_on_articles
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.articles_filter import ArticleFilterForm
from annotations.web.views.articles_events import events_by_version
from annotations.web.views.claims_find import hidden_or_404, may, visible_article
from annotations.web.views.notices_read import NoticeOffer, notice_offers

_BADGES = {
    MarkingState.TO_DO.value: "badge--neutral",
    MarkingState.IN_PROGRESS.value: "badge--info",
    MarkingState.DONE.value: "badge--ok",
}
_ANY_UID = UUID(int=0)
_NOTHING, _UNKNOWN = SafeString(""), SafeString("—")


@dataclass(frozen=True, slots=True)
class Found:
    """Where a search found its words in one article, as HTML with the hits marked."""

    text: SafeString
    old_version: int | None
    claim: SafeString
    claim_number: int | None
    address: SafeString


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One article of the list as HTML: a page of them is drawn in milliseconds."""

    article: ArticleRow
    url: SafeString
    title: SafeString
    outlet: SafeString
    published: SafeString
    language: SafeString
    marking: SafeString
    claim_count: SafeString
    moderated: bool
    at_work: SafeString
    found: Found | None


@require_safe
@project_page()
def article_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show the project's articles: searched, filtered, sorted and paged by the address."""
    sight = request.access.sight
    form = ArticleFilterForm(request.GET, project=project, sight=sight)
    wanted = form.wanted(request.user)
    try:
        page = article_page(project, sight, wanted, page_number(request))
        lines = article_lines(page, project, wanted, sight)
    except SearchTooLong as error:
        add_error(form, error)
        page, lines = None, []
    context: dict[str, object] = {"form": form, "page": page, "lines": _drawn(lines, project)}
    if page is not None and page.has_other_pages():
        context |= page_links(request, page)
    return render(request, "articles/list.html", context)


@require_safe
@project_page()
def version_list(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show an article's versions, the latest first."""
    article = visible_article(request.user, project, uid)
    if article is None:
        rows = Article.objects.filter(project=project, uid=uid)
        return hidden_or_404(request, rows, _("article"))
    seen = Mention.objects.listed_to(request.user).kept()
    versions: Any = list(
        ArticleVersion.objects.visible_to(request.user)
        .filter(article=article)
        .select_related("created_by", "file", "capture")
        .defer("text")
        .annotate(mention_count=Count("mentions", Q(mentions__in=seen.values("pk"))))
        .order_by("-number")
    )
    placed = MentionPlacement.objects.listed_to(request.user).kept()
    counts = dict(_placed_by_version(placed.filter(version__article=article)))
    events = events_by_version(request, article, versions)
    for version in versions:
        version.events = events.get(version.pk, ())
        version.placed_count, version.open_count = counts.get(version.pk, (0, 0))
    may_add = may(check_add_version, request.user, article)
    context = {
        "article": article,
        "versions": versions,
        "captures": _captures_seen(request, versions),
        "to_check": waiting_since(versions[0]) if versions and may_add else None,
        "may_edit": may(check_edit_article, request.user, article),
        "may_record": may(check_record_event, request.user, article),
        "may_add": may_add,
        "notices": _notices(request, article, versions),
    }
    return render(request, "articles/versions.html", context)


def _notices(
    request: SignedInRequest, article: Article, versions: list[ArticleVersion]
) -> list[NoticeOffer]:
    """Return what the latest text says of its own correction."""
    if not versions:
        return []
    versions[0].article, versions[0].project = article, article.project
    return notice_offers(request, versions[0], versions[0].text)


def _captures_seen(request: SignedInRequest, versions: Iterable[ArticleVersion]) -> set[int]:
    """Return which of the versions' captures the person may look at."""
    read = {one.capture_id for one in versions if one.capture_id}
    if not read:
        return set()
    return set(
        Capture.objects.visible_to(request.user).filter(pk__in=read).values_list("pk", flat=True)
    )


def _placed_by_version(rows: PlacementQuerySet) -> Iterable[tuple[int, tuple[int, int]]]:
    """Yield how many mentions of earlier versions were placed in each, and how many of them wait
    for a person; one query.
    """
    waiting = Count("pk", Q(state=State.NEEDS_REVIEW))
    found = rows.values_list("version").annotate(total=Count("pk"), waiting=waiting)
    for version, total, left in found:
        yield version, (total, left)


def page_number(request: SignedInRequest) -> int:
    """Return the page asked for; the first for anything that is no number."""
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def page_links(request: SignedInRequest, page: ArticlePage) -> dict[str, object]:
    """Return what _pages.html draws: `links`, `previous` and `next`.

    `links` are number and address of each page to offer; an ellipsis has no address. The other
    parameters of the address are kept.
    """
    asked = request.GET.copy()
    asked.pop("page", None)
    asked["page"] = ""
    base = f"?{asked.urlencode()}"
    numbers = page.adjusted_elided_pages
    return {
        "links": [(n, f"{base}{n}" if isinstance(n, int) else "") for n in numbers],
        "previous": f"{base}{page.number - 1}" if page.has_previous() else "",
        "next": f"{base}{page.number + 1}" if page.has_next() else "",
    }


def article_lines(
    page: ArticlePage, project: Project, wanted: ArticleSearch, sight: Sight
) -> list[ArticleLine]:
    """Put what the search found beside each article of the page, and who is at work on it."""
    ids = [article.pk for article in page.object_list]
    found: dict[int, Found] = {}
    if wanted.terms and ids:
        with bounded_search():
            texts = found_texts(ids, wanted.terms)
            claims = found_claims(ids, wanted.terms, sight)
        found = {
            row.pk: _found(row, wanted.terms, texts.get(row.pk), claims.get(row.pk))
            for row in page.object_list
        }
    at_work = at_work_on_articles(ids, sight.user_id) if ids else {}
    badges = {
        state: format_html('<span class="badge {}">{}</span>', style, MarkingState(state).label)
        for state, style in _BADGES.items()
    }
    # One look-up for all rows: each costs as much as drawing half a row.
    address = escape(reverse("workbench", kwargs={"slug": project.slug, "uid": _ANY_UID}))
    return [
        ArticleLine(
            article=row,
            url=SafeString(address.replace(str(_ANY_UID), str(row.uid))),
            title=marked(pieces(row.title, wanted.terms)),
            outlet=marked(pieces(row.outlet, wanted.terms)) if row.outlet else _UNKNOWN,
            published=SafeString(escape(row.published)) if row.published else _UNKNOWN,
            language=SafeString(escape(row.language)) if row.language else _UNKNOWN,
            marking=badges[row.marking_state],
            claim_count=SafeString(row.claim_count),
            moderated=bool(row.hidden_at or row.locked_at),
            at_work=_at_work(at_work.get(row.pk, ())),
            found=found.get(row.pk),
        )
        for row in page.object_list
    ]


def _drawn(lines: Sequence[ArticleLine], project: Project) -> SafeString:
    """Return the rows of the table."""
    named = [_("Outlet"), _("Published"), _("Language"), _("Marking"), _("Claims")]
    # Every text in a row is HTML already.
    heads = [escape(str(name)) for name in named]
    return SafeString("".join(_row(line, heads, project) for line in lines))


def _row(line: ArticleLine, heads: Sequence[str], project: Project) -> str:
    outlet, published, language, marking, claims = heads
    more = ""
    if line.moderated:
        more += render_to_string("articles/_moderated.html", {"article": line.article})
    if line.found:
        found = {"found": line.found, "project": project}
        more += render_to_string("articles/_found.html", found)
    at_work = f'<div class="meta">{line.at_work}</div>' if line.at_work else ""
    return (
        f'<tr><th scope="row" class="articles__title"><a href="{line.url}" dir="auto">{line.title}'
        f"</a>{more}</th>"
        f'<td data-label="{outlet}"><bdi>{line.outlet}</bdi></td>'
        f'<td data-label="{published}" class="articles__date">{line.published}</td>'
        f'<td data-label="{language}">{line.language}</td>'
        f'<td data-label="{marking}">{line.marking}{at_work}</td>'
        f'<td data-label="{claims}" class="table__number">{line.claim_count}</td></tr>'
    )


def _at_work(names: Sequence[str]) -> SafeString:
    listed = format_html_join(", ", "<bdi>{}</bdi>", [[name] for name in names])
    return format_html("{} {}", _("Being worked on by"), listed) if names else _NOTHING


def marked(found: list[Piece]) -> SafeString:
    """Return the pieces as HTML, hits in <mark>; every piece is escaped."""
    return SafeString(
        "".join(
            f"<mark>{escape(piece.text)}</mark>" if piece.is_hit else escape(piece.text)
            for piece in found
        )
    )


def _found(
    article: ArticleRow,
    terms: tuple[Term, ...],
    text: FoundText | None,
    claim: FoundClaim | None,
) -> Found:
    address = pieces(article.url, terms)
    return Found(
        text=marked(text.pieces) if text else _NOTHING,
        old_version=text.old_version if text else None,
        claim=marked(claim.pieces) if claim else _NOTHING,
        claim_number=claim.number if claim else None,
        address=marked(address) if has_hit(address) else _NOTHING,
    )
