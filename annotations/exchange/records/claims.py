"""Claims with their mentions and chains. PURE."""

from __future__ import annotations

from datetime import date

from annotations.exchange.records.parts import Moment, Record, Removal, Time


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


class StandingVerdict(Record):
    """The verdict that the project has published of a claim, in short."""

    uid: str
    label: str
    at: Time
    by: str
    by_name: str
    # The claim has changed since.
    is_stale: bool = False


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
    verdict: StandingVerdict | None = None


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
    # The claim that took its place; its mentions and evidence are there.
    merged_into: str | None = None
    discarded: Removal | None = None
    hidden: Removal | None = None
    locked: Removal | None = None
    context: ClaimContext | None = None
