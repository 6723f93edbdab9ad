"""Articles with their texts. PURE."""

from __future__ import annotations

from annotations.exchange.records.parts import Moment, Record, Removal, Time


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
    # None for a text that was not fetched, and where the capture is not for the reader.
    # The capture the text was read from, where it came of an address.
    capture: str | None = None


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
