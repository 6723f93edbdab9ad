"""The article list: which articles, in what order, one page of them, and what each row shows."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OrderBy, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce

from annotations.articles.models import Article, Block, Outlet
from annotations.articles.querysets import ArticleQuerySet
from annotations.claims.models import Mention
from annotations.lib.dates import FIRST_YEAR, LAST_YEAR
from annotations.projects.models import Project
from annotations.projects.visibility import Sight
from annotations.search.limits import bounded_search
from annotations.search.matching import Matches, UrlMatches
from annotations.search.words import Term

PAGE_SIZE = 25
# Every order is one of the article indexes, forwards or backwards; see their models.
SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    "-added": ("-created_at", "-id"),
    "added": ("created_at", "id"),
    "-published": (F("published_earliest").desc(nulls_last=True), "-id"),
    "published": ("published_earliest", "id"),
    "title": ("title", "id"),
    "-title": ("-title", "-id"),
    "outlet": ("outlet__name", "outlet_id", "-id"),
    "-outlet": ("-outlet__name", "-outlet_id", "id"),
    "marking": ("-marking_state", "id"),
    "-marking": ("marking_state", "-id"),
}
DEFAULT_SORT = "-added"
Ids = list[int] | QuerySet[Any, Any]
# Chosen for articles that have no outlet or no known language.
NONE = "-"


@dataclass(frozen=True, slots=True)
class ArticleSearch:
    """What is asked of a project's articles. Empty fields ask nothing."""

    terms: tuple[Term, ...] = ()
    outlet: UUID | None = None
    without_outlet: bool = False
    language: str = ""
    kind: str = ""
    marking_state: str = ""
    published_from: date | None = None
    published_to: date | None = None
    has_claims: bool | None = None
    added_by: int | None = None
    sort: str = DEFAULT_SORT


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What the list shows of an article; `claim_count` are different claims, kept and visible."""

    pk: int
    uid: UUID
    title: str
    outlet: str | None
    url: str
    published: str
    language: str
    marking_state: str
    hidden_at: datetime | None
    locked_at: datetime | None
    claim_count: int


class CountedPaginator(Paginator):
    """A paginator whose rows were counted and cut out already."""

    def __init__(self, total: int) -> None:
        super().__init__((), PAGE_SIZE)
        self.total = total

    @property
    def count(self) -> int:
        """The number of rows on all pages."""
        return self.total


class ArticlePage(Page):
    """One page of ArticleRows."""

    paginator: CountedPaginator

    @property
    def adjusted_elided_pages(self) -> list[int | str]:
        """The page numbers to offer: ends, neighbours, and ellipses between."""
        return list(self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1))


def find_articles(project: Project, sight: Sight, wanted: ArticleSearch) -> ArticleQuerySet:
    """Return the project's articles that the viewer sees and `wanted` asks for, in no order."""
    articles = Article.objects.in_sight(project, sight)
    for term in wanted.terms:
        articles = articles.filter(pk__in=_holding(project, sight, term))
    if wanted.outlet is not None:
        articles = articles.filter(
            outlet__in=Outlet.objects.filter(project=project, uid=wanted.outlet)
        )
    if wanted.without_outlet:
        articles = articles.filter(outlet__isnull=True)
    if wanted.language:
        articles = articles.filter(language="" if wanted.language == NONE else wanted.language)
    if wanted.kind:
        articles = articles.filter(kind=wanted.kind)
    if wanted.marking_state:
        articles = articles.filter(marking_state=wanted.marking_state)
    if wanted.added_by is not None:
        articles = articles.filter(created_by=wanted.added_by)
    if wanted.has_claims is not None:
        has_claims = Exists(Mention.objects.kept().in_sight(sight).filter(article=OuterRef("pk")))
        articles = articles.filter(has_claims if wanted.has_claims else ~has_claims)
    return articles.filter(_published_within(project, wanted))


def article_page(project: Project, sight: Sight, wanted: ArticleSearch, number: int) -> ArticlePage:
    """Return one page, the nearest one there is, of ArticleRows; in a constant number of queries.

    Only the page's rows are read whole: what comes before them is counted off in an index.
    Raises SearchTooLong.
    """
    found = find_articles(project, sight, wanted)
    ids: Ids
    if wanted.terms:
        with bounded_search():
            ids, total = _searched_ids(found, wanted.sort, number)
        number = _nearest(number, total)
    else:
        total = found.count()
        number = _nearest(number, total)
        ids = _sorted_ids(found, wanted.sort, (number - 1) * PAGE_SIZE)
    return ArticlePage(_rows(ids, sight, wanted.sort), number, CountedPaginator(total))


