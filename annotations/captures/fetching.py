"""Fetching one page: redirects followed by our own code, bounds on bytes, time and unpacking."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from urllib.parse import urldefrag, urljoin

import httpcore
from django.conf import settings

from annotations.captures.addresses import BadAddress, Target, read_target
from annotations.captures.answers import Conditions, Fetch, Headers, Hop, Timing, header_text
from annotations.captures.failures import Failure, FailureCode, FetchFailed
from annotations.captures.network import Deadline, Door, Line
from annotations.captures.unpacking import ACCEPTED, unpack
from annotations.captures.warc import is_cut_short

MOST_REDIRECTS = 5
MOST_BODY_BYTES = 20 * 1024 * 1024
# Headers, and the sizes between the pieces of a chunked body.
MOST_WIRE_BYTES = MOST_BODY_BYTES + 512 * 1024
MOST_SECONDS = 30.0
REDIRECTS = frozenset((301, 302, 303, 307, 308))
_TRUNCATED = {
    FailureCode.TOO_LARGE: "length",
    FailureCode.TIMEOUT: "time",
    FailureCode.BROKEN_OFF: "disconnect",
    FailureCode.PROTOCOL: "unspecified",
}


@cache
def public_tls() -> ssl.SSLContext:
    """Return the rules of secure connections: certificates the system or certifi trusts."""
    return httpcore.default_ssl_context()


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is taken in all, redirects included; the defaults are what holds."""

    seconds: float = MOST_SECONDS
    body_bytes: int = MOST_BODY_BYTES
    wire_bytes: int = MOST_WIRE_BYTES
    redirects: int = MOST_REDIRECTS


@dataclass(frozen=True, slots=True)
class Border:
    """Who may be asked and how we name ourselves; `of_settings` is the installation's."""

    door: Door = field(default_factory=Door)
    user_agent: str = "Factcheck"
    bounds: Bounds = field(default_factory=Bounds)
    tls: ssl.SSLContext | None = None
    # Asked before a redirect leads to another server: returns how many seconds that took, which the
    # page is given more. Raises FetchFailed where nobody may go there.
    before_leaving: Callable[[str], float] | None = None

    @classmethod
    def of_settings(cls) -> Border:
        """Return the border as the settings have it."""
        return cls(
            door=Door(test_hosts=frozenset(settings.CAPTURE_TEST_HOSTS)),
            user_agent=settings.CAPTURE_USER_AGENT,
        )


@dataclass(slots=True)
class _Trip:
    """A fetch under way."""

    border: Border
    deadline: Deadline
    hops: list[Hop] = field(default_factory=list)
    body: bytes = b""


def fetch(url: str, *, border: Border | None = None, conditions: Conditions | None = None) -> Fetch:
    """Ask for a page and return what came, or why nothing did; raises nothing of the network.

    At most 5 redirects, each checked anew, 20 MB on the wire and unpacked, and 30 s in all.
    """
    border = border or Border.of_settings()
    trip = _Trip(border, Deadline(border.bounds.seconds))
    began, started_at = time.monotonic(), datetime.now(UTC)
    failure: Failure | None = None
    try:
        _follow(trip, url, conditions or Conditions())
    except FetchFailed as failed:
        failure = failed.failure
    return Fetch(
        asked=url,
        started_at=started_at,
        hops=tuple(trip.hops),
        body=trip.body,
        failure=failure,
        milliseconds=round((time.monotonic() - began) * 1000),
    )


def _follow(trip: _Trip, url: str, conditions: Conditions) -> None:
    """Ask, and ask again where an answer points elsewhere."""
    target = _target(trip, url, FailureCode.BAD_ADDRESS)
    seen: set[str] = set()
    while True:
        seen.add(target.url)
        body = _ask(trip, target, conditions)
        hop = trip.hops[-1]
        if hop.status not in REDIRECTS:
            if hop.status == 304 and not conditions.headers(target.url):
                raise FetchFailed(FailureCode.PROTOCOL, "unchanged, which nobody had asked")
            trip.body = unpack(
                body, hop.header("Content-Encoding"), limit=trip.border.bounds.body_bytes
            )
            return
        former, target = target, _redirect(trip, hop)
        if len(trip.hops) > trip.border.bounds.redirects or target.url in seen:
            raise FetchFailed(FailureCode.TOO_MANY_REDIRECTS, target.url)
        if trip.border.before_leaving is not None and target.authority != former.authority:
            trip.deadline.put_off(trip.border.before_leaving(target.url))


def _redirect(trip: _Trip, hop: Hop) -> Target:
    """Return where a redirect leads. Raises FetchFailed (bad_redirect)."""
    # h11 reads a header's bytes; those of a Location may be UTF-8, against the standard.
    location = hop.header("Location").strip()
    if not location:
        raise FetchFailed(FailureCode.BAD_REDIRECT, "no address in it")
    try:
        joined = urldefrag(urljoin(hop.url, location.replace(" ", "%20"))).url
    except ValueError:
        raise FetchFailed(FailureCode.BAD_REDIRECT, location) from None
    return _target(trip, joined, FailureCode.BAD_REDIRECT)


