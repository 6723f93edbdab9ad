"""Who was given what to do. PURE."""

from __future__ import annotations

from annotations.exchange.records.parts import Record, Time


class AssignmentRecord(Record):
    """One article or one claim given to one person, by hand or by the queue."""

    uid: str
    assignee: str
    mode: str
    state: str
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    # One of the two, where the viewer sees it.
    article: str | None = None
    claim: str | None = None
    # The round of independent marking it is part of.
    round: str | None = None
    due: str | None = None
    note: str = ""
    is_from_queue: bool = False
    ended_at: Time | None = None
