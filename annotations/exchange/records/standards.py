"""What a project judges by. PURE."""

from __future__ import annotations

from annotations.exchange.records.parts import Record, Time


class ValueRecord(Record):
    """One value of a scale, in the order of the list; a suggested label is a proposal."""

    uid: str
    name: str
    description: str = ""
    suggested_label: str = ""


class ScaleRecord(Record):
    """One version of the project's rating scale; the project names the one that holds."""

    uid: str
    version: int
    name: str
    is_ordered: bool
    created_at: Time
    created_by: str
    values: list[ValueRecord]
    description: str = ""


class GuidelineRecord(Record):
    """One version of the guidelines, in Markdown; the project names the one that holds."""

    uid: str
    version: int
    text: str
    created_at: Time
    created_by: str
    note: str = ""
