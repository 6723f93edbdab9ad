"""What captures are of, on pages: an article or a statement with an address."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from annotations.articles.models import Article, ArticleVersion
from annotations.captures.models import Capture
from annotations.captures.querysets import CaptureQuerySet
from annotations.projects.models import Project
from annotations.statements.models import Statement
from annotations.web.access import SignedInRequest
from annotations.web.views.claims_find import hidden_or_404
from annotations.web.views.statements import statement_name, statements_of

ARTICLE, STATEMENT = "article", "statement"
# What may be done with captures, and the routes of it.
ROUTES = {
    ARTICLE: {
        "list": "article-captures",
        "state": "article-captures-state",
        "take": "capture-take",
        "upload": "capture-upload",
        "copy": "capture-copy",
        "wacz": "article-wacz",
    },
    STATEMENT: {
        "list": "statement-captures",
        "state": "statement-captures-state",
        "take": "statement-capture-take",
        "upload": "statement-capture-upload",
        "copy": "statement-capture-copy",
        "wacz": "statement-wacz",
    },
}


@dataclass(frozen=True, slots=True)
class Captured:
    """An article or a statement, by what its captures are about."""

    kind: str
    row: Article | Statement
    title: str

    @property
    def url(self) -> str:
        """Return the address as it was entered."""
        return self.row.url

    @property
    def canonical_url(self) -> str:
        """Return the address that captures are kept by; "" where there is none."""
        return self.row.canonical_url

    @property
    def routes(self) -> dict[str, str]:
        """Return the names of the routes, by what they do."""
        return ROUTES[self.kind]

    def captures(self, request: SignedInRequest) -> CaptureQuerySet:
        """Return the captures of the address that the person may see, the latest first.

        Of an article, those its versions were read from too: another address may have led there.
        """
        wanted = Q()
        if self.canonical_url:
            wanted |= Q(canonical_url=self.canonical_url)
        if self.kind == ARTICLE:
            read = ArticleVersion.objects.filter(article=self.row.pk, capture__isnull=False)
            wanted |= Q(pk__in=read.values("capture"))
        rows = Capture.objects.visible_to(request.user)
        if not wanted:
            return rows.none()
        return rows.filter(wanted, project=self.row.project).order_by("-taken_at", "-id")


def find_captured(request: SignedInRequest, project: Project, uid: UUID, of: str) -> Captured:
    """Return what the address names; 404 unless the person may see it."""
    if of == ARTICLE:
        rows = Article.objects.visible_to(request.user).filter(project=project)
        article = get_object_or_404(rows.select_related("project"), uid=uid)
        return Captured(of, article, article.title)
    return captured_statement(
        request, get_object_or_404(statements_of(project, request.user), uid=uid)
    )


def captured_statement(request: SignedInRequest, statement: Statement) -> Captured:
    """Return a statement as its captures are about it, named by what the person may see."""
    return Captured(STATEMENT, statement, statement_name(statement, request.access.sight))


def captured_of_address(request: SignedInRequest, capture: Capture) -> Captured | None:
    """Return the article, or else the statement, that has the capture's address, if the person
    may see one.
    """
    project = request.access.project
    address = {"project": project, "canonical_url": capture.canonical_url}
    article = Article.objects.visible_to(request.user).filter(**address).first()
    if article is not None:
        return Captured(ARTICLE, article, article.title)
    rows = statements_of(project, request.user).filter(**address)
    statement = rows.order_by("pk").first()
    return captured_statement(request, statement) if statement is not None else None


def hidden_captured(request: SignedInRequest, project: Project, uid: UUID, of: str) -> HttpResponse:
    """Answer for what moderation has hidden: its author reads why. Raises Http404 for others."""
    if of == ARTICLE:
        articles = Article.objects.filter(project=project, uid=uid)
        return hidden_or_404(request, articles, gettext_lazy("article"))
    statements = Statement.objects.filter(project=project, uid=uid)
    return hidden_or_404(request, statements, gettext_lazy("statement"))
