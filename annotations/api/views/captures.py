"""Captures of a project, and their WARC files."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.pagination import BY_ID, BY_ID_DOWN, by_time
from annotations.api.schema import fetching, listing, retrieving
from annotations.api.serializers.captures import CaptureOut
from annotations.api.views.base import ProjectViewSet
from annotations.api.views.export import WhateverIsAccepted
from annotations.captures.choices import Origin, PageKindChoices
from annotations.captures.download import warc_response
from annotations.captures.models import Capture
from annotations.captures.warc import MEDIA_TYPE
from annotations.lib.urls import InvalidUrl, canonical_url


class CaptureFilters(filters.FilterSet):
    """Filters of the list of captures."""

    url = filters.CharFilter(method="by_url", label="address, in any spelling of it")
    origin = filters.ChoiceFilter(choices=Origin.choices)
    kind = filters.ChoiceFilter(
        field_name="quality_kind", choices=PageKindChoices.choices, label="what it shows"
    )

    class Meta:
        model = Capture
        fields: list[str] = []

    def by_url(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the captures of one address; of what is none, there are none."""
        try:
            return rows.filter(canonical_url=canonical_url(value))
        except InvalidUrl:
            return rows.none()


class CaptureViewSet(ProjectViewSet):
    """The captures of a project."""

    tag = "captures"
    queryset = Capture.objects.none()
    serializer_class = CaptureOut
    filterset_class = CaptureFilters
    orders = {
        "-created": BY_ID_DOWN,
        "created": BY_ID,
        "-taken": by_time("taken_at", descending=True),
        "taken": by_time("taken_at"),
    }

    def rows(self) -> QuerySet:
        """Return the captures the caller may see."""
        seen = Capture.objects.visible_to(self.user).filter(project=self.project)
        return seen.select_related("created_by", "file")

    @listing(CaptureOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List captures."""
        return super().list(request, **kwargs)

    @retrieving(CaptureOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a capture."""
        return super().retrieve(request, **kwargs)


class CaptureWarcView(CaptureViewSet):
    """The WARC file of a capture."""

    content_negotiation_class = WhateverIsAccepted

    @fetching([MEDIA_TYPE])
    def fetch(self, request: Request, **kwargs: Any) -> HttpResponse:
        """Download the WARC file: the capture's own records, and nothing else of an upload."""
        return warc_response(self.find())
