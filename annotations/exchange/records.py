"""What an export says, one struct per entity. PURE.

Other entities are named by uid, people too. A member that is absent has its default. Times are
UTC; offsets count Unicode code points of the version's text, start inclusive, end exclusive.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import msgspec

NATIVE_VERSION = 1

# Always with its zone, which is UTC.
Time = Annotated[datetime, msgspec.Meta(tz=True)]


class Record(msgspec.Struct, omit_defaults=True, gc=False, kw_only=True):
    """One entity, or a part of one. Members at their default are not written."""


class Removal(Record):
    """A discard by the desk, or a hiding or locking by moderation: when, by whom, why."""

    at: Time
    by: str | None = None
    reason: str = ""


class Moment(Record):
    """A date as entered (EDTF), its bounds, and the zone a bare date was meant in."""

    edtf: str = ""
    earliest: Time | None = None
    latest: Time | None = None
    zone: str = ""


class ProjectRecord(Record):
    """The exported project, and how, for whom and when the export was made."""

    uid: str
    name: str
    slug: str
    language: str
    time_zone: str
    reviews_needed: int
    blind: bool
    shared_editing: bool
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    exported_at: Time
    former_slugs: list[str] = []
    archived_at: Time | None = None
    # Whose eyes it was made with; absent means everything.
    seen_by: str | None = None
    with_history: bool = False


class PersonRecord(Record):
    """Someone the export names. Never with an e-mail address."""

    uid: str
    display_name: str
    # The role in the project today; absent for those without one.
    role: str | None = None


class OutletRecord(Record):
    """A publisher of articles."""

    uid: str
    name: str
    created_at: Time
    created_by: str
    host: str = ""


class AliasRecord(Record):
    """One spelling of a source's name."""

    uid: str
    name: str
    created_at: Time
    created_by: str


class SourceRecord(Record):
    """A speaker, with every spelling of its name."""

    uid: str
    name: str
    kind: str
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    aliases: list[AliasRecord]
    description: str = ""
    outlet: str | None = None
    hidden: Removal | None = None
    locked: Removal | None = None


class StatementRecord(Record):
    """One speech act, and what has become of it."""

    uid: str
    state: str
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    source: str | None = None
    source_withheld: bool = False
    channel: str = ""
    url: str = ""
    said: Moment | None = None
    text: str = ""
    language: str = ""
    confidential: bool = False
    state_event: str | None = None
    hidden: Removal | None = None
    locked: Removal | None = None


class BlockRecord(Record):
    """A run of a version's text; the blocks of a version join exactly to it."""

    kind: str
    start: int
    end: int


class FileRecord(Record):
    """The file a version's text was read from; its bytes are not part of an export."""

    uid: str
    name: str
    sha256: str
    size: int
    media_type: str


class VersionRecord(Record):
    """One immutable text of an article."""

    uid: str
    number: int
    text: str
    length: int
    content_hash: str
    origin: str
    created_at: Time
    created_by: str
    blocks: list[BlockRecord]
    file: FileRecord | None = None


class ArticleRecord(Record):
    """An article with every version of its text."""

    uid: str
    title: str
    kind: str
    marking_state: str
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    versions: list[VersionRecord]
    outlet: str | None = None
    byline: str = ""
    url: str = ""
    language: str = ""
    published: Moment | None = None
    syndicated_from: str | None = None
    hidden: Removal | None = None
    locked: Removal | None = None


class RangeRecord(Record):
    """One run of code points, with the words that stand there.

    Those of a mention also have 32 code points on either side, by which they are found again.
    """

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


class HopRecord(Record):
    """One hop of "who said it", the original speaker first."""

    uid: str
    order: int
    source_kind: str
    quote_type: str
    created_at: Time
    created_by: str
    # named, implicit or none
    source_given: str = "named"
    original_located: str = "not_searched"
    source: str | None = None
    # The source is named in the project and not shown to whoever made the export.
    source_withheld: bool = False
    source_ranges: list[RangeRecord] = []
    cue_ranges: list[RangeRecord] = []
    role_at_time: str = ""
    spokesperson_for: str | None = None
    said: Moment | None = None
    said_where: str = ""
    statement: str | None = None
    attitude: str = ""
    cue_negated: bool = False
    commitment: str = ""
    hop_type: str = ""
    anonymity_reason: str = ""
    basis_of_knowledge: str = ""
    # For formats that name things where they are used; the native form never has it.
    source_name: str = ""


