"""Pages about where mentions stand in later versions."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import placements

P = "p/<slug:slug>/placements/<uuid:uid>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "p/<slug:slug>/versions/<uuid:uid>/placements/",
        placements.placement_list,
        name="placement-list",
    ),
    path(P, placements.placement_detail, name="placement-detail"),
    path(f"{P}confirm/", placements.placement_confirm_page, name="placement-confirm"),
    path(f"{P}select/", placements.placement_select_page, name="placement-select"),
    path(f"{P}gone/", placements.placement_gone_page, name="placement-gone"),
]
