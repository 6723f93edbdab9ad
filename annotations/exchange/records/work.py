"""What the desk did: its judgements, and every change. PURE."""

from __future__ import annotations

import msgspec

from annotations.exchange.records.parts import Record, Removal, Time


class UsedEvidenceRecord(Record):
    """A piece that a review rests on, by its link to the claim; discarded when it does no more."""

    uid: str
    link: str
    created_at: Time
    created_by: str
    discarded: Removal | None = None


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
    # A value of one of the scales; `native_rating` is what was typed where there was none.
    rating: str | None = None
    native_rating: str = ""
    guideline: str | None = None
    evidence_used: list[UsedEvidenceRecord] = []
    confidence: int | None = None
    justification: str = ""
    discarded: Removal | None = None


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
