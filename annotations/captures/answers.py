"""What a fetch brought home: every hop as it went over the wire, and the page or the failure. PURE.

Nothing in here changes once it is made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from annotations.captures.failures import Failure

Headers = tuple[tuple[str, str], ...]
# No page is older than the first one, nor from tomorrow, but for clocks that differ.
_FIRST_PAGE, _CLOCKS = datetime(1990, 1, 1, tzinfo=UTC), timedelta(days=1)
# Spaces are taken in one place only: between two, a header of spaces is divided for minutes.
_CHARSET = re.compile(r"charset\s*=\s*(?:[\"']\s*)?([\w.:-]{2,40})", re.IGNORECASE)
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,200}"')


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an earlier answer said of itself: unless it changed, only `304` need come.

    `url` is the address that gave the answer, where that is known: of another one, as of a redirect
    that once led there, it says nothing (RFC 9110 section 8.8).
    """

    etag: str = ""
    last_modified: str = ""
    url: str = ""

    def headers(self, url: str) -> Headers:
        """Return the headers of a request for an address; odd values, which nobody can have sent,
        are left out.
        """
        if self.url not in ("", url):
            return ()
        chosen = []
        if _ETAG.fullmatch(self.etag):
            chosen.append(("If-None-Match", self.etag))
        # Whatever stands behind a date is passed by where it is read, and is none to be sent.
        is_sent = self.last_modified.isascii() and self.last_modified.isprintable()
        if is_sent and http_moment(self.last_modified) is not None:
            chosen.append(("If-Modified-Since", self.last_modified))
        return tuple(chosen)


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds each part of a hop took; None for what it did not come to."""

    lookup: int | None = None
    connect: int | None = None
    tls: int | None = None
    first_byte: int | None = None
    total: int = 0


@dataclass(frozen=True, slots=True)
class Hop:
    """One request and what came back; `request` and `response` are the bytes on the wire.

    `status` is None where no answer came; `truncated` says why the answer is not whole, in the
    words of WARC-Truncated (`length`, `time`, `disconnect`, `unspecified`).
    """

    url: str
    started_at: datetime
    address: str = ""
    request: bytes = b""
    request_headers: Headers = ()
    response: bytes = b""
    status: int | None = None
    reason: str = ""
    headers: Headers = ()
    timing: Timing = field(default_factory=Timing)
    truncated: str = ""

    def header(self, name: str) -> str:
        """Return the first header of that name; empty where there is none."""
        wanted = name.lower()
        return next((value for one, value in self.headers if one.lower() == wanted), "")


@dataclass(frozen=True, slots=True)
class Fetch:
    """One attempt at a page. `body` is its last answer's, unpacked; empty where that failed."""

    asked: str
    started_at: datetime
    hops: tuple[Hop, ...] = ()
    body: bytes = b""
    failure: Failure | None = None
    milliseconds: int = 0

    @property
    def last(self) -> Hop | None:
        """Return the last hop, whose answer is the page's."""
        return self.hops[-1] if self.hops else None

    @property
    def status(self) -> int | None:
        """Return the last answer's status; None where there was no answer."""
        return self.last.status if self.last else None

    @property
    def final_url(self) -> str:
        """Return the address that was asked last."""
        return self.last.url if self.last else self.asked

    @property
    def redirects(self) -> int:
        """Return how many redirects were followed."""
        return max(0, len(self.hops) - 1)

    def header(self, name: str) -> str:
        """Return the last answer's first header of that name; empty where there is none."""
        return self.last.header(name) if self.last else ""

    @property
    def media_type(self) -> str:
        """Return the media type the last answer gives, in lower case without parameters."""
        return media_type_of(self.header("Content-Type"))

    @property
    def charset(self) -> str:
        """Return the encoding the last answer's header names; empty where it names none."""
        return charset_of(self.header("Content-Type"))

    @property
    def retry_after(self) -> int | None:
        """Return how many seconds the server asks to be left alone, at most a week."""
        return retry_after(self.header("Retry-After"), self.started_at)


def header_text(raw: bytes) -> str:
    """Return a header's bytes as text: UTF-8 where they are, else each byte for its character."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def media_type_of(content_type: str) -> str:
    """Return a media type without its parameters, in lower case; "" for what is none."""
    found = content_type.partition(";")[0].strip().lower()
    return found if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,80}", found, re.ASCII) else ""


def charset_of(content_type: str) -> str:
    """Return the encoding a Content-Type names, in lower case; "" where it names none."""
    found = _CHARSET.search(content_type)
    return found[1].lower() if found else ""


def retry_after(value: str, now: datetime) -> int | None:
    """Return what a Retry-After header asks for, in seconds, at most a week; None for nonsense."""
    week = 7 * 24 * 3600
    tidy = value.strip()
    if re.fullmatch(r"[0-9]{1,9}", tidy):
        return min(int(tidy), week)
    moment = http_moment(tidy)
    return None if moment is None else min(max(0, int((moment - now).total_seconds())), week)


def http_moment(value: str) -> datetime | None:
    """Return the time an HTTP date says, aware; None for what is no date."""
    if not value:
        return None
    try:
        found = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def can_be_of(moment: datetime, now: datetime) -> bool:
    """Say whether a page can have been so at a time that somebody else gives; both aware."""
    return _FIRST_PAGE <= moment <= now + _CLOCKS