class MentionContext(Record):
    """Where a mention stands, in words, for formats of one line per mention."""

    article: str
    article_title: str
    version_number: int
    version_hash: str
    article_url: str = ""
    article_published: str = ""
    article_language: str = ""
    outlet: str = ""
    created_by_name: str = ""


class MentionRecord(Record):
    """A claim's appearance in one article version."""

    uid: str
    version: str
    ranges: list[RangeRecord]
    created_at: Time
    created_by: str
    hops: list[HopRecord] = []
    discarded: Removal | None = None
    context: MentionContext | None = None


class MarkRecord(Record):
    """One event on a statement that a claim rests on, with its standing today."""

    event: str
    event_type: str
    standing: str
    statement: str


class LabelRecord(Record):
    """One current judgement on a claim."""

    label: str
    by: str
    by_name: str
    at: Time
    mine: bool = False


class StatementContext(Record):
    """A statement that a claim rests on, in words."""

    uid: str
    channel: str = ""
    url: str = ""
    said_on: str = ""


class ClaimContext(Record):
    """What is known about a claim elsewhere, for formats of one line per mention."""

    created_by_name: str = ""
    marks: list[MarkRecord] = []
    labels: list[LabelRecord] = []
    statements: list[StatementContext] = []


class ClaimRecord(Record):
    """A normalised assertion with all its mentions. Labels are in reviews, never here."""

    uid: str
    number: int
    text: str
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    checkability: str = "checkable"
    priority: int = 2
    # Counts changes of text, ranges or attribution: what a review was a judgement of.
    content_revision: int = 1
    mentions: list[MentionRecord] = []
    types: list[str] = []
    language: str = ""
    translation_of: str | None = None
    due: date | None = None
    check_worthiness: float | None = None
    statement: str | None = None
    discarded: Removal | None = None
    hidden: Removal | None = None
    locked: Removal | None = None
    context: ClaimContext | None = None


class AssessmentRecord(Record):
    """How sure someone was, when, of an event. The last one is its standing."""

    uid: str
    standing: str
    reason: str
    created_at: Time
    created_by: str
    reporter: str | None = None
    reporter_withheld: bool = False
    evidence_url: str = ""
    evidence_note: str = ""


class EventRecord(Record):
    """One thing that happened to a statement or an article, after it was said."""

    uid: str
    event_type: str
    standing: str | None
    happened_basis: str
    reason_given: str
    created_at: Time
    created_by: str
    hops: list[HopRecord]
    assessments: list[AssessmentRecord]
    statement: str | None = None
    article: str | None = None
    happened: Moment | None = None
    noticed: Moment | None = None
    actor: str | None = None
    actor_withheld: bool = False
    on_behalf_of: str | None = None
    self_observed: bool = False
    reason_text: str = ""
    reason_inferred: str = ""
    notice_url: str = ""
    note: str = ""
    claim: str | None = None
    hidden: Removal | None = None
    locked: Removal | None = None


class ReviewRecord(Record):
    """One reviewer's judgement of one content revision of a claim."""

    uid: str
    claim: str
    claim_revision: int
    reviewer: str
    label: str
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    native_rating: str = ""
    confidence: int | None = None
    justification: str = ""


class HistoryRecord(Record):
    """One change: what it made of which row, when, by whom, doing what, and why."""

    entity: str
    # Of the row that changed; absent for rows that have none.
    uid: str | None
    # insert, update or delete
    change: str
    at: Time
    # The row's columns as they were left, other entities by uid, spans by their ranges.
    values: msgspec.Raw
    by: str | None = None
    action: str = ""
    reason: str = ""


class Closing(Record):
    """The last thing in every export: how many of each there are. Without it a file was cut."""

    counts: dict[str, int]


ExportedRecord = (
    ProjectRecord
    | PersonRecord
    | OutletRecord
    | SourceRecord
    | StatementRecord
    | ArticleRecord
    | ClaimRecord
    | EventRecord
    | ReviewRecord
    | HistoryRecord
    | Closing
)

# The sections of an export in their order, after the project and before the closing record.
SECTIONS: dict[str, type[Record]] = {
    "people": PersonRecord,
    "outlets": OutletRecord,
    "sources": SourceRecord,
    "statements": StatementRecord,
    "articles": ArticleRecord,
    "claims": ClaimRecord,
    "events": EventRecord,
    "reviews": ReviewRecord,
    "history": HistoryRecord,
}
