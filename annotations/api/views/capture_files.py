"""Captures as files: a WARC file of one, a WACZ archive of many, and those made elsewhere."""

from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.encoding import read_file
from annotations.api.schema import downloading, fetching, handing_in
from annotations.api.serializers.captures import CaptureFileOut
from annotations.api.views.captures import CaptureViewSet
from annotations.api.views.export import WhateverIsAccepted
from annotations.captures import wacz
from annotations.captures.download import MOST_CAPTURES, wacz_response, warc_response
from annotations.captures.permissions import check_take_capture
from annotations.captures.querysets import CaptureQuerySet
from annotations.captures.uploading import captures_upload
from annotations.captures.warc import MEDIA_TYPE


class CaptureWarcView(CaptureViewSet):
    """The WARC file of a capture."""

    content_negotiation_class = WhateverIsAccepted

    @fetching([MEDIA_TYPE])
    def fetch(self, request: Request, **kwargs: Any) -> HttpResponse:
        """Download the WARC file: the capture's own records, and nothing else of an upload."""
        return warc_response(self.find())


class CaptureWaczView(CaptureViewSet):
    """Captures as one archive."""

    content_negotiation_class = WhateverIsAccepted

    @downloading([], [wacz.MEDIA_TYPE])
    def fetch(self, request: Request, **kwargs: Any) -> StreamingHttpResponse:
        """Download captures as a WACZ archive, narrowed as in the list: the 200 taken last of them,
        and 200 MB.
        """
        asked = cast(CaptureQuerySet, self.filter_queryset(self.rows()))
        latest = asked.order_by("-taken_at", "-pk")[:MOST_CAPTURES]
        slug = self.project.slug
        return wacz_response(latest, title=self.project.name, name=f"{slug}-captures")


class CaptureFilesView(CaptureViewSet):
    """Files of captures that other programs made."""

    @handing_in(CaptureFileOut)
    def hand_in(self, request: Request, **kwargs: Any) -> Response:
        """Hand in a WARC or WACZ file, as the body: each answer in it becomes a capture, in the
        list at `Location` once the worker has read it. The same file once more makes none twice.
        """
        check_take_capture(self.user, self.project)
        kept = captures_upload(
            actor=self.user,
            project=self.project,
            content=read_file(request),
            name=request.query_params.get("name", ""),
        )
        listed = reverse("api-captures", kwargs={"slug": self.project.slug})
        place = f"{listed}?{urlencode({'file': kept.file.uid})}"
        return Response(
            {"file": str(kept.file.uid), "answers": kept.answers},
            status=202,
            headers={"Location": request.build_absolute_uri(place)},
        )
