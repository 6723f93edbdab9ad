"""What the OpenAPI document says of every kind of operation."""

from collections.abc import Callable, Iterable
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
)
from rest_framework import serializers

from annotations.api.serializers.fields import HiddenOut

PROBLEM = "application/problem+json"
Decorator = Callable[[Any], Any]


class ApiSchema(AutoSchema):
    """Groups operations by the kind of row they are about."""

    def get_tags(self) -> list[str]:
        """Return the view's own tag."""
        return [getattr(self.view, "tag", "projects")]

    def get_override_parameters(self) -> list[Any]:
        """Name the moment where the past can be asked for."""
        view: Any = self.view
        answers_past = getattr(view, "action", "") in getattr(view, "past_of", ())
        return [*super().get_override_parameters(), *([_KNOWN_AT] if answers_past else [])]


class TokenScheme(OpenApiAuthenticationExtension):
    """Describes the token of a program."""

    target_class = "annotations.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """Return the OpenAPI security scheme."""
        return {"type": "http", "scheme": "bearer", "description": "A token that begins with fc_."}


class FeedScheme(OpenApiAuthenticationExtension):
    """Describes the token of a reader of feeds."""

    target_class = "annotations.api.authentication.FeedAuthentication"
    name = "feed"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """Return the OpenAPI security scheme."""
        words = "A token as the password; any user name. For the ledger's feed and table."
        return {"type": "http", "scheme": "basic", "description": words}


class ProblemErrorOut(serializers.Serializer):
    """One thing that is wrong, and where: in the body or in the query string."""

    detail = serializers.CharField()
    pointer = serializers.CharField(required=False, help_text="RFC 6901, as a URI fragment.")
    parameter = serializers.CharField(required=False)


class ConflictsWithOut(serializers.Serializer):
    """The row that is in the way, where the caller may see it."""

    uid = serializers.UUIDField()
    url = serializers.URLField()


class ProblemOut(serializers.Serializer):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    errors = ProblemErrorOut(many=True, required=False)
    conflicts_with = ConflictsWithOut(required=False)
    current = serializers.DictField(required=False, help_text="With 412: the row as it is now.")


_MEANINGS = {
    400: "Not acceptable as it stands; `errors` says what.",
    401: "No valid session or token.",
    403: "Not allowed; `detail` says why.",
    404: "Nothing here that you may see.",
    406: "Only JSON is answered.",
    409: "Contradicts what is there.",
    411: "The body came without its length.",
    412: "Changed since it was read; `current` is what it is now.",
    413: "The body is too large.",
    415: "Only JSON is read.",
    422: "The Idempotency-Key was sent with another body.",
    428: "If-Match is missing.",
    429: "Too many refused tokens.",
}
_ALWAYS = (401, 403, 404, 406, 429)
_WITH_BODY = (400, 411, 413, 415)


def _problems(*codes: int) -> dict[Any, Any]:
    return {
        (code, PROBLEM): OpenApiResponse(ProblemOut, description=_MEANINGS[code])
        for code in sorted({*_ALWAYS, *codes})
    }


def _header(name: str, meaning: str, *, required: bool = False) -> OpenApiParameter:
    return OpenApiParameter(
        name, str, OpenApiParameter.HEADER, required=required, description=meaning
    )


_IF_MATCH = _header("If-Match", "The ETag of what you read.", required=True)
_IF_NONE_MATCH = _header("If-None-Match", "An ETag you have; 304 when nothing changed.")
_KNOWN_AT = OpenApiParameter(
    "known_at",
    str,
    description=(
        "What was known at that moment of what you may see now: a day (as it ended) or an ISO 8601 "
        "time, in the project's zone unless it names one."
    ),
)
_NAME = OpenApiParameter("name", str, OpenApiParameter.QUERY, description="What it is called.")
_BYTES = {"application/octet-stream": OpenApiTypes.BINARY}
_KEY = _header("Idempotency-Key", "1 to 200 visible ASCII characters, your own for each create.")


def _etag(*codes: int) -> OpenApiParameter:
    return OpenApiParameter(
        "ETag", str, OpenApiParameter.HEADER, response=list(codes), description="For If-Match."
    )


def listing(shown: Any) -> Decorator:
    """Describe a list."""
    return extend_schema(responses={200: shown(many=True), **_problems(400)})


def reading(shown: Any) -> Decorator:
    """Describe reading something that is no row."""
    return extend_schema(responses={200: shown, **_problems()})


def asking(query: Any, shown: Any) -> Decorator:
    """Describe an answer worked out for the parameters of the query string."""
    return extend_schema(parameters=[query], responses={200: shown, **_problems(400)})


def retrieving(shown: Any, *, hideable: bool = False) -> Decorator:
    """Describe reading one row; a `hideable` one may answer its author with the reason only."""
    answer = shown
    if hideable:
        answer = PolymorphicProxySerializer(
            component_name=shown.__name__.removesuffix("Out") + "OrHidden",
            serializers=[shown, HiddenOut],
            resource_type_field_name=None,
        )
    return extend_schema(
        parameters=[_IF_NONE_MATCH, _etag(200)],
        responses={200: answer, 304: None, **_problems(400)},
    )


def creating(taken: Any, shown: Any) -> Decorator:
    """Describe a create; 200 where what was asked for was there already."""
    location = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[200, 201])
    return extend_schema(
        parameters=[_KEY, _etag(200, 201), location],
        request=taken,
        responses={201: shown, 200: shown, **_problems(*_WITH_BODY, 409, 412, 422)},
    )


def queueing(taken: Any, shown: Any) -> Decorator:
    """Describe work for the worker: 202 with how far it has come, to be asked for again."""
    location = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[202])
    return extend_schema(
        parameters=[_KEY, _etag(202), location],
        request=taken,
        responses={202: shown, **_problems(*_WITH_BODY, 409, 422)},
    )


def replacing(taken: Any, shown: Any) -> Decorator:
    """Describe a create in the place of a row that was read."""
    location = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[201])
    return extend_schema(
        parameters=[_IF_MATCH, _KEY, _etag(201), location],
        request=taken,
        responses={201: shown, **_problems(*_WITH_BODY, 409, 412, 422, 428)},
    )


def changing(taken: Any, shown: Any) -> Decorator:
    """Describe a change of some fields."""
    return extend_schema(
        parameters=[_IF_MATCH, _etag(200)],
        request=taken,
        responses={200: shown, **_problems(*_WITH_BODY, 409, 412, 428)},
    )


def discarding(shown: Any) -> Decorator:
    """Describe taking a row of ours back."""
    reason = OpenApiParameter("reason", str, OpenApiParameter.QUERY, description="Kept in history.")
    return extend_schema(
        parameters=[_IF_MATCH, reason, _etag(200)],
        responses={200: shown, **_problems(400, 409, 412, 428)},
    )


def turning(taken: Any, shown: Any) -> Decorator:
    """Describe saying something of a row that overwrites nobody's words."""
    return restoring(taken, shown)


