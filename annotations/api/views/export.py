"""The export of a project, streamed."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

from annotations.accounts.models import Scope
from annotations.accounts.roles import Permission
from annotations.api.filters import check_parameters
from annotations.api.schema import downloading
from annotations.api.views.base import ProjectViewSet
from annotations.exchange.download import download
from annotations.exchange.formats import FORMAT_NAMES, FORMATS
from annotations.exchange.services import export_open
from annotations.lib.errors import InvalidInput
from annotations.projects.models import Project
from annotations.projects.permissions import check_role

_MEDIA_TYPES = sorted({each.media_type.split(";")[0] for each in FORMATS})


class WhateverIsAccepted(BaseContentNegotiation):
    """`format` chooses what is answered, so that a plain link works whatever Accept says."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """Take the first."""
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        """Take the first: it writes problems, and never the export."""
        return renderers[0], renderers[0].media_type


class ExportView(ProjectViewSet):
    """Everything of the project that the caller may see."""

    tag = "export"
    token_scope = Scope.EXPORT
    past_of = frozenset({"export"})
    queryset = Project.objects.none()
    content_negotiation_class = WhateverIsAccepted

    @downloading(
        [
            OpenApiParameter("format", str, enum=FORMAT_NAMES, default="json"),
            OpenApiParameter(
                "history", bool, default=False, description="With history; json and jsonl only."
            ),
        ],
        _MEDIA_TYPES,
    )
    def export(self, request: Request, **kwargs: Any) -> HttpResponse | StreamingHttpResponse:
        """Export the project: one consistent snapshot that ends in a closing record."""
        check_role(self.role, self.project, Permission.EXPORT)
        check_parameters(request, {"format", "history", "known_at"})
        if request.method == "HEAD":
            return HttpResponse(content_type="application/octet-stream")
        return download(
            export_open(
                actor=self.user,
                project=self.project,
                format=request.query_params.get("format", "json"),
                with_history=_switch(request, "history"),
                seen_by=self.user,
                known_at=self.known_at,
            )
        )


def _switch(request: Request, name: str) -> bool:
    """Return a yes or no of the query string."""
    value = request.query_params.get(name, "false").lower()
    if value not in ("true", "false", "1", "0"):
        raise InvalidInput(
            _("“%(name)s” is either true or false."), field=name, params={"name": name}
        )
    return value in ("true", "1")
