"""Pages of watched pages."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import watches

P = "p/<slug:slug>/"
ONE = f"{P}watches/<uuid:uid>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{P}watches/", watches.watch_list, name="watch-list"),
    path(ONE, watches.watch_detail, name="watch-detail"),
    path(f"{ONE}state/", watches.watch_state, name="watch-state"),
    path(f"{ONE}pause/", watches.watch_pause, name="watch-pause"),
    path(f"{ONE}resume/", watches.watch_resume, name="watch-resume"),
    path(f"{ONE}looked-at/", watches.watch_look, name="watch-look"),
    path(f"{ONE}check/", watches.watch_check, name="watch-check"),
    path(f"{P}articles/<uuid:uid>/watch/", watches.article_watch, name="article-watch"),
    path(f"{P}statements/<uuid:uid>/watch/", watches.statement_watch, name="statement-watch"),
]
