"""`json`: the native form. One JSON document, one record per line, nothing lost."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, ClassVar

import msgspec

from annotations.exchange.formats.base import ALL_SECTIONS, CHUNK, CutFile, compare
from annotations.exchange.records import (
    NATIVE_VERSION,
    SECTIONS,
    AdjudicationRecord,
    ArticleRecord,
    AssignmentRecord,
    CaptureRecord,
    ClaimRecord,
    Closing,
    CommentRecord,
    EventRecord,
    EvidenceRecord,
    ExportedRecord,
    GuidelineRecord,
    HistoryRecord,
    OriginalRecord,
    OutletRecord,
    PersonRecord,
    PlacementRecord,
    ProjectRecord,
    Record,
    ReviewRecord,
    RoundRecord,
    ScaleRecord,
    SourceRecord,
    StatementRecord,
    VerdictRecord,
)

FORMAT_MARK = "factcheck"


class NativeDocument(Record):
    """A whole project: every entity, its marks, and its history if asked for."""

    format: str
    version: int
    project: ProjectRecord
    people: list[PersonRecord]
    outlets: list[OutletRecord]
    sources: list[SourceRecord]
    statements: list[StatementRecord]
    captures: list[CaptureRecord]
    articles: list[ArticleRecord]
    rounds: list[RoundRecord]
    claims: list[ClaimRecord]
    originals: list[OriginalRecord]
    placements: list[PlacementRecord]
    events: list[EventRecord]
    evidence: list[EvidenceRecord]
    scales: list[ScaleRecord]
    guidelines: list[GuidelineRecord]
    comments: list[CommentRecord]
    reviews: list[ReviewRecord]
    adjudications: list[AdjudicationRecord]
    verdicts: list[VerdictRecord]
    assignments: list[AssignmentRecord]
    history: list[HistoryRecord]
    closing: Closing


class NativeFormat:
    """Writes and reads a NativeDocument; its JSON Schema is schemas/native-5.json."""

    name: ClassVar[str] = "json"
    media_type: ClassVar[str] = "application/json"
    extension: ClassVar[str] = "json"
    lossless: ClassVar[bool] = True
    lost_fields: ClassVar[tuple[str, ...]] = ()
    sections: ClassVar[tuple[str, ...]] = ALL_SECTIONS
    in_context: ClassVar[bool] = False

    def write(self, records: Iterable[ExportedRecord]) -> Iterator[bytes]:
        """Yield the document; every section is there, even an empty one."""
        encoder = msgspec.json.Encoder()
        buffer = bytearray(
            b'{"format":"%s",\n"version":%d,\n' % (FORMAT_MARK.encode(), NATIVE_VERSION)
        )
        waiting = list(SECTIONS)
        current: type[Record] | None = None
        comma = b""
        for record in records:
            kind = type(record)
            if kind is not current:
                _open_section(record, waiting, buffer)
                current = kind
                comma = b"\n"
            buffer += comma
            encoder.encode_into(record, buffer, -1)
            comma = b",\n"
            if len(buffer) >= CHUNK:
                yield bytes(buffer)
                buffer.clear()
        if current is Closing:
            buffer += b"}\n"
        yield bytes(buffer)

    def read(self, stream: BinaryIO) -> NativeDocument:
        """Return the document; raise CutFile when it ends early, ValidationError when wrong."""
        content = stream.read()
        try:
            document = msgspec.json.decode(content, type=NativeDocument)
        except msgspec.ValidationError as error:
            if "required field `closing`" in str(error):
                raise CutFile("there is no closing record") from error
            raise
        except msgspec.DecodeError as error:
            raise CutFile(str(error)) from error
        compare(document.closing, {name: len(getattr(document, name)) for name in SECTIONS})
        return document

    def check(self, stream: BinaryIO) -> Closing:
        """Return the closing record; raise CutFile when the file ends early."""
        return self.read(stream).closing


def _open_section(record: ExportedRecord, waiting: list[str], buffer: bytearray) -> None:
    """Close the section before, write those left empty, and open the record's own."""
    if isinstance(record, ProjectRecord):
        buffer += b'"project":'
        return
    # The project is an object; every other section a list.
    buffer += b",\n" if len(waiting) == len(SECTIONS) else b"\n],\n"
    while waiting and SECTIONS[waiting[0]] is not type(record):
        buffer += b'"%s":[],\n' % waiting.pop(0).encode()
    if waiting:
        buffer += b'"%s":[' % waiting.pop(0).encode()
    else:
        buffer += b'"closing":'
