"""`csv`: one row per mention, for spreadsheets. Cells that could act as formulas are disarmed."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, ClassVar

import msgspec

from annotations.exchange.formats.base import CHUNK, CutFile
from annotations.exchange.records import (
    ClaimContext,
    ClaimRecord,
    Closing,
    ExportedRecord,
    HopRecord,
    MentionContext,
    MentionRecord,
    Removal,
)

# A spreadsheet takes a cell that begins so for a formula; "'" itself is among them so that
# reading can take one off again without asking.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
# A quoted passage may be as long as a version's text.
LONGEST_CELL = 4_000_000
BETWEEN_RANGES = " […] "
BETWEEN_HOPS = " → "

Cell = str | int | float


@dataclass(frozen=True)
class _Row:
    """One mention with all it stands in; a claim without mentions has one row without."""

    claim: ClaimRecord
    context: ClaimContext
    mention: MentionRecord | None
    place: MentionContext | None

    @property
    def speaker(self) -> HopRecord | None:
        """The first hop: the original speaker."""
        return self.mention.hops[0] if self.mention and self.mention.hops else None


def neutralise(cell: str) -> str:
    """Put a "'" before words a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def restore(cell: str) -> str:
    """Undo `neutralise` exactly."""
    return cell[1:] if cell.startswith("'") else cell


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _removed(mark: Removal | None) -> str:
    return _time(mark.at) if mark else ""


def _hop_name(hop: HopRecord) -> str:
    if hop.source_withheld:
        return "[withheld]"
    return hop.source_name or f"[{hop.source_given}]"


def _chain(row: _Row) -> str:
    return BETWEEN_HOPS.join(_hop_name(hop) for hop in row.mention.hops) if row.mention else ""


def _exact(row: _Row) -> str:
    return BETWEEN_RANGES.join(each.exact for each in row.mention.ranges) if row.mention else ""


def _ranges(row: _Row) -> str:
    ranges = row.mention.ranges if row.mention else ()
    return ";".join(f"{each.start}-{each.end}" for each in ranges)


def _speaker(read: Callable[[HopRecord], str | None]) -> Callable[[_Row], Cell]:
    return lambda row: (read(row.speaker) or "") if row.speaker else ""


def _place(read: Callable[[MentionContext], Cell]) -> Callable[[_Row], Cell]:
    return lambda row: read(row.place) if row.place else ""


def _mention(read: Callable[[MentionRecord], Cell]) -> Callable[[_Row], Cell]:
    return lambda row: read(row.mention) if row.mention else ""


# Columns in their order; those of numbers are written and read as numbers.
COLUMNS: dict[str, Callable[[_Row], Cell]] = {
    "record": lambda row: "mention" if row.mention else "claim",
    "claim_number": lambda row: row.claim.number,
    "claim_uid": lambda row: row.claim.uid,
    "claim_text": lambda row: row.claim.text,
    "claim_language": lambda row: row.claim.language,
    "claim_types": lambda row: "; ".join(row.claim.types),
    "checkability": lambda row: row.claim.checkability,
    "priority": lambda row: row.claim.priority,
    "due": lambda row: row.claim.due.isoformat() if row.claim.due else "",
    "my_label": lambda row: "; ".join(each.label for each in row.context.labels if each.mine),
    "labels": lambda row: "; ".join(each.label for each in row.context.labels),
    "labelled_by": lambda row: "; ".join(each.by_name for each in row.context.labels),
    "verdict": lambda row: row.context.verdict.label if row.context.verdict else "",
    "verdict_at": lambda row: _time(row.context.verdict.at) if row.context.verdict else "",
    "lifecycle": lambda row: "; ".join(
        f"{mark.event_type} ({mark.standing})" for mark in row.context.marks
    ),
    "statement_uids": lambda row: "; ".join(each.uid for each in row.context.statements),
    "statement_channels": lambda row: "; ".join(each.channel for each in row.context.statements),
    "statement_urls": lambda row: " ".join(each.url for each in row.context.statements if each.url),
    "mention_uid": _mention(lambda mention: mention.uid),
    "article_uid": _place(lambda place: place.article),
    "article_title": _place(lambda place: place.article_title),
    "article_url": _place(lambda place: place.article_url),
    "article_published": _place(lambda place: place.article_published),
    "outlet": _place(lambda place: place.outlet),
    "version_uid": _mention(lambda mention: mention.version),
    "version_number": _place(lambda place: place.version_number),
    "start": _mention(lambda mention: mention.ranges[0].start),
    "end": _mention(lambda mention: mention.ranges[-1].end),
    "ranges": _ranges,
    "exact": _exact,
    "chain": _chain,
    "original_speaker": _speaker(_hop_name),
    "original_speaker_uid": _speaker(lambda hop: hop.source),
    "source_kind": _speaker(lambda hop: hop.source_kind),
    "quote_type": _speaker(lambda hop: hop.quote_type),
    "said_on": _speaker(lambda hop: hop.said.edtf if hop.said else ""),
    "said_where": _speaker(lambda hop: hop.said_where),
    "created_at": lambda row: _time((row.mention or row.claim).created_at),
    "created_by": lambda row: (row.place or row.context).created_by_name,
    "created_by_uid": lambda row: (row.mention or row.claim).created_by,
    "claim_discarded_at": lambda row: _removed(row.claim.discarded),
    "mention_discarded_at": _mention(lambda mention: _removed(mention.discarded)),
    "claim_hidden_at": lambda row: _removed(row.claim.hidden),
    "closing": lambda row: "",
}
NUMBERS = frozenset({"claim_number", "priority", "version_number", "start", "end"})


