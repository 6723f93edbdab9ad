"""`jsonl`: the native records, one per line, each saying what it is in `type`."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, ClassVar

import msgspec

from annotations.exchange.formats.base import ALL_SECTIONS, CHUNK, CutFile, compare
from annotations.exchange.records import SECTIONS, Closing, ExportedRecord, ProjectRecord, Record

TYPES: dict[str, type[Record]] = {
    "project": ProjectRecord,
    "person": SECTIONS["people"],
    "outlet": SECTIONS["outlets"],
    "source": SECTIONS["sources"],
    "statement": SECTIONS["statements"],
    "capture": SECTIONS["captures"],
    "article": SECTIONS["articles"],
    "round": SECTIONS["rounds"],
    "claim": SECTIONS["claims"],
    "original": SECTIONS["originals"],
    "placement": SECTIONS["placements"],
    "event": SECTIONS["events"],
    "evidence": SECTIONS["evidence"],
    "scale": SECTIONS["scales"],
    "guideline": SECTIONS["guidelines"],
    "comment": SECTIONS["comments"],
    "review": SECTIONS["reviews"],
    "adjudication": SECTIONS["adjudications"],
    "verdict": SECTIONS["verdicts"],
    "assignment": SECTIONS["assignments"],
    "history": SECTIONS["history"],
    "closing": Closing,
}
_SECTION_OF = {record: name for name, record in SECTIONS.items()}
_PREFIX = {record: b'{"type":"%s",' % name.encode() for name, record in TYPES.items()}


class _Line(msgspec.Struct):
    type: str


class JsonLinesFormat:
    """Writes and reads lines; the first is the project, the last the closing record."""

    name: ClassVar[str] = "jsonl"
    media_type: ClassVar[str] = "application/x-ndjson"
    extension: ClassVar[str] = "jsonl"
    lossless: ClassVar[bool] = True
    lost_fields: ClassVar[tuple[str, ...]] = ()
    sections: ClassVar[tuple[str, ...]] = ALL_SECTIONS
    in_context: ClassVar[bool] = False

    def write(self, records: Iterable[ExportedRecord]) -> Iterator[bytes]:
        """Yield the lines."""
        encoder = msgspec.json.Encoder()
        buffer = bytearray()
        for record in records:
            start = len(buffer)
            encoder.encode_into(record, buffer, -1)
            buffer[start : start + 1] = _PREFIX[type(record)]
            buffer += b"\n"
            if len(buffer) >= CHUNK:
                yield bytes(buffer)
                buffer.clear()
        yield bytes(buffer)

    def read(self, stream: BinaryIO) -> Iterator[ExportedRecord]:
        """Yield every record, the closing one last; raise CutFile when the file ends early."""
        found = dict.fromkeys(SECTIONS, 0)
        record: Record | None = None
        for line in stream:
            if isinstance(record, Closing) or not line.endswith(b"\n"):
                raise CutFile("the file does not end in its closing record")
            kind = msgspec.json.decode(line, type=_Line).type
            record = msgspec.json.decode(line, type=TYPES[kind])
            if type(record) in _SECTION_OF:
                found[_SECTION_OF[type(record)]] += 1
            yield record  # type: ignore[misc]
        if not isinstance(record, Closing):
            raise CutFile("there is no closing record")
        compare(record, found)

    def check(self, stream: BinaryIO) -> Closing:
        """Return the closing record; raise CutFile when the file ends early."""
        *_others, closing = self.read(stream)
        assert isinstance(closing, Closing)
        return closing
