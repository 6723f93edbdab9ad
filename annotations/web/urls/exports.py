"""Pages of exports."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import exports

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<slug:slug>/export/", exports.export_page, name="export-page"),
    path("p/<slug:slug>/export/download/", exports.export_download, name="export-download"),
]