def restoring(taken: Any, shown: Any) -> Decorator:
    """Describe bringing a discarded row back."""
    return extend_schema(
        parameters=[_etag(200)],
        request=taken,
        responses={200: shown, **_problems(*_WITH_BODY, 409)},
    )


def offering(taken: Any, shown: Any) -> Decorator:
    """Describe taking what there is: one row, or 204 where nothing is left."""
    return extend_schema(
        parameters=[_etag(200)],
        request=taken,
        responses={200: shown, 204: None, **_problems(*_WITH_BODY, 409)},
    )


def removing() -> Decorator:
    """Describe taking a row away; its history stays."""
    return extend_schema(
        parameters=[_IF_MATCH], responses={204: None, **_problems(400, 409, 412, 428)}
    )


def unfollowing() -> Decorator:
    """Describe dropping something of one's own that nobody else sees."""
    return extend_schema(responses={204: None, **_problems()})


def downloading(parameters: list[OpenApiParameter], media_types: Iterable[str]) -> Decorator:
    """Describe a file to save, in one of several formats."""
    files = {(200, kind): OpenApiResponse(OpenApiTypes.BINARY) for kind in media_types}
    return extend_schema(parameters=parameters, responses={**files, **_problems(400)})


def fetching(media_types: Iterable[str]) -> Decorator:
    """Describe downloading the file of a row, which is of one of several kinds."""
    files = {(200, kind): OpenApiResponse(OpenApiTypes.BINARY) for kind in media_types}
    return extend_schema(responses={**files, **_problems(409)})


def filing(shown: Any) -> Decorator:
    """Describe handing in the file of a row, as the body."""
    return extend_schema(
        parameters=[_IF_MATCH, _NAME, _etag(200)],
        request=_BYTES,
        responses={200: shown, **_problems(*_WITH_BODY, 409, 412, 428)},
    )


def handing_in(shown: Any) -> Decorator:
    """Describe handing in a file, as the body, for the worker to read."""
    location = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[202])
    return extend_schema(
        parameters=[_NAME, location],
        request=_BYTES,
        responses={202: shown, **_problems(*_WITH_BODY)},
    )


def unfiling(shown: Any) -> Decorator:
    """Describe taking the file of a row away."""
    return extend_schema(
        parameters=[_IF_MATCH, _etag(200)],
        responses={200: shown, **_problems(400, 409, 412, 428)},
    )
