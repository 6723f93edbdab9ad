"""Captures as WARC files (ISO 28500): writing what came over the wire, reading it back. PURE.

Answers are kept byte for byte as they were sent, in pieces and packed if they were; digests are
SHA-256, of the block and of what follows the headers. WARC 1.0, whose times are whole seconds, as
readers of the format expect them.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from annotations.captures.answers import Fetch, Headers, Hop, charset_of
from annotations.captures.failures import FailureCode, FetchFailed
from annotations.captures.unpacking import unpack, unpack_members

MEDIA_TYPE = "application/warc"
MOST_RECORDS = 2000
_LONGEST_HEADERS = 128 * 1024


class BadWarc(Exception):
    """The file is no WARC that can be read, or more than is read of one."""


@dataclass(frozen=True, slots=True)
class WrittenWarc:
    """A WARC file and, of its last answer, the record's identity and the payload's digest."""

    content: bytes
    record_id: str = ""
    payload_digest: str = ""


@dataclass(frozen=True, slots=True)
class Archived:
    """An answer as a WARC file has it: `payload` is what follows the headers, as it was sent."""

    record_id: str
    url: str
    moment: datetime
    status: int
    headers: Headers
    payload: bytes
    payload_digest: str
    address: str = ""

    def header(self, name: str) -> str:
        """Return the first header of that name; empty where there is none."""
        wanted = name.lower()
        return next((value for one, value in self.headers if one.lower() == wanted), "")

    @property
    def charset(self) -> str:
        """Return the encoding its header names; empty where it names none."""
        return charset_of(self.header("Content-Type"))

    def body(self, *, limit: int) -> bytes:
        """Return the body as it was before it was cut into pieces and packed.

        Raises FetchFailed (bomb, bad_encoding) as `unpack` does.
        """
        packed = self.payload
        if "chunked" in self.header("Transfer-Encoding").lower():
            packed = _joined(packed)
        return unpack(packed, self.header("Content-Encoding"), limit=limit)


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


def read_answers(content: bytes, *, limit: int) -> Iterator[Archived]:
    """Yield the answers of a WARC file, packed or not, in its order.

    `limit` bounds the bytes of the file once it is unpacked. Raises BadWarc for what is none, is
    longer, or has more than 2,000 records.
    """
    try:
        plain = unpack_members(content, limit=limit, most_members=2 * MOST_RECORDS)
    except FetchFailed as failed:
        raise BadWarc(failed.failure.detail or failed.failure.code) from None
    if not plain.startswith(b"WARC/"):
        raise BadWarc("it does not begin as a WARC file")
    try:
        for n, record in enumerate(ArchiveIterator(BytesIO(plain))):
            if n >= MOST_RECORDS:
                raise BadWarc(f"more than {MOST_RECORDS} records")
            if record.rec_type == "response" and (answer := _answer(record)):
                yield answer
    except (ArchiveLoadFailed, ValueError, EOFError, UnicodeError, AttributeError) as error:
        raise BadWarc(str(error)[:200]) from None


def _write_hop(writer: WARCWriter, hop: Hop) -> tuple[str, str]:
    """Write one hop's answer and question; return the answer's identity and payload digest."""
    raw = _final_answer(hop)
    end = _head_end(raw)
    digest = _digest(raw[end:])
    answer_id = f"<urn:uuid:{uuid.uuid4()}>"
    about = {
        "WARC-Date": hop.started_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-IP-Address": hop.address,
    }
    _write(writer, hop.url, "response", raw, end, {
        "WARC-Record-ID": answer_id,
        "WARC-Payload-Digest": digest,
        "WARC-Block-Digest": _digest(raw),
        **({"WARC-Truncated": hop.truncated} if hop.truncated else {}),
        **about,
    })  # fmt: skip
    _write(writer, hop.url, "request", hop.request, _head_end(hop.request), {
        "WARC-Concurrent-To": answer_id,
        "WARC-Payload-Digest": _digest(b""),
        "WARC-Block-Digest": _digest(hop.request),
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
    raw = hop.response
    while raw[9:10] == b"1" and raw[9:12] != b"101" and (end := _head_end(raw)):
        raw = raw[end:]
    end = _head_end(raw)
    length = hop.header("Content-Length")
    if length.isascii() and length.isdigit() and not hop.header("Transfer-Encoding"):
        return raw[: end + int(length)]
    return raw


def _head_end(raw: bytes) -> int:
    """Return where the body begins; 0 where the headers are not whole. Line feeds alone are let
    pass, as browsers do.
    """
    ends = [
        at + len(mark) for mark in (b"\r\n\r\n", b"\n\n", b"\n\r\n") if (at := raw.find(mark)) > 0
    ]
    return min(ends, default=0)


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _answer(record: ArcWarcRecord) -> Archived | None:
    """Return a record's answer; None where it is no HTTP or says too little of itself."""
    http = record.http_headers
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    moment = _moment(record.rec_headers.get_header("WARC-Date") or "")
    if http is None or moment is None or not url.strip("<>").startswith(("http://", "https://")):
        return None
    code = http.get_statuscode()
    if not (code.isascii() and code.isdigit() and len(code) == 3):
        return None
    payload = record.raw_stream.read()
    return Archived(
        record_id=(record.rec_headers.get_header("WARC-Record-ID") or "")[:200],
        url=url.strip("<>"),
        moment=moment,
        status=int(code),
        headers=tuple((str(name), str(value)) for name, value in http.headers),
        payload=payload,
        payload_digest=_digest(payload),
        address=(record.rec_headers.get_header("WARC-IP-Address") or "")[:60],
    )


def _moment(value: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _joined(packed: bytes) -> bytes:
    """Return a body without the sizes between its pieces; as it is where it has none.

    Raises FetchFailed (bad_encoding) where a size is not one.
    """
    out, position = bytearray(), 0
    while position < len(packed):
        end = packed.find(b"\n", position, position + 1024)
        size = packed[position : max(end, position)].split(b";")[0].strip()
        try:
            length = int(size, 16)
        except ValueError:
            raise FetchFailed(FailureCode.BAD_ENCODING, "chunked") from None
        if length <= 0:
            break
        out += packed[end + 1 : end + 1 + length]
        position = end + 1 + length
        position += 2 if packed[position : position + 2] == b"\r\n" else 1
    return bytes(out)
