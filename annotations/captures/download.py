"""Captures as answers over HTTP: WARC and WACZ files to be saved. Nothing fetched is ever shown.

The bytes are a stranger's: no browser is to guess what they are, nor to run anything in them.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import TypeVar

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from annotations.captures import wacz
from annotations.captures.choices import Origin
from annotations.captures.models import Capture
from annotations.captures.reading import MOST_WARC_BYTES
from annotations.captures.services import file_read
from annotations.captures.warc import MEDIA_TYPE
from annotations.captures.warc_reading import BadWarc, record_of
from annotations.lib.errors import Conflict
from annotations.lib.urls import host_of

Response = TypeVar("Response", bound=HttpResponseBase)
# What an archive is made of at most, the latest first.
MOST_CAPTURES = 200
MOST_BYTES = 200 * 1024 * 1024
# A larger archive goes to the disk on its way.
IN_MEMORY = 8 * 1024 * 1024


def capture_warc(capture: Capture) -> bytes:
    """Return a capture's own records as a WARC file. Raises Conflict where there are none.

    Of an upload, only this answer: the rest may be of addresses that are hidden.
    """
    if capture.file is None:
        raise Conflict(_("Nothing was archived: no answer came."))
    try:
        content = file_read(capture.file)
        if capture.origin != Origin.UPLOADED and content.startswith(b"\x1f\x8b"):
            return content
        return record_of(content, capture.record_id, limit=MOST_WARC_BYTES)
    except FileNotFoundError:
        raise Conflict(_("The file is missing from this installation's storage.")) from None
    except BadWarc:
        raise Conflict(_("The archived file was replaced by order of a redaction.")) from None


def warc_response(capture: Capture) -> HttpResponse:
    """Return a capture's WARC file as a download."""
    return as_download(
        HttpResponse(capture_warc(capture)), MEDIA_TYPE, f"{name_of(capture)}.warc.gz"
    )


def wacz_response(captures: Iterable[Capture], *, title: str, name: str) -> StreamingHttpResponse:
    """Return captures as one WACZ archive; those of which nothing is archived are left out.

    At most 200 captures and 200 MB of them. Raises Conflict where nothing at all is archived.
    """
    packed = _packed(list(captures))
    first = next(packed, None)
    if first is None:
        raise Conflict(_("Nothing was archived: no answer came."))
    response = StreamingHttpResponse(_written(chain([first], packed), title))
    return as_download(response, wacz.MEDIA_TYPE, f"{name}.wacz")


def name_of(capture: Capture) -> str:
    """Return what a capture's file is called: host, time, and a part of its uid."""
    host = host_of(capture.canonical_url).strip("[]").replace(":", "-")
    return f"{host}-{capture.taken_at:%Y%m%d%H%M%S}-{capture.uid.hex[-8:]}"


def _packed(captures: Iterable[Capture]) -> Iterator[wacz.PackedCapture]:
    """Yield what is archived, one at a time, until it is enough."""
    size = 0
    for capture in captures:
        try:
            content = capture_warc(capture)
        except Conflict:
            continue
        size += len(content)
        if size > MOST_BYTES:
            return
        title = f"{capture.url} · {capture.shows}"
        name = name_of(capture)
        yield wacz.PackedCapture(name, content, capture.final_url, capture.taken_at, title)


def _written(packed: Iterable[wacz.PackedCapture], title: str) -> Iterator[bytes]:
    """Write an archive and yield it in pieces; its parts refer to one another, so it comes late."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as stream:
        wacz.write_wacz(packed, stream, title=title, software=settings.CAPTURE_USER_AGENT)
        stream.seek(0)
        while piece := stream.read(64 * 1024):
            yield piece


def as_download(response: Response, media_type: str, name: str) -> Response:
    """Return an answer as a file to be saved: nothing in it is run or shown."""
    response["Content-Type"] = media_type
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
