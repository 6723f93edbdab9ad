"""The OpenAPI document and the pages that explain it."""

from threading import Lock
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request

# Making the document takes the better part of a second, and anybody may ask for it.
_made: dict[tuple[str, str | None], str | bytes] = {}
# One at a time: two threads that make the first one at once trip over what the library loads.
_making = Lock()


class SchemaView(SpectacularAPIView):
    """OpenAPI 3, as JSON or YAML."""

    authentication_classes = ()
    permission_classes = ()
    api_version = "1"

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the document, made once per process for each form and language."""
        renderer, media_type = self.perform_content_negotiation(request, force=True)
        key = (renderer.media_type, get_language())
        with _making:
            if key not in _made:
                answer = self._get_schema_response(request)
                _made[key] = renderer.render(answer.data, media_type, {})
        return HttpResponse(_made[key], content_type=renderer.media_type)


class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI from our own server, without an inline script or style."""

    authentication_classes = ()
    permission_classes = ()
    url_name = "api-schema"
    template_name = "api/docs.html"
