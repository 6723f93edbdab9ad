"""Independent marking: the rounds, and what was marked in them. PURE."""

from __future__ import annotations

from annotations.exchange.records.claims import ClaimRecord
from annotations.exchange.records.parts import Record, Time


class RoundRecord(Record):
    """One text, given to several people to mark each without the others; who, in assignments."""

    uid: str
    article: str
    version: str
    # open, handed_in, merged or called_off
    state: str
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    closed_at: Time | None = None


class DecisionRecord(Record):
    """What became of an original: the shared claim it went into, or why it went into none."""

    uid: str
    # accepted or rejected
    outcome: str
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    claim: str | None = None
    reason: str = ""


class OriginalRecord(ClaimRecord, kw_only=True):
    """A claim as somebody marked it in a round. It is not in the shared set, nor counted there."""

    round: str
    decision: DecisionRecord | None = None
