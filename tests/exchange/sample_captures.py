"""The sample's capture: a page that was gone, as its event has it."""

import msgspec

from annotations.exchange.records import CaptureRecord, EventCaptureRecord, FileRecord
from tests.exchange.sample_parts import AT, MADE, uid


def capture() -> CaptureRecord:
    """One attempt at the statement's address."""
    url = "https://facebook.example/допис/1"
    return CaptureRecord(
        uid=uid(110),
        url=url,
        canonical_url=url,
        final_url=url,
        origin="fetched",
        taken_at=AT,
        quality_score=0,
        quality_kind="gone",
        quality_reasons=["status:410"],
        hops=msgspec.Raw(b'[{"url": "https://facebook.example/", "status": 410}]'),
        status=410,
        milliseconds=21,
        body_sha256="b" * 64,
        body_size=9,
        file=FileRecord(
            uid=uid(111),
            name="facebook.example-20220302.warc.gz",
            sha256="c" * 64,
            size=700,
            media_type="application/warc",
        ),
        record_id="<urn:uuid:1>",
        payload_digest="sha256:" + "d" * 64,
        **MADE,
    )


def of_event() -> EventCaptureRecord:
    """The capture as one of its event."""
    return EventCaptureRecord(uid=uid(112), capture=uid(110), place="after", **MADE)
