"""Articles and their versions."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import ArticleFilters
from annotations.api.idempotency import idempotent
from annotations.api.pagination import BY_ID, BY_ID_DOWN, BY_TIMES, by_text, by_time
from annotations.api.schema import changing, creating, listing, retrieving
from annotations.api.serializers.articles import (
    ArticleChange,
    ArticleIn,
    ArticleOut,
    VersionIn,
    VersionOut,
    VersionWithTextOut,
)
from annotations.api.views.base import ProjectViewSet
from annotations.articles.errors import AddressTaken, TextKnown
from annotations.articles.models import Article, ArticleVersion, VersionOrigin
from annotations.articles.permissions import (
    check_add_article,
    check_add_version,
    check_edit_article,
)
from annotations.articles.services import article_create, article_update, version_add
from annotations.lib.errors import Conflict


class NamesTheArticle(ProjectViewSet):
    """A view whose refusals name the article that is in the way."""

    def name_conflicting(self, error: Conflict) -> dict[str, Any]:
        """Name the article that has the address or the text."""
        article = error.article if isinstance(error, (AddressTaken, TextKnown)) else None
        if article is None:
            return {}
        path = reverse("api-article", kwargs={"slug": self.project.slug, "uid": article.uid})
        return {
            "conflicts_with": {
                "uid": str(article.uid),
                "url": self.request.build_absolute_uri(path),
            }
        }


class ArticleViewSet(NamesTheArticle):
    """The articles of a project."""

    tag = "articles"
    queryset = Article.objects.none()
    serializer_class = ArticleOut
    filterset_class = ArticleFilters
    can_be_hidden = True
    orders = {
        **BY_TIMES,
        "-published": by_time("published_earliest", descending=True, nullable=True),
        "published": by_time("published_earliest", nullable=True),
        "title": by_text("title"),
        "-title": by_text("title", descending=True),
    }

    def rows(self) -> QuerySet:
        """Return the articles the caller may see, each with its latest version."""
        latest = ArticleVersion.objects.filter(article=OuterRef("pk")).order_by("-number")
        return (
            Article.objects.visible_to(self.user)
            .filter(project=self.project)
            .select_related("outlet", "created_by", "syndicated_from")
            .annotate(
                version_uid=Subquery(latest.values("uid")[:1]),
                version_number=Subquery(latest.values("number")[:1]),
            )
        )

    @listing(ArticleOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List articles."""
        return super().list(request, **kwargs)

    @retrieving(ArticleOut, hideable=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read an article; its text is in its versions."""
        return super().retrieve(request, **kwargs)

    @creating(ArticleIn, ArticleOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add an article with its first version."""
        check_add_article(self.user, self.project)
        fields = self.checked(ArticleIn)
        article = article_create(
            actor=self.user, project=self.project, origin=VersionOrigin.API, **fields
        )
        row = self.rows().get(pk=article.pk)
        return self.created(row, "api-article", {"slug": self.project.slug, "uid": row.uid})

    @changing(ArticleChange, ArticleOut)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Correct what is said about an article."""
        article = self.find()
        check_edit_article(self.user, article)
        revision = self.revision_seen(article)
        changes = self.checked(ArticleChange)
        article_update(actor=self.user, article=article, revision=revision, **changes)
        return self.answer(self.find())

    def describe(self, row: Any) -> tuple[dict[str, Any], str]:
        """Return the article as it is now; one that a service has just locked is read again."""
        return super().describe(row if hasattr(row, "version_uid") else self.find())


class VersionViewSet(ProjectViewSet):
    """The versions of an article."""

    tag = "articles"
    queryset = ArticleVersion.objects.none()
    serializer_class = VersionOut
    orders = {"number": BY_ID, "-number": BY_ID_DOWN}
    default_order = "number"

    def article(self) -> Article:
        """Return the article of the address, or raise Http404."""
        rows = Article.objects.visible_to(self.user).filter(project=self.project)
        uid = self.kwargs["article_uid"]
        article = rows.filter(uid=uid).first()
        if article is None:
            raise Http404
        article.project = self.project
        return article

    def rows(self) -> QuerySet:
        """Return the article's versions, without their texts."""
        versions = ArticleVersion.objects.filter(article=self.article())
        return versions.select_related("created_by", "capture").defer("text")

    @listing(VersionOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List the versions of an article, without their texts."""
        return super().list(request, **kwargs)

    @retrieving(VersionWithTextOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a version with its text and blocks; it never changes."""
        self.serializer_class = VersionWithTextOut
        return super().retrieve(request, **kwargs)

    @creating(VersionIn, VersionOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a further version; 200 with the latest one when its text is the same."""
        article = self.article()
        check_add_version(self.user, article)
        fields = self.checked(VersionIn)
        version, added = version_add(
            actor=self.user, article=article, origin=VersionOrigin.API, **fields
        )
        names = {"slug": self.project.slug, "article_uid": article.uid, "uid": version.uid}
        return self.created(version, "api-version", names, 201 if added else 200)
