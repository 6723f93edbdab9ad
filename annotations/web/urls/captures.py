"""Pages of captures, and their files."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import captures

ARTICLE = "p/<slug:slug>/articles/<uuid:uid>/captures"
ONE = "p/<slug:slug>/captures/<uuid:uid>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{ARTICLE}/", captures.article_captures, name="article-captures"),
    path(f"{ARTICLE}/take/", captures.capture_take, name="capture-take"),
    path(f"{ARTICLE}/upload/", captures.capture_upload, name="capture-upload"),
    path(f"{ARTICLE}/copy/", captures.capture_copy, name="capture-copy"),
    path(f"{ARTICLE}/wacz/", captures.article_wacz, name="article-wacz"),
    path(ONE, captures.capture_detail, name="capture-detail"),
    path(f"{ONE}warc/", captures.capture_warc, name="capture-warc"),
]
