"""Reading WARC files, ours and others', and the WACZ archives some of them come in. PURE.

Whatever a file claims, no more is read than `limit` allows, and nothing is written anywhere.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from annotations.captures.answers import Headers, charset_of
from annotations.captures.failures import FailureCode, FetchFailed
from annotations.captures.unpacking import pack_member, unpack, unpack_members
from annotations.captures.warc import payload_digest
from annotations.captures.zipped import BROKEN_ZIP, BadMember, is_read, member_read

MOST_RECORDS = 2000
MOST_FILES = 100
# What is kept of a record's identity.
LONGEST_IDENTITY = 200
_ZIP = b"PK\x03\x04"
_BROKEN = (ArchiveLoadFailed, ValueError, EOFError, OverflowError, UnicodeError, AttributeError)


class BadWarc(Exception):
    """The file is no WARC that can be read, or more than is read of one."""


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
    # Another record of the file, of whatever type, had the identity before.
    is_repeated: bool = False

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


def read_answers(content: bytes, *, limit: int) -> Iterator[Archived]:
    """Yield the answers of a WARC file, packed or not, or of a WACZ archive, in their order.

    `limit` bounds the bytes of the file once it is unpacked. Raises BadWarc for what is none, is
    longer, or has more than 2,000 records.
    """
    n, seen = 0, set()
    for plain in plain_files(content, limit):
        try:
            for record in ArchiveIterator(BytesIO(plain)):
                n += 1
                if n > MOST_RECORDS:
                    raise BadWarc(f"more than {MOST_RECORDS} records")
                identity = _identity(record)
                if record.rec_type == "response" and (answer := _answer(record)):
                    yield replace(answer, is_repeated=identity in seen)
                seen.add(identity)
        except _BROKEN as error:
            raise BadWarc(str(error)[:200]) from None


def record_of(content: bytes, record_id: str, *, limit: int) -> bytes:
    """Return one answer of a file as a WARC file of its own, byte for byte, with its request.

    What else an upload holds may be of addresses that the person must not see. Raises BadWarc.
    """
    for plain in plain_files(content, limit):
        slices = list(_slices(plain))
        own = next((one for one in slices if one.identity == record_id), None)
        if own is not None:
            request = next((one for one in slices if one.is_request_of(own)), own)
            # In the file's order.
            given = (one.content(plain) for one in slices if one in (own, request))
            return b"".join(map(pack_member, given))
    raise BadWarc("the record is not in the file")


@dataclass(frozen=True, slots=True, eq=False)
class _Slice:
    """Where a record stands in its file, and what it says of itself."""

    identity: str
    belongs_to: str
    kind: str
    url: str
    start: int
    end: int

    def content(self, plain: bytes) -> bytes:
        """Return the record byte for byte; its end leaves out the two empty lines behind it."""
        return plain[self.start : self.end] + b"\r\n\r\n"

    def is_request_of(self, answer: _Slice) -> bool:
        """Say whether this is what was asked for an answer; anything else may be of another page,
        whatever it says that it belongs to.
        """
        return (self.kind, self.belongs_to, self.url) == ("request", answer.identity, answer.url)


def plain_files(content: bytes, limit: int) -> Iterator[bytes]:
    """Yield the unpacked WARC files in a file: itself, or those in the archive it is."""
    left = limit
    for packed in _archived(content, limit) if content.startswith(_ZIP) else [content]:
        try:
            plain = unpack_members(packed, limit=left, most_members=2 * MOST_RECORDS)
        except FetchFailed as failed:
            raise BadWarc(failed.failure.detail or failed.failure.code) from None
        if not plain.startswith(b"WARC/"):
            raise BadWarc("it does not begin as a WARC file")
        left -= len(plain)
        yield plain


def _archived(content: bytes, limit: int) -> Iterator[bytes]:
    """Yield the WARC files of a WACZ archive, as they stand under `archive/`."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if not all(is_read(one) for one in archive.infolist()):
                # Nobody could search it for words that have to go.
                raise BadWarc("a file in it is packed in a way that is not read")
            names = [one for one in archive.infolist() if _is_warc(one.filename)]
            if not names or len(names) > MOST_FILES:
                raise BadWarc(f"{len(names)} WARC files under archive/")
            for one in names:
                yield member_read(archive, one, limit=limit)
    except (BadMember, *BROKEN_ZIP) as error:
        raise BadWarc(str(error)[:200]) from None


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))


def _slices(plain: bytes) -> Iterator[_Slice]:
    """Yield every record as it stands in the file."""
    try:
        reading = ArchiveIterator(BytesIO(plain), no_record_parse=True)
        for n, record in enumerate(reading):
            if n >= MOST_RECORDS:
                raise BadWarc(f"more than {MOST_RECORDS} records")
            start = reading.get_record_offset()
            reading.read_to_end(record)
            yield _Slice(
                identity=_identity(record),
                belongs_to=_identity(record, "WARC-Concurrent-To"),
                kind=record.rec_type or "",
                url=record.rec_headers.get_header("WARC-Target-URI") or "",
                start=start,
                end=start + reading.get_record_length(),
            )
    except _BROKEN as error:
        raise BadWarc(str(error)[:200]) from None


def _answer(record: ArcWarcRecord) -> Archived | None:
    """Return a record's answer; None where it is no HTTP or says too little of itself."""
    http = record.http_headers
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    moment = _moment(record.rec_headers.get_header("WARC-Date") or "")
    # Without a length, it would be all that follows, pages of others included.
    has_length = record.length is not None
    if (
        http is None
        or moment is None
        or not has_length
        or not url.strip("<>").startswith(("http://", "https://"))
    ):
        return None
    code = http.get_statuscode()
    if not (code.isascii() and code.isdigit() and len(code) == 3):
        return None
    payload = record.raw_stream.read()
    return Archived(
        record_id=_identity(record),
        url=url.strip("<>"),
        moment=moment,
        status=int(code),
        headers=tuple((_printable(name), _printable(value)) for name, value in http.headers),
        payload=payload,
        payload_digest=payload_digest(payload),
        address=_printable(record.rec_headers.get_header("WARC-IP-Address") or "")[:60],
    )


def _identity(record: ArcWarcRecord, name: str = "WARC-Record-ID") -> str:
    """Return a record's identity as it is kept and compared; "" where it has none."""
    return _printable(record.rec_headers.get_header(name) or "")[:LONGEST_IDENTITY]


def _printable(value: object) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in str(value)[:8000])


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
        end = packed.find(b"\n", position)
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
