"""Captures of a project."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.etag import make_etag
from annotations.api.idempotency import idempotent
from annotations.api.pagination import BY_ID, BY_ID_DOWN, by_time
from annotations.api.schema import listing, queueing, retrieving
from annotations.api.serializers.captures import CaptureIn, CaptureOut, CaptureQueuedOut
from annotations.api.views.base import ProjectViewSet
from annotations.articles.capturing import capture_queue
from annotations.captures.choices import Origin, PageKindChoices
from annotations.captures.copies import copy_queue
from annotations.captures.models import Capture
from annotations.captures.permissions import check_take_capture
from annotations.lib.urls import InvalidUrl, canonical_url

_COPY_OF = OpenApiParameter(
    "copy_of", str, description="The address of a page; `no_copy` says why it is no copy of that."
)


class CaptureFilters(filters.FilterSet):
    """Filters of the list of captures."""

    url = filters.CharFilter(method="by_url", label="address, in any spelling of it")
    origin = filters.ChoiceFilter(choices=Origin.choices)
    kind = filters.ChoiceFilter(
        field_name="quality_kind", choices=PageKindChoices.choices, label="what it shows"
    )
    file = filters.UUIDFilter(field_name="file__uid", label="the file that was handed in")

    class Meta:
        model = Capture
        fields: list[str] = []

    def by_url(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the captures of one address; of what is none, there are none."""
        try:
            return rows.filter(canonical_url=canonical_url(value))
        except InvalidUrl:
            return rows.none()


@dataclass(frozen=True, slots=True)
class QueuedCapture:
    """A capture that is not there yet, by the uid it will have."""

    uid: UUID
    revision: int = 0


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

    def find_made(self, uid: UUID) -> Any:
        """Return the capture; one that was asked for may not be there yet."""
        try:
            return super().find_made(uid)
        except Http404:
            if self.action == "create":
                return QueuedCapture(uid)
            raise

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the page that a capture is asked to be a copy of. Raises InvalidUrl."""
        context = super().get_serializer_context()
        original = self.request.query_params.get("copy_of") if self.action == "retrieve" else ""
        return {**context, "copy_of": canonical_url(original) if original else ""}

    def describe(self, row: Any) -> tuple[dict[str, Any], str]:
        """Answer who asked for a capture with its uid alone, also when they ask the same again."""
        if self.action != "create":
            return super().describe(row)
        return {"uid": str(row.uid)}, make_etag(row.uid, 0, {})

    @queueing(CaptureIn, CaptureQueuedOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Have an address captured; the capture is at its `Location` once the worker has it.

        With `copy_of` it is a web archive's copy of that page: read it with `?copy_of=` the same
        address, and `no_copy` says why it is none.
        """
        check_take_capture(self.user, self.project)
        values = self.checked(CaptureIn)
        asked = {"actor": self.user, "project": self.project, "url": values["url"]}
        original = values.get("copy_of")
        uid = copy_queue(**asked, original=original) if original else capture_queue(**asked)
        names = {"slug": self.project.slug, "uid": uid}
        return self.created(QueuedCapture(uid), "api-capture", names, 202)

    @listing(CaptureOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List captures."""
        return super().list(request, **kwargs)

    @extend_schema(parameters=[_COPY_OF])
    @retrieving(CaptureOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a capture."""
        return super().retrieve(request, **kwargs)
