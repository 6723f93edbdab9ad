"""Captures: archived attempts at an address. PURE."""

from __future__ import annotations

import msgspec

from annotations.exchange.records.articles import FileRecord
from annotations.exchange.records.parts import Record, Time


class CaptureRecord(Record):
    """One attempt at an address, and how it was judged; the bytes are in its WARC file."""

    uid: str
    url: str
    canonical_url: str
    # fetched, uploaded or web_archive
    origin: str
    taken_at: Time
    created_at: Time
    created_by: str
    quality_score: int
    quality_kind: str
    # Codes, some with a value behind a colon.
    quality_reasons: list[str]
    # Each request with its answer's headers.
    hops: msgspec.Raw
    final_url: str = ""
    status: int | None = None
    failure: str = ""
    failure_detail: str = ""
    redirects: int = 0
    milliseconds: int = 0
    media_type: str = ""
    body_sha256: str = ""
    body_size: int = 0
    text_sha256: str = ""
    text_length: int = 0
    extractor: str = ""
    retry_after: int | None = None
    file: FileRecord | None = None
    record_id: str = ""
    payload_digest: str = ""
    memento_url: str = ""


class EventCaptureRecord(Record):
    """A capture of an event."""

    uid: str
    capture: str
    # before, after or control
    place: str
    created_at: Time
    created_by: str
