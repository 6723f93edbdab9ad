"""Having a time-stamp authority sign that a capture's file existed, when the operator named one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from annotations.audit.context import context
from annotations.captures.download import capture_warc
from annotations.captures.fetching import Border
from annotations.captures.models import Capture, TimeStamp
from annotations.captures.posting import border_for, post
from annotations.captures.tokens import (
    QUERY_TYPE,
    check_token,
    question_of,
    read_certificates,
)
from annotations.lib.errors import Conflict


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an authority was asked and answered, checked, and the moment it names."""

    authority_url: str
    sha256: str
    request: bytes
    reply: bytes
    stamped_at: datetime


def stamps_are_made() -> bool:
    """Say whether the operator named a time-stamp authority."""
    return bool(settings.TIMESTAMP_AUTHORITY.url)


def authority_pem() -> bytes:
    """Return the certificates the operator trusts for its authority, as PEM; empty without."""
    path = settings.TIMESTAMP_AUTHORITY.ca_file
    return _read(path) if path else b""


def stamp_make(content: bytes, *, border: Border | None = None) -> Stamp:
    """Have the authority stamp these bytes. Not to be called inside a request.

    The answer is checked before it is given back: over these bytes, to this question, and signed
    by whom TIMESTAMP_AUTHORITY_CA_FILE vouches for, where that is set. Raises FetchFailed where it
    does not answer, and BadToken where what it answers is not right.
    """
    authority = settings.TIMESTAMP_AUTHORITY
    pem = authority_pem()
    trusted = read_certificates(pem) if pem else ()
    question = question_of(content)
    border = border or Border.of_settings()
    if authority.is_inside:
        border = border_for(border, inside_host=urlsplit(authority.url).hostname or "")
    reply = post(authority.url, question.content, media_type=QUERY_TYPE, border=border)
    moment = check_token(reply, question.digest, nonce=question.nonce, trusted=trusted)
    return Stamp(
        authority_url=authority.url,
        sha256=question.digest.hex(),
        request=question.content,
        reply=reply,
        stamped_at=moment,
    )


def capture_stamp(*, capture_uid: str) -> None:
    """Stamp a capture's WARC file, as a job; one that is stamped already is left alone.

    Raises FetchFailed and BadToken, so that the queue tries again later. A file that is not there
    any more, or was replaced by a redaction, is not stamped.
    """
    capture = Capture.objects.select_related("file", "created_by").get(uid=UUID(capture_uid))
    url = settings.TIMESTAMP_AUTHORITY.url
    if not url or capture.time_stamps.filter(authority_url=url).exists():
        return
    try:
        content = capture_warc(capture)
    except Conflict:
        return
    stamp = stamp_make(content)
    with context(actor=capture.created_by, action="capture.stamp"):
        TimeStamp.objects.get_or_create(
            capture=capture,
            authority_url=stamp.authority_url,
            defaults={
                "project_id": capture.project_id,
                "created_by": capture.created_by,
                "sha256": stamp.sha256,
                "request": stamp.request,
                "reply": stamp.reply,
                "stamped_at": stamp.stamped_at,
            },
        )


def stamp_of(capture: Capture, content: bytes) -> TimeStamp | None:
    """Return the capture's first stamp over exactly these bytes; None where there is none."""
    return capture.time_stamps.filter(sha256=hashlib.sha256(content).hexdigest()).first()


@cache
def _read(path: str) -> bytes:
    return Path(path).read_bytes()
