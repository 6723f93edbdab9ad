"""Who says things, and their acts of saying. PURE."""

from __future__ import annotations

from annotations.exchange.records.parts import Moment, Record, Removal, Time


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
    # The source that took its place and has its names.
    merged_into: str | None = None
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
