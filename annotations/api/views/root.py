"""Where the API begins, and what answers where there is nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.accounts.models import ApiToken, Scope
from annotations.api.errors import problem
from annotations.api.schema import reading
from annotations.api.serializers.fields import PersonOut


class RootOut(serializers.Serializer):
    """Who the caller is, and where to go on."""

    you = PersonOut()
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))
    projects = serializers.URLField()
    schema = serializers.URLField()
    docs = serializers.URLField()


class RootView(APIView):
    """The beginning."""

    tag = "root"
    http_method_names = ("get", "head")

    @reading(RootOut)
    def get(self, request: Request) -> Response:
        """Say who you are and where to go on."""
        token = request.auth
        scopes = token.scopes if isinstance(token, ApiToken) else Scope.values
        addresses = {"projects": "api-projects", "schema": "api-schema", "docs": "api-docs"}
        links = {
            name: request.build_absolute_uri(reverse(route)) for name, route in addresses.items()
        }
        body: dict[str, Any] = {"you": request.user, "scopes": scopes, **links}
        return Response(RootOut(body).data)


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer 404 as a problem for every address of the API that leads nowhere."""
    detail = _("There is nothing at this address. Addresses of the API end in a slash.")
    return problem("not-found", 404, detail, instance=request.path)
