"""Articles by their address, and refreshing them: work of the worker, and its results."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.idempotency import idempotent
from annotations.api.schema import queueing, retrieving, turning
from annotations.api.serializers.uploads import UploadIn, UploadOut, UploadSaveIn
from annotations.api.views.articles import NamesTheArticle
from annotations.articles.by_address import article_refresh, upload_address, upload_again
from annotations.articles.models import Article, ArticleUpload, UploadState
from annotations.articles.permissions import check_add_article, check_add_version
from annotations.articles.uploads import found_of, upload_save_article, upload_save_version
from annotations.captures.permissions import check_take_capture
from annotations.lib.errors import InvalidInput
from annotations.lib.errors import gettext_noop as _

# What may be corrected before it is saved, by the names of what was read.
_READ_AS = {"outlet_name": "outlet"}
_SAID = ("title", "outlet_name", "byline", "url", "language", "published")


class UploadViewSet(NamesTheArticle):
    """Your own uploads, and what came of refreshing articles."""

    tag = "articles"
    queryset = ArticleUpload.objects.none()
    serializer_class = UploadOut

    def rows(self) -> QuerySet:
        """Return the uploads the caller may see."""
        rows = ArticleUpload.objects.visible_to(self.user).filter(project=self.project)
        return rows.select_related("created_by", "article__outlet", "capture")

    @retrieving(UploadOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read how far a page has come; ask again after some seconds while it is under way."""
        return super().retrieve(request, **kwargs)

    @queueing(UploadIn, UploadOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Have a page fetched, archived and read, to become an article or a further version."""
        fields = self.checked(UploadIn)
        article = fields.get("article")
        if article is None:
            check_add_article(self.user, self.project)
        else:
            check_add_version(self.user, article)
        check_take_capture(self.user, self.project)
        upload = upload_address(
            actor=self.user, project=self.project, url=fields["url"], article=article
        )
        return self._queued(upload)

    @queueing(None, UploadOut)
    @idempotent
    def refresh(self, request: Request, **kwargs: Any) -> Response:
        """Have the worker look whether an article's page has changed since."""
        seen = Article.objects.visible_to(self.user).filter(project=self.project)
        article = seen.filter(uid=self.kwargs["article_uid"]).first()
        if article is None:
            raise Http404
        article.project = self.project
        check_add_version(self.user, article)
        return self._queued(article_refresh(actor=self.user, article=article))

    @queueing(None, UploadOut)
    def again(self, request: Request, **kwargs: Any) -> Response:
        """Fetch anew a page that could not be used."""
        upload = self.find()
        check_take_capture(self.user, self.project)
        return self._queued(upload_again(actor=self.user, upload=upload))

    @turning(UploadSaveIn, UploadOut)
    def save(self, request: Request, **kwargs: Any) -> Response:
        """Save what was read, as an article or as a further version; once more changes nothing."""
        upload = self.find()
        fields = self.checked(UploadSaveIn)
        found = found_of(upload)
        text = fields.pop("text", found.text)
        if upload.article is not None and upload.state != UploadState.SAVED:
            check_add_version(self.user, upload.article)
            if fields:
                raise InvalidInput(_("A further version takes its text alone."), field=min(fields))
            upload_save_version(actor=self.user, upload=upload, article=upload.article, text=text)
        else:
            check_add_article(self.user, self.project)
            said = {name: getattr(found, _READ_AS.get(name, name)) for name in _SAID}
            upload_save_article(actor=self.user, upload=upload, text=text, **{**said, **fields})
        return self.answer(self.find())

    def _queued(self, upload: ArticleUpload) -> Response:
        names = {"slug": self.project.slug, "uid": upload.uid}
        return self.created(self.rows().get(pk=upload.pk), "api-upload", names, 202)
