"""Capturing an address: fetched, judged, kept as WARC; every attempt is a row, a failed one too."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.captures.answers import Conditions, Fetch, Hop, media_type_of
from annotations.captures.choices import Origin
from annotations.captures.failures import Failure
from annotations.captures.fetching import Border, fetch
from annotations.captures.made import capture_made, stamp_queue
from annotations.captures.models import Capture, StoredFile
from annotations.captures.page import EXTRACTOR, Page, page_shown
from annotations.captures.quality import Quality, Seen, judge
from annotations.captures.services import file_store
from annotations.captures.warc import MEDIA_TYPE, write_warc
from annotations.lib.errors import DomainError
from annotations.lib.ids import uuid7
from annotations.lib.urls import canonical_url, host_of, other_address
from annotations.projects.models import Project

TEXT_NAME = "text.txt"


class TextExtractor(Protocol):
    """Reads the text out of a page; texts are compared only where `name` is the same."""

    name: str

    def __call__(self, body: bytes, *, url: str, charset: str) -> str:
        """Return the text. Raises DomainError where the page has none."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What is kept and judged of an answer, whether we asked for it or somebody else did."""

    asked: str
    final_url: str
    taken_at: datetime
    status: int | None
    content_type: str
    body: bytes
    charset: str = ""
    redirects: int = 0
    retry_after: int | None = None
    failure: Failure | None = None
    hops: Sequence[dict[str, object]] = ()
    milliseconds: int = 0
    # The page's own address, where somebody else keeps a copy of it.
    original: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an answer's bytes are: the WARC file, the record in it and its payload's digest."""

    file: StoredFile | None = None
    record_id: str = ""
    payload_digest: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """What a web archive says of a copy it keeps (Memento, RFC 7089): of what, and from when."""

    original: str
    moment: datetime


def capture_take(
    *,
    actor: User,
    project: Project,
    url: str,
    uid: UUID | None = None,
    conditions: Conditions | None = None,
    extractor: TextExtractor | None = None,
    border: Border | None = None,
) -> Capture:
    """Fetch an address and keep what came, or why nothing did. Not to be called inside a request.

    With `uid` a repetition after a crash finds the capture that was made and asks nobody again.
    Raises InvalidUrl for what is no web address at all.
    """
    canonical = canonical_url(url)
    made = capture_made(project, uid)
    if made is not None:
        return made
    brought = fetch(url.strip(), border=border, conditions=conditions)
    return fetch_keep(
        actor=actor,
        project=project,
        canonical=canonical,
        brought=brought,
        extractor=extractor,
        uid=uid,
    )


def fetch_keep(
    *,
    actor: User,
    project: Project,
    canonical: str,
    brought: Fetch,
    extractor: TextExtractor | None = None,
    uid: UUID | None = None,
    copy: Copy | None = None,
) -> Capture:
    """Keep what a fetch brought home, bytes and all, as a capture of the canonical address."""
    answer = _answer(brought)
    warc = write_warc(brought, software=settings.CAPTURE_USER_AGENT)
    with context(actor=actor, action="capture.take"):
        kept = Kept()
        if warc.content:
            name = f"{host_of(canonical)}-{brought.started_at:%Y%m%d%H%M%S}.warc.gz"
            stored = file_store(
                actor=actor,
                project=project,
                content=warc.content,
                name=name,
                media_type=MEDIA_TYPE,
            )
            kept = Kept(stored, warc.record_id, warc.payload_digest)
        return capture_keep(
            actor=actor,
            project=project,
            canonical=canonical,
            answer=replace(answer, taken_at=copy.moment, original=copy.original)
            if copy
            else answer,
            kept=kept,
            origin=Origin.FETCHED if copy is None else Origin.WEB_ARCHIVE,
            extractor=extractor,
            uid=uid,
            memento_url=brought.final_url if copy else "",
        )


def capture_keep(
    *,
    actor: User,
    project: Project,
    canonical: str,
    answer: Answer,
    kept: Kept,
    origin: Origin,
    extractor: TextExtractor | None = None,
    uid: UUID | None = None,
    memento_url: str = "",
) -> Capture:
    """Judge an answer and add its row; the bytes are in `kept` already."""
    page, quality = look_at(answer)
    text, name = _text(answer, page, quality, extractor)
    with context(actor=actor, action="capture.keep"):
        kept_text = _text_keep(actor, project, text) if quality.is_good else None
        capture = Capture.objects.create(
            uid=uid or uuid7(),
            project=project,
            created_by=actor,
            canonical_url=canonical,
            final_canonical_url=other_address(answer.final_url, than=canonical),
            origin=origin,
            text_sha256=_sha256(text.encode("utf-8", "replace")) if name else "",
            text_length=len(text),
            text_file=kept_text,
            extractor=name,
            quality_score=quality.score,
            quality_kind=quality.kind,
            quality_reasons=list(quality.reasons),
            file=kept.file,
            record_id=kept.record_id,
            payload_digest=kept.payload_digest,
            memento_url=memento_url,
            **_columns(answer),
        )
        stamp_queue(capture)
    return capture


def _text_keep(actor: User, project: Project, text: str) -> StoredFile | None:
    """Keep a page's text: pages that say the same share one file. None where there is none."""
    if not text:
        return None
    content = text.encode("utf-8", "replace")
    return file_store(
        actor=actor, project=project, content=content, name=TEXT_NAME, media_type="text/plain"
    )


