"""JSON in and out: strict, UTF-8, the same bytes for the same values."""

from collections.abc import Mapping
from typing import IO, Any

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

_FORMS = ("multipart/", "application/x-www-form-urlencoded")


class BodyTooLarge(APIException):
    """The request's body is larger than this installation reads."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("The body of the request is too large.")
    default_code = "body-too-large"


class LengthMissing(APIException):
    """The request's body comes in chunks of unknown length, which is not read here."""

    status_code = status.HTTP_411_LENGTH_REQUIRED
    default_detail = _("Send the length of the body: Content-Length.")
    default_code = "length-missing"


def _encode(value: object) -> object:
    if isinstance(value, Promise):
        return force_str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form.")


_ENCODER = msgspec.json.Encoder(enc_hook=_encode, decimal_format="number")
_DECODER = msgspec.json.Decoder()


def to_json(value: object) -> bytes:
    """Return the value as UTF-8 JSON without spaces."""
    return _ENCODER.encode(value)


class JSONRenderer(BaseRenderer):
    """Answers in JSON."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return the body; empty for no data."""
        return b"" if data is None else to_json(data)


class JSONParser(BaseParser):
    """Reads JSON (RFC 8259: no NaN, no lone surrogates, one value)."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the value. Raises ParseError with the place, BodyTooLarge above the limit."""
        body = read_body(parser_context["request"]) if parser_context else stream.read()
        try:
            return _DECODER.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            detail = _("The body is not valid JSON: %(problem)s")
            raise ParseError(detail % {"problem": error}) from error


def read_body(request: Any) -> bytes:
    """Return the raw body of a REST framework request; it can be read again afterwards."""
    try:
        return bytes(request._request.body)
    except RequestDataTooBig as error:
        raise BodyTooLarge from error


def read_file(request: Any) -> bytes:
    """Return the body of a request that is a file. Raises LengthMissing, BodyTooLarge, and
    UnsupportedMediaType for a form, which Django takes apart, so that the file would be lost.
    """
    if "Transfer-Encoding" in request.headers:
        raise LengthMissing
    media_type = request.content_type or ""
    if media_type.lower().startswith(_FORMS):
        raise UnsupportedMediaType(media_type, _("Send the bytes of the file as the body."))
    return read_body(request)
