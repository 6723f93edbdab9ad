"""What happened to statements and articles. PURE."""

from __future__ import annotations

from annotations.exchange.records.captures import EventCaptureRecord
from annotations.exchange.records.claims import HopRecord
from annotations.exchange.records.parts import Moment, Record, Removal, Time


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
    captures: list[EventCaptureRecord] = []
    hidden: Removal | None = None
    locked: Removal | None = None
