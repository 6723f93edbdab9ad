"""Captures as WARC files (ISO 28500): writing what came over the wire. PURE.

Answers are kept byte for byte as they were sent, in pieces and packed if they were; digests are
SHA-256, of the block and of what follows the headers. WARC 1.0, whose times are whole seconds, as
readers of the format expect them.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import UTC
from io import BytesIO
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from annotations.captures.answers import Fetch, Hop, header_text

MEDIA_TYPE = "application/warc"


@dataclass(frozen=True, slots=True)
class WrittenWarc:
    """A WARC file and, of its last answer, the record's identity and the payload's digest."""

    content: bytes
    record_id: str = ""
    payload_digest: str = ""


class _Verbatim(StatusAndHeaders):
    """Headers that are written as they came: warcio would set them anew."""

    def __init__(self, raw: bytes) -> None:
        super().__init__("200", [], protocol="HTTP/1.1")
        self._raw = raw

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        """Give back the bytes that were sent."""
        self.headers_buff = self._raw


def write_warc(fetch: Fetch, *, software: str) -> WrittenWarc:
    """Return a fetch as a WARC file, each record packed by itself; empty where nothing came."""
    answered = [hop for hop in fetch.hops if hop.status is not None]
    if not answered:
        return WrittenWarc(b"")
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    info = {"software": software, "format": "WARC File Format 1.0"}
    writer.write_record(writer.create_warcinfo_record(None, info))
    record_id = digest = ""
    for hop in answered:
        record_id, digest = _write_hop(writer, hop)
    return WrittenWarc(out.getvalue(), record_id, digest)


def _write_hop(writer: WARCWriter, hop: Hop) -> tuple[str, str]:
    """Write one hop's answer and question; return the answer's identity and payload digest."""
    raw = _final_answer(hop)
    end = _head_end(raw)
    digest = payload_digest(raw[end:])
    answer_id = f"<urn:uuid:{uuid.uuid4()}>"
    about = {
        "WARC-Date": hop.started_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-IP-Address": hop.address,
    }
    _write(writer, hop.url, "response", raw, end, {
        "WARC-Record-ID": answer_id,
        "WARC-Payload-Digest": digest,
        "WARC-Block-Digest": payload_digest(raw),
        **({"WARC-Truncated": hop.truncated} if hop.truncated else {}),
        **about,
    })  # fmt: skip
    _write(writer, hop.url, "request", hop.request, _head_end(hop.request), {
        "WARC-Concurrent-To": answer_id,
        "WARC-Payload-Digest": payload_digest(b""),
        "WARC-Block-Digest": payload_digest(hop.request),
        **about,
    })  # fmt: skip
    return answer_id, digest


def _write(
    writer: WARCWriter, url: str, kind: str, raw: bytes, end: int, headers: dict[str, str]
) -> None:
    record = writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(raw[end:]),
        length=len(raw) - end,
        http_headers=_Verbatim(raw[:end]),
        warc_headers_dict=headers,
    )
    writer.write_record(record)


def _final_answer(hop: Hop) -> bytes:
    """Return the bytes of the answer itself: no 1xx before it, nothing behind its end."""
    raw = _without_hints(hop.response)
    end = _head_end(raw)
    if hop.status in (204, 304):
        # These have no body, whatever they promise or send.
        return raw[:end]
    length = hop.header("Content-Length")
    if length.isascii() and length.isdigit() and not hop.header("Transfer-Encoding"):
        return raw[: end + int(length)]
    return raw


def _without_hints(raw: bytes) -> bytes:
    while raw[9:10] == b"1" and raw[9:12] != b"101" and (end := _head_end(raw)):
        raw = raw[end:]
    return raw


def is_cut_short(received: bytes) -> bool:
    """Say whether a line of spaces stands in an answer's headers, which readers of WARC files take
    for their end, whatever letters for spaces it is written in.
    """
    raw = _without_hints(received)
    lines = raw[: _head_end(raw)].split(b"\n")[:-2]
    return any(not header_text(line).strip() for line in lines)


def _head_end(raw: bytes) -> int:
    """Return where the body begins; 0 where the headers are not whole. Line feeds alone are let
    pass, as browsers do.
    """
    ends = [
        at + len(mark) for mark in (b"\r\n\r\n", b"\n\n", b"\n\r\n") if (at := raw.find(mark)) > 0
    ]
    return min(ends, default=0)


def payload_digest(content: bytes) -> str:
    """Return a digest as WARC headers have it: `sha256:` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