def _target(trip: _Trip, url: str, code: FailureCode) -> Target:
    try:
        return read_target(urldefrag(url).url, any_port=trip.border.door.test_hosts)
    except (BadAddress, ValueError) as error:
        raise FetchFailed(code, f"{error}: {url}") from None


def _ask(trip: _Trip, target: Target, conditions: Conditions) -> bytes:
    """Make one request; note the hop whatever comes of it, and return the body as it was sent."""
    received = sum(len(hop.response) for hop in trip.hops)
    line = Line(target, trip.border.door, trip.deadline, trip.border.bounds.wire_bytes - received)
    hop = Hop(
        url=target.url,
        started_at=datetime.now(UTC),
        request_headers=_headers(trip.border, target, conditions),
    )
    answer: httpcore.Response | None = None
    body = bytearray()
    truncated = ""
    try:
        with connection_to(trip.border, target, line) as connection:
            url = httpcore.URL(
                scheme=target.scheme, host=target.host, port=target.port, target=target.path
            )
            with connection.stream("GET", url, headers=list(hop.request_headers)) as opened:
                if is_cut_short(bytes(line.received)):
                    raise FetchFailed(FailureCode.PROTOCOL, "a line of spaces in the headers")
                answer = opened
                for piece in answer.iter_stream():
                    _add(body, piece, trip)
        if answer.status == 101:
            raise FetchFailed(FailureCode.PROTOCOL, "it wants another protocol")
    except (FetchFailed, *NETWORK_ERRORS) as error:
        failed = error if isinstance(error, FetchFailed) else said_in_our_words(error)
        truncated = _TRUNCATED.get(failed.failure.code, "")
        raise failed from error
    finally:
        trip.hops.append(_noted(hop, line, answer, truncated))
    return bytes(body)


NETWORK_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    OSError,
)


def connection_to(border: Border, target: Target, line: Line) -> httpcore.HTTPConnection:
    """Return a connection to a target, not opened yet: whatever it sends goes by the line."""
    return httpcore.HTTPConnection(
        origin=httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port),
        ssl_context=(border.tls or public_tls()) if target.scheme == "https" else None,
        http1=True,
        http2=False,
        retries=0,
        network_backend=line,
    )


def _add(body: bytearray, piece: bytes, trip: _Trip) -> None:
    """Take a piece of the body; a flood of tiny pieces costs time, so that is looked at as well."""
    trip.deadline.left()
    body += piece
    if len(body) > trip.border.bounds.body_bytes:
        raise FetchFailed(FailureCode.TOO_LARGE, f"more than {trip.border.bounds.body_bytes} bytes")


def _headers(border: Border, target: Target, conditions: Conditions) -> Headers:
    """Return all that is sent: no cookie, no credentials, no word on where we come from."""
    return (
        ("Host", target.authority),
        ("User-Agent", border.user_agent),
        ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
        ("Accept-Encoding", ACCEPTED),
        ("Connection", "close"),
        *conditions.headers(target.url),
    )


def said_in_our_words(error: Exception) -> FetchFailed:
    """Say in our words what went wrong in the library's."""
    detail = str(error)
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return FetchFailed(FailureCode.TLS, detail)
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpcore.TimeoutException):
        return FetchFailed(FailureCode.TIMEOUT, detail)
    if isinstance(error, httpcore.ConnectError):
        return FetchFailed(FailureCode.REFUSED, detail)
    if isinstance(error, httpcore.ProtocolError | httpcore.UnsupportedProtocol):
        is_cut = "closed connection" in detail or "disconnected" in detail
        return FetchFailed(FailureCode.BROKEN_OFF if is_cut else FailureCode.PROTOCOL, detail)
    return FetchFailed(FailureCode.BROKEN_OFF, detail)


def _noted(hop: Hop, line: Line, answer: httpcore.Response | None, truncated: str) -> Hop:
    return Hop(
        url=hop.url,
        started_at=hop.started_at,
        address=line.address,
        request=bytes(line.sent),
        request_headers=hop.request_headers,
        response=bytes(line.received),
        status=answer.status if answer else None,
        reason=_printable(answer.extensions.get("reason_phrase", b"")) if answer else "",
        headers=tuple((_printable(k), _printable(v)) for k, v in answer.headers) if answer else (),
        timing=Timing(
            lookup=line.lookup,
            connect=line.connect,
            tls=line.tls,
            first_byte=line.first_byte,
            total=round((time.monotonic() - line.began) * 1000),
        ),
        truncated=truncated if line.received else "",
    )


def _printable(raw: bytes) -> str:
    return "".join(one if one.isprintable() else "\ufffd" for one in header_text(raw))
