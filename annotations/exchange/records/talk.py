"""What people say to each other about claims. PURE."""

from __future__ import annotations

from annotations.exchange.records.parts import Record, Removal, Time


class CommentRecord(Record):
    """A comment on a claim; one without `thread` began a thread, and may be resolved."""

    uid: str
    claim: str
    text: str
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    thread: str | None = None
    confidential: bool = False
    edited_at: Time | None = None
    resolved: Removal | None = None
    discarded: Removal | None = None
    hidden: Removal | None = None
    locked: Removal | None = None
