"""Pages of articles: the list, adding one, its versions and what is said about it."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import (
    articles,
    articles_add,
    articles_edit,
    articles_wait,
    versions_compare,
)

UPLOAD = "p/<slug:slug>/uploads/<uuid:uid>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<slug:slug>/", articles.article_list, name="article-list"),
    # The project's front door is its articles.
    path("p/<slug:slug>/", articles.article_list, name="project-home"),
    path("p/<slug:slug>/articles/new/", articles_add.article_create, name="article-create"),
    path(UPLOAD, articles_add.upload_check, name="article-upload"),
    path(f"{UPLOAD}state/", articles_wait.upload_state, name="article-upload-state"),
    path(f"{UPLOAD}again/", articles_wait.upload_again, name="article-upload-again"),
    path(
        "p/<slug:slug>/articles/<uuid:uid>/refresh/",
        articles_wait.article_refresh,
        name="article-refresh",
    ),
    path(
        f"{UPLOAD}encoding/",
        articles_add.upload_encoding,
        name="article-upload-encoding",
    ),
    path(
        "p/<slug:slug>/articles/<uuid:uid>/edit/", articles_edit.article_edit, name="article-edit"
    ),
    path("p/<slug:slug>/articles/<uuid:uid>/versions/", articles.version_list, name="version-list"),
    path(
        "p/<slug:slug>/articles/<uuid:uid>/versions/compare/",
        versions_compare.version_compare,
        name="version-compare",
    ),
    path(
        "p/<slug:slug>/articles/<uuid:uid>/versions/new/",
        articles_add.version_create,
        name="version-create",
    ),
]