def _columns(answer: Answer) -> dict[str, Any]:
    """Return what the answer itself says, for the columns that keep it."""
    failure = answer.failure
    return {
        "url": answer.asked,
        "final_url": answer.final_url,
        "taken_at": answer.taken_at,
        "status": answer.status,
        "failure": failure.code if failure else "",
        "failure_detail": failure.detail if failure else "",
        "redirects": answer.redirects,
        "hops": list(answer.hops),
        "milliseconds": answer.milliseconds,
        "media_type": media_type_of(answer.content_type),
        "body_sha256": "" if failure else _sha256(answer.body),
        "body_size": len(answer.body),
        "retry_after": answer.retry_after,
    }


def look_at(answer: Answer) -> tuple[Page, Quality]:
    """Return what an answer shows and how good it is."""
    media_type = media_type_of(answer.content_type)
    page = Page()
    if answer.failure is None:
        page = page_shown(answer.body, media_type=media_type, charset=answer.charset)
    seen = Seen(
        asked=answer.original or answer.asked,
        final_url=answer.original or answer.final_url,
        status=answer.status,
        failure=answer.failure.code if answer.failure else None,
        media_type=media_type,
        size=len(answer.body),
        redirects=answer.redirects,
        retry_after=answer.retry_after,
        page=page,
    )
    return page, judge(seen)


def _text(
    answer: Answer, page: Page, quality: Quality, extractor: TextExtractor | None
) -> tuple[str, str]:
    """Return a good page's article, else the words any page shows, and the name of what read it."""
    if answer.failure is not None or not page.text:
        return "", ""
    if extractor is not None and quality.is_good:
        try:
            text = extractor(answer.body, url=answer.final_url, charset=page.encoding)
        except DomainError:
            text = ""
        if text:
            return text, extractor.name
    return page.text, EXTRACTOR


def _answer(brought: Fetch) -> Answer:
    return Answer(
        asked=brought.asked,
        final_url=brought.final_url,
        taken_at=brought.started_at,
        status=brought.status,
        content_type=brought.header("Content-Type"),
        charset=brought.charset,
        body=brought.body,
        redirects=brought.redirects,
        retry_after=brought.retry_after,
        failure=brought.failure,
        hops=[_hop_json(hop) for hop in brought.hops],
        milliseconds=brought.milliseconds,
    )


def _hop_json(hop: Hop) -> dict[str, object]:
    """Return a hop as its row has it: without the bytes, which are in the WARC file."""
    return {
        "url": hop.url,
        "address": hop.address,
        "started_at": hop.started_at.isoformat(),
        "status": hop.status,
        "reason": hop.reason,
        "request_headers": [list(one) for one in hop.request_headers],
        "headers": [list(one) for one in hop.headers],
        "milliseconds": asdict(hop.timing),
        "truncated": hop.truncated,
    }


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