class CsvFormat:
    """RFC 4180 in UTF-8: a header, the rows, and a closing row that holds the counts."""

    name: ClassVar[str] = "csv"
    media_type: ClassVar[str] = "text/csv; charset=utf-8"
    extension: ClassVar[str] = "csv"
    lossless: ClassVar[bool] = False
    lost_fields: ClassVar[tuple[str, ...]] = (
        "project",
        "people",
        "sources' aliases and descriptions",
        "statements' words",
        "article texts and blocks",
        "prefix, suffix, cue and source words",
        "everything of a hop but its name, and the first hop's kind, quote type, date and place",
        "adjudications, ended verdicts, what a verdict rests on",
        "stale and discarded reviews, justification, confidence, native rating",
        "events' details and assessments before the last",
        "where mentions stand in later versions",
        "evidence",
        "comments",
        "assignments, scales and guidelines",
        "who discarded or hid, and why",
        "history",
    )
    sections: ClassVar[tuple[str, ...]] = ("claims",)
    in_context: ClassVar[bool] = True

    def write(self, records: Iterable[ExportedRecord]) -> Iterator[bytes]:
        """Yield header, rows and closing row."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for record in records:
            if type(record) is ClaimRecord:
                writer.writerows(_cells(row) for row in _rows(record))
            elif isinstance(record, Closing):
                counts = msgspec.json.encode(record.counts).decode()
                writer.writerow(["closing", *[""] * (len(COLUMNS) - 2), counts])
            if buffer.tell() >= CHUNK:
                yield buffer.getvalue().encode()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue().encode()

    def read(self, stream: BinaryIO) -> Iterator[dict[str, Cell]]:
        """Yield every row as it was before disarming; raise CutFile when the file ends early."""
        csv.field_size_limit(LONGEST_CELL)
        lines = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        mentions, closing = 0, None
        for row in _whole(csv.DictReader(lines, strict=True)):
            if closing is not None or row["closing"] is None:
                raise CutFile("the file does not end in its closing row")
            if row["record"] == "closing":
                closing = _counts(row["closing"])
            mentions += row["record"] == "mention"
            yield {name: _value(name, cell) for name, cell in row.items()}
        lines.detach()
        if closing is None or closing.get("mentions", 0) != mentions:
            raise CutFile("there is no closing row, or it announces other numbers")

    def check(self, stream: BinaryIO) -> Closing:
        """Return the closing record; raise CutFile when the file ends early."""
        row: dict[str, Cell] = {}
        for row in self.read(stream):  # noqa: B007  (the last one is wanted)
            pass
        return Closing(counts=_counts(str(row["closing"])))


def _rows(claim: ClaimRecord) -> Iterator[_Row]:
    context = claim.context or ClaimContext()
    if not claim.mentions:
        yield _Row(claim, context, None, None)
    for mention in claim.mentions:
        yield _Row(claim, context, mention, mention.context)


def _cells(row: _Row) -> Iterator[Cell]:
    for column in COLUMNS.values():
        cell = column(row)
        yield neutralise(cell) if isinstance(cell, str) else cell


def _value(name: str, cell: str) -> Cell:
    if name in NUMBERS:
        return int(cell) if cell else ""
    return restore(cell)


def _counts(cell: str) -> dict[str, int]:
    try:
        return msgspec.json.decode(cell, type=dict[str, int])
    except msgspec.DecodeError as error:
        raise CutFile("the closing row is not whole") from error


def _whole(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Pass rows on; a file that ends inside a character or a quoted cell was cut."""
    try:
        yield from rows
    except (UnicodeDecodeError, csv.Error) as error:
        raise CutFile("the file ends inside a cell") from error
