"""Pages of flags, and of merging."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import flags, merges

P = "p/<slug:slug>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{P}flags/", flags.flag_list, name="flag-list"),
    path(f"{P}flags/<str:kind>/<uuid:uid>/", flags.flag_create, name="flag-create"),
    path(f"{P}claims/<int:number>/merge/", merges.claim_merge, name="claim-merge"),
    path(f"{P}sources/<uuid:uid>/merge/", merges.source_merge, name="source-merge"),
]
