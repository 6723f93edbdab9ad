"""The retraction ledger as CSV (RFC 4180): one event a row, words as they are stored."""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from annotations.exchange.formats.csv import neutralise
from annotations.lifecycle.choices import CapturePlace
from annotations.lifecycle.ledger_entries import Entry
from annotations.sources.models import Source

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"


def _time(moment: datetime | None) -> str:
    return moment.isoformat().replace("+00:00", "Z") if moment else ""


def _name(source: Source | None) -> str:
    return source.name if source else ""


def _captures(one: Entry, place: CapturePlace) -> str:
    return " ".join(str(each.uid) for each in one.captures_at(place))


# Several claims in one cell stand by number, several captures by uid, with a space between.
COLUMNS: dict[str, Callable[[Entry], str]] = {
    "uid": lambda one: str(one.event.uid),
    "group": lambda one: one.group.value,
    "type": lambda one: one.event.type,
    "standing": lambda one: one.standing,
    "subject": lambda one: "statement" if one.is_statement else "article",
    "subject_uid": lambda one: str(one.subject.uid),
    "said_by": lambda one: _name(one.said_by),
    "place": lambda one: one.place,
    "words": lambda one: one.words,
    "url": lambda one: one.subject.url,
    "actor": lambda one: _name(one.actor),
    "on_behalf_of": lambda one: _name(one.on_behalf_of),
    "reported_by": lambda one: one.reporters,
    "self_observed": lambda one: "true" if one.event.self_observed else "false",
    "happened": lambda one: one.event.happened,
    "happened_earliest": lambda one: _time(one.event.happened_earliest),
    "happened_latest": lambda one: _time(one.event.happened_latest),
    "happened_basis": lambda one: one.event.happened_basis,
    "noticed": lambda one: one.event.noticed,
    "noticed_earliest": lambda one: _time(one.event.noticed_earliest),
    "noticed_latest": lambda one: _time(one.event.noticed_latest),
    "recorded_at": lambda one: _time(one.event.created_at),
    "reason_given": lambda one: one.event.reason_given,
    "reason_text": lambda one: one.event.reason_text,
    "reason_inferred": lambda one: one.event.reason_inferred,
    "notice_url": lambda one: one.event.notice_url,
    "note": lambda one: one.event.note,
    "claims": lambda one: " ".join(str(each.claim.number) for each in one.resting),
    "verdicts": lambda one: " ".join(
        f"{each.claim.number}:{each.verdict.label}" for each in one.resting if each.verdict
    ),
    "looks_again": lambda one: " ".join(str(each.claim.number) for each in one.looks_again),
    "captures_before": lambda one: _captures(one, CapturePlace.BEFORE),
    "captures_after": lambda one: _captures(one, CapturePlace.AFTER),
    "captures_control": lambda one: _captures(one, CapturePlace.CONTROL),
}


class _Line:
    """What csv writes to: gives each line back."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def write_ledger(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield the header and one row for each entry, in UTF-8; words a spreadsheet would run as a
    formula are neutralised.
    """
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS).encode()
    for one in entries:
        yield writer.writerow([neutralise(read(one)) for read in COLUMNS.values()]).encode()
