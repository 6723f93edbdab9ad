"""Addresses of what happened since: events, verdicts to be looked at again, watched pages."""

from django.urls import URLPattern, path

from annotations.api.routes import ADD, LIST, READ, Actions, rows
from annotations.api.views.bundles import BundleFileView, BundleViewSet
from annotations.api.views.events import (
    AssessmentViewSet,
    EventCaptureViewSet,
    EventTextsView,
    EventViewSet,
)
from annotations.api.views.looks_again import LookAgainViewSet
from annotations.api.views.watches import WatchCheckViewSet, WatchViewSet

# What is done with a watch.
DEEDS: dict[str, Actions] = {
    "pause": {"post": "pause"},
    "resume": {"post": "resume"},
    "check-now": {"post": "check_now"},
    "looked-at": {"post": "looked_at"},
}
lifecycle_urls: list[URLPattern] = [
    *rows("events/", "event", EventViewSet, on_list=ADD, on_row=READ),
    path(
        "events/<uuid:uid>/texts/",
        EventTextsView.as_view({"get": "texts"}),
        name="api-event-texts",
    ),
    *rows("looks-again/", "look-again", LookAgainViewSet, on_list=LIST, on_row=READ),
    path(
        "looks-again/<uuid:uid>/keep/",
        LookAgainViewSet.as_view({"post": "keep"}),
        name="api-look-again-keep",
    ),
    *rows(
        "events/<uuid:event_uid>/assessments/",
        "assessment",
        AssessmentViewSet,
        on_list=ADD,
        on_row=READ,
    ),
    *rows(
        "events/<uuid:event_uid>/captures/",
        "event-capture",
        EventCaptureViewSet,
        on_list=ADD,
        on_row=READ,
    ),
    *rows(
        "events/<uuid:event_uid>/bundles/",
        "event-bundle",
        BundleViewSet,
        on_list=ADD,
        on_row=READ,
    ),
    path(
        "events/<uuid:event_uid>/bundles/<uuid:uid>/file/",
        BundleFileView.as_view({"get": "fetch"}),
        name="api-event-bundle-file",
    ),
    *rows("watches/", "watch", WatchViewSet, on_list=ADD, on_row=READ),
    *[
        path(f"watches/<uuid:uid>/{name}/", WatchViewSet.as_view(deed), name=f"api-watch-{name}")
        for name, deed in DEEDS.items()
    ],
    *rows(
        "watches/<uuid:watch_uid>/checks/",
        "watch-check",
        WatchCheckViewSet,
        on_list=LIST,
        on_row=READ,
    ),
]
