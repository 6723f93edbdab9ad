"""Every refusal of the API as application/problem+json (RFC 9457), translated in this one place."""

import logging
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import defaults
from rest_framework import exceptions, status

from annotations.api.authentication import ScopeMissing
from annotations.api.encoding import BodyTooLarge, LengthMissing, to_json
from annotations.lib.errors import Conflict, DomainError, InvalidInput, Refused, StaleVersion
from annotations.projects.refusals import sentence

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:factcheck:problem:"
logger = logging.getLogger("annotations.api")

# The last part of `type`, and the title, which is the same for every problem of the type.
TITLES: dict[str, Any] = {
    "invalid": _("What was sent is not acceptable"),
    "not-json": _("The body is not JSON"),
    "not-signed-in": _("Sign in first"),
    "refused": _("Not allowed"),
    "scope-missing": _("The token lacks a scope"),
    "not-found": _("Nothing here"),
    "method-not-allowed": _("This cannot be done here"),
    "not-acceptable": _("No such representation"),
    "conflict": _("Contradicts what is there"),
    "key-in-flight": _("The same request is still being answered"),
    "key-reused": _("The idempotency key belongs to another request"),
    "stale": _("Changed since it was read"),
    "body-too-large": _("The body is too large"),
    "length-missing": _("The body has no length"),
    "media-type": _("Send JSON"),
    "if-match-missing": _("Say which state you saw"),
    "too-many": _("Too many requests"),
    "failure": _("Something went wrong here"),
}


class IfMatchMissing(exceptions.APIException):
    """A change was asked for without saying which state of the row was seen."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_detail = _("Send If-Match with the ETag of what you read.")
    default_code = "if-match-missing"


class KeyInFlight(Conflict):
    """A request with the same idempotency key is being answered right now."""


class KeyReused(DomainError):
    """The idempotency key was sent before, with another body."""

    status = status.HTTP_422_UNPROCESSABLE_ENTITY


class QueryInvalid(InvalidInput):
    """A parameter of the query string is not acceptable; `field` is its name."""


@contextmanager
def within(
    *path: object, beside: Container[str] = (), parts: Mapping[str, Container[str]] | None = None
) -> Iterator[None]:
    """Let errors raised inside point to their field below `path` of the body.

    Fields named in `beside` stay at the top: they are the parent's own. `parts` names lists and
    the fields of their entries; which entry is at fault is not known here, so the list is named.
    """
    try:
        yield
    except DomainError as error:
        if error.field and error.field not in beside:
            for name, fields in (parts or {}).items():
                if error.field in fields:
                    error.field = name
            error.path = path  # type: ignore[attr-defined]
        raise


def problem(
    code: str, status_code: int, detail: str, *, instance: str, **members: object
) -> HttpResponse:
    """Make the answer, whatever the caller accepts; `members` are further ones of the object."""
    body = {
        "type": TYPE_PREFIX + code,
        "title": TITLES[code],
        "status": status_code,
        "detail": detail,
        "instance": instance,
        **members,
    }
    return HttpResponse(to_json(body), status=status_code, content_type=MEDIA_TYPE)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django refuses before any view sees it, such as a host that is not ours."""
    if not request.path.startswith("/api/"):
        return defaults.bad_request(request, exception)
    detail = gettext("This request is not acceptable: check its address and its headers.")
    return problem("invalid", 400, detail, instance=request.path)


def problem_handler(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """Answer any exception of an API view; one nobody foresaw is logged and says nothing."""
    instance = context["request"].path
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, DomainError):
        return _domain_problem(error, instance, context)
    if isinstance(error, exceptions.APIException):
        return _framework_problem(error, instance)
    got_request_exception.send(sender=type(context["view"]), request=context["request"]._request)
    logger.error("A request to %s failed.", instance, exc_info=error)
    detail = gettext("The failure was recorded. Nothing was changed.")
    return problem("failure", 500, detail, instance=instance)


def _domain_problem(error: DomainError, instance: str, context: dict[str, Any]) -> HttpResponse:
    detail = sentence(error)
    members: dict[str, Any] = {}
    if isinstance(error, QueryInvalid):
        members["errors"] = [{"detail": detail, "parameter": error.field}]
    elif error.field:
        path = (*getattr(error, "path", ()), *error.field.split("."))
        members["errors"] = [{"detail": detail, "pointer": _pointer(path)}]
    headers = {}
    if isinstance(error, StaleVersion) and error.current is not None:
        # Where the row has been hidden meanwhile, there is nothing to show.
        with suppress(Http404):
            members["current"], headers["ETag"] = context["view"].describe(error.current)
    elif isinstance(error, Conflict):
        members |= context["view"].name_conflicting(error)
    answer = problem(_code_of(error), error.status, detail, instance=instance, **members)
    for name, value in headers.items():
        answer.headers[name] = value
    return answer


def _code_of(error: DomainError) -> str:
    if error.status == status.HTTP_404_NOT_FOUND:
        return "not-found"
    if isinstance(error, ScopeMissing):
        return "scope-missing"
    if isinstance(error, Refused):
        return "refused"
    if isinstance(error, KeyInFlight):
        return "key-in-flight"
    if isinstance(error, KeyReused):
        return "key-reused"
    if isinstance(error, Conflict):
        return "conflict"
    return "stale" if isinstance(error, StaleVersion) else "invalid"


_FRAMEWORK_CODES: tuple[tuple[type[exceptions.APIException], str], ...] = (
    (exceptions.ParseError, "not-json"),
    (exceptions.NotAuthenticated, "not-signed-in"),
    (exceptions.AuthenticationFailed, "not-signed-in"),
    (exceptions.PermissionDenied, "refused"),
    (exceptions.NotFound, "not-found"),
    (exceptions.MethodNotAllowed, "method-not-allowed"),
    (exceptions.NotAcceptable, "not-acceptable"),
    (exceptions.UnsupportedMediaType, "media-type"),
    (exceptions.Throttled, "too-many"),
    (BodyTooLarge, "body-too-large"),
    (LengthMissing, "length-missing"),
    (IfMatchMissing, "if-match-missing"),
)


def _framework_problem(error: exceptions.APIException, instance: str) -> HttpResponse:
    members: dict[str, Any] = {}
    if isinstance(error, exceptions.ValidationError):
        code, detail = "invalid", gettext("Some of what was sent is not acceptable; see errors.")
        members["errors"] = list(_field_errors(error.detail))
    else:
        code = next(code for kind, code in _FRAMEWORK_CODES if isinstance(error, kind))
        detail = str(error.detail)
    answer = problem(code, error.status_code, detail, instance=instance, **members)
    if getattr(error, "auth_header", None):
        answer.headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    if getattr(error, "wait", None) is not None:
        answer.headers["Retry-After"] = str(int(error.wait))  # type: ignore[attr-defined]
    return answer


def _field_errors(detail: Any, path: tuple[object, ...] = ()) -> Iterator[dict[str, str]]:
    """Flatten REST framework's nested errors into one line each, with a JSON pointer."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _field_errors(inner, path if name == "non_field_errors" else (*path, name))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _field_errors(inner, path)
    else:
        yield {"detail": str(detail), "pointer": _pointer(path)}


def _pointer(path: tuple[object, ...]) -> str:
    """Return the RFC 6901 pointer, as a URI fragment like RFC 9457's own example."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return "#" + "".join("/" + step for step in steps)
