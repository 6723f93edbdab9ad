"""Where everything is."""

from django.contrib import admin
from django.urls import include, path

handler400 = "annotations.api.errors.bad_request"

urlpatterns = [
    path("", include("annotations.web.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("annotations.api.urls")),
]
