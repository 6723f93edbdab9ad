"""Pages of captures, and their files."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import captures, events_captures
from annotations.web.views.captures_of import ROUTES

PLACES = {
    "article": "p/<slug:slug>/articles/<uuid:uid>",
    "statement": "p/<slug:slug>/statements/<uuid:uid>",
}
ONE = "p/<slug:slug>/captures/<uuid:uid>/"
DEEDS = {
    "list": ("captures/", captures.capture_list),
    "state": ("captures/state/", captures.capture_state),
    "take": ("captures/take/", captures.capture_take),
    "upload": ("captures/upload/", captures.capture_upload),
    "copy": ("captures/copy/", captures.capture_copy),
    "wacz": ("captures/wacz/", captures.capture_archive),
}

urlpatterns: list[URLPattern | URLResolver] = [
    *[
        path(f"{place}/{DEEDS[deed][0]}", DEEDS[deed][1], {"of": of}, name=ROUTES[of][deed])
        for of, place in PLACES.items()
        for deed in DEEDS
    ],
    path(ONE, captures.capture_detail, name="capture-detail"),
    path(f"{ONE}warc/", captures.capture_warc, name="capture-warc"),
    path(
        "p/<slug:slug>/events/<uuid:uid>/captures/add/",
        events_captures.event_capture_add,
        name="event-capture-add",
    ),
]
