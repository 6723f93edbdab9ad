"""Where mentions stand in later versions of their article. PURE."""

from __future__ import annotations

from annotations.exchange.records.claims import RangeRecord
from annotations.exchange.records.parts import Record, Time


class PlacementRecord(Record):
    """Where one mention stands in one later version, by comparison or by a person's decision."""

    uid: str
    mention: str
    version: str
    # same, moved, needs_review or orphaned
    state: str
    # What that rests on: identical, sentence_changed, ..., confirmed, selected or marked_gone
    why: str
    # The words of an earlier version that it was compared with.
    from_version: str
    from_ranges: list[RangeRecord]
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    # Where it stands; none unless same or moved.
    ranges: list[RangeRecord] = []
    # What a person was asked to confirm.
    proposed: list[RangeRecord] = []
    decided_at: Time | None = None
    decided_by: str | None = None
