"""Rows to records: every entity of a project in one pass, in a fixed order."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from annotations.accounts.models import User
from annotations.exchange import (
    records,
    sql_assignments,
    sql_captures,
    sql_claims,
    sql_events,
    sql_evidence,
    sql_history,
    sql_others,
    sql_placements,
    sql_project,
    sql_rounds,
    sql_standards,
    sql_talk,
    sql_verdicts,
)
from annotations.exchange.eyes import Eyes
from annotations.exchange.snapshot import Snapshot
from annotations.projects.models import Project


@dataclass(frozen=True)
class Reading:
    """What to read: which project, as whom (None: everything), how much."""

    project: Project
    viewer: User | None = None
    with_history: bool = False
    # Whether claims say in words where they stand, for formats of one line per mention.
    in_context: bool = False
    # The moment whose knowledge is read; none for what is known now.
    known_at: datetime | None = None
    # The sections to read; the project and the closing record are always there.
    sections: tuple[str, ...] = tuple(records.SECTIONS)


def read_records(snapshot: Snapshot, reading: Reading) -> Generator[records.ExportedRecord]:
    """Yield the project, every section in the order of SECTIONS, then the closing record.

    Holds one record at a time, whatever the size of the project; the number of queries depends
    on the sections only. Rows stand in the order they were made, claims in that of their numbers.
    """
    eyes = Eyes(snapshot, reading.project, reading.viewer, reading.known_at)
    counts: dict[str, int] = {}
    yield _project(snapshot, eyes, reading)
    for section, queries in _queries(eyes, reading):
        record_type = records.SECTIONS[section]
        count = _COUNTERS.get(record_type, _count_one)
        decode = msgspec.json.Decoder(record_type).decode
        counts.setdefault(section, 0)
        for part in _PARTS.get(section, ()):
            counts.setdefault(part, 0)
        for query in queries:
            for row in snapshot.rows(eyes.asked(query)):
                record = decode(row)
                count(record, section, counts)
                yield record  # type: ignore[misc]
    yield records.Closing(counts=counts)


def _queries(eyes: Eyes, reading: Reading) -> Iterator[tuple[str, list[str]]]:
    """Return every section's queries, in order; history has one per kind of row."""
    sections = {
        "people": lambda: [sql_project.people(eyes, with_history=reading.with_history)],
        "outlets": lambda: [sql_others.outlets(eyes)],
        "sources": lambda: [sql_others.sources(eyes)],
        "statements": lambda: [sql_others.statements(eyes)],
        "captures": lambda: [sql_captures.captures(eyes)],
        "articles": lambda: [sql_others.articles(eyes)],
        "rounds": lambda: [sql_rounds.rounds(eyes)],
        "claims": lambda: [sql_claims.claims(eyes, in_context=reading.in_context)],
        "originals": lambda: [sql_rounds.originals(eyes)],
        "placements": lambda: [sql_placements.placements(eyes)],
        "events": lambda: [sql_events.events(eyes)],
        "evidence": lambda: [sql_evidence.evidence(eyes)],
        "scales": lambda: [sql_standards.scales(eyes)],
        "guidelines": lambda: [sql_standards.guidelines(eyes)],
        "comments": lambda: [sql_talk.comments(eyes)],
        "reviews": lambda: [sql_others.reviews(eyes)],
        "adjudications": lambda: [sql_verdicts.adjudications(eyes)],
        "verdicts": lambda: [sql_verdicts.verdicts(eyes)],
        "assignments": lambda: [sql_assignments.assignments(eyes)],
        "history": lambda: sql_history.histories(eyes) if reading.with_history else [],
    }
    for section in records.SECTIONS:
        if section in reading.sections:
            yield section, sections[section]()


def _project(snapshot: Snapshot, eyes: Eyes, reading: Reading) -> records.ProjectRecord:
    (row,) = snapshot.rows(eyes.asked(sql_project.project(eyes)))
    project = msgspec.json.decode(row, type=records.ProjectRecord)
    project.exported_at = datetime.now(UTC)
    project.with_history = reading.with_history
    project.known_at = reading.known_at
    return project


def _count_one(record: records.Record, section: str, counts: dict[str, int]) -> None:
    counts[section] += 1


def _count_source(source: records.SourceRecord, section: str, counts: dict[str, int]) -> None:
    counts[section] += 1
    counts["aliases"] += len(source.aliases)


def _count_article(article: records.ArticleRecord, section: str, counts: dict[str, int]) -> None:
    counts[section] += 1
    counts["versions"] += len(article.versions)
    for version in article.versions:
        counts["blocks"] += len(version.blocks)


def _count_claim(claim: records.ClaimRecord, section: str, counts: dict[str, int]) -> None:
    counts[section] += 1
    counts["mentions"] += len(claim.mentions)
    for mention in claim.mentions:
        counts["hops"] += len(mention.hops)


def _count_event(event: records.EventRecord, section: str, counts: dict[str, int]) -> None:
    counts[section] += 1
    counts["event_hops"] += len(event.hops)
    counts["assessments"] += len(event.assessments)
    counts["event_captures"] += len(event.captures)


def _count_evidence(piece: records.EvidenceRecord, section: str, counts: dict[str, int]) -> None:
    counts[section] += 1
    counts["claim_links"] += len(piece.claims)


_COUNTERS: dict[type[records.Record], Callable[[Any, str, dict[str, int]], None]] = {
    records.SourceRecord: _count_source,
    records.ArticleRecord: _count_article,
    records.ClaimRecord: _count_claim,
    records.EventRecord: _count_event,
    records.EvidenceRecord: _count_evidence,
}
_PARTS = {
    "sources": ("aliases",),
    "articles": ("versions", "blocks"),
    "claims": ("mentions", "hops"),
    "events": ("event_hops", "assessments", "event_captures"),
    "evidence": ("claim_links",),
}