def _rows(ids: Ids, sight: Sight, sort: str) -> list[ArticleRow]:
    claims = (
        Mention.objects.kept()
        .in_sight(sight)
        .filter(article=OuterRef("pk"))
        .order_by()
        .values("article")
        .values_list(Count("claim_id", distinct=True))
    )
    rows = (
        Article.objects.filter(pk__in=ids)
        .order_by(*_order(sort))
        .values_list(
            "pk",
            "uid",
            "title",
            "outlet__name",
            "url",
            "published",
            "language",
            "marking_state",
            "hidden_at",
            "locked_at",
            Coalesce(Subquery(claims), 0),
        )
    )
    return [ArticleRow(*row) for row in rows]


def _holding(project: Project, sight: Sight, term: Term) -> "QuerySet[Any, Any]":
    """Return the ids of articles in which the term occurs somewhere, any version included."""
    return (
        Block.objects.filter(Matches("text", term), project=project)
        .values_list("version__article_id")
        .union(
            Mention.objects.kept()
            .in_sight(sight)
            .filter(Matches("claim__text", term), project=project)
            .values_list("article_id"),
            Article.objects.filter(Matches("title", term), project=project).values_list("pk"),
            Article.objects.filter(UrlMatches("url", term), project=project).values_list("pk"),
            Article.objects.filter(
                Matches("outlet__name", term), outlet__project=project
            ).values_list("pk"),
            all=True,
        )
    )


def _published_within(project: Project, wanted: ArticleSearch) -> Q:
    """Return the condition that an article can have appeared on one of the days asked for."""
    zone = ZoneInfo(project.time_zone)
    condition = Q()
    if wanted.published_from:
        condition &= Q(published_latest__gt=_midnight(wanted.published_from, zone))
    if wanted.published_to:
        last = min(wanted.published_to, date(LAST_YEAR, 12, 31))
        condition &= Q(published_earliest__lt=_midnight(last + timedelta(days=1), zone))
    return condition


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return when a day begins, inside the years that dates of articles can have."""
    held = max(date(FIRST_YEAR, 1, 1), min(day, date(LAST_YEAR + 1, 1, 1)))
    return datetime.combine(held, time(), zone)


def _nearest(number: int, total: int) -> int:
    return max(1, min(number, -(-total // PAGE_SIZE)))


def _order(sort: str) -> tuple[str | OrderBy, ...]:
    """Return the order for rows that are few or must be sorted anyway: no outlet comes last."""
    if sort.lstrip("-") != "outlet":
        return SORTS[sort]
    by_name = F("outlet__name")
    is_down = sort.startswith("-")
    first = by_name.desc(nulls_last=True) if is_down else by_name.asc(nulls_last=True)
    return (first, *SORTS[sort][1:])


def _sorted_ids(found: ArticleQuerySet, sort: str, offset: int) -> Ids:
    """Return the ids of the page that starts after `offset` articles, as a subquery or a list.

    By outlet, articles without one come last in both directions: they are fetched by themselves,
    so that the others can be read in the order of two indexes.
    """
    if sort.lstrip("-") != "outlet":
        return found.order_by(*SORTS[sort]).values("pk")[offset : offset + PAGE_SIZE]
    named = found.filter(outlet__project=F("project")).order_by(*SORTS[sort])
    ids = list(named.values_list("pk", flat=True)[offset : offset + PAGE_SIZE])
    if len(ids) < PAGE_SIZE:
        skip = max(0, offset - found.filter(outlet__isnull=False).count())
        rest = found.filter(outlet__isnull=True).order_by(*SORTS[sort][2:])
        ids += rest.values_list("pk", flat=True)[skip : skip + PAGE_SIZE - len(ids)]
    return ids


def _searched_ids(found: ArticleQuerySet, sort: str, number: int) -> tuple[list[int], int]:
    """Return one page of a search and the number of all that was found, in one pass.

    Searching twice, once to count, would double the time.
    """
    counted = (
        found.annotate(total=Window(Count("pk"))).order_by(*_order(sort)).values_list("pk", "total")
    )
    offset = (max(1, number) - 1) * PAGE_SIZE
    rows = list(counted[offset : offset + PAGE_SIZE])
    if not rows and offset:
        total = found.count()
        return _searched_ids(found, sort, _nearest(number, total)) if total else ([], 0)
    return [pk for pk, _total in rows], rows[0][1] if rows else 0
