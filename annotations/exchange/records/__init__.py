"""What an export says, one struct per entity. PURE.

Other entities are named by uid, people too. A member that is absent has its default. Times are
UTC; offsets count Unicode code points of the version's text, start inclusive, end exclusive.
"""

from __future__ import annotations

from annotations.exchange.records.articles import (
    ArticleRecord,
    BlockRecord,
    FileRecord,
    VersionRecord,
)
from annotations.exchange.records.claims import (
    ClaimContext,
    ClaimRecord,
    HopRecord,
    LabelRecord,
    MarkRecord,
    MentionContext,
    MentionRecord,
    RangeRecord,
    StatementContext,
)
from annotations.exchange.records.events import (
    AssessmentRecord,
    EventRecord,
)
from annotations.exchange.records.evidence import (
    ClaimEvidenceRecord,
    EvidenceFileRecord,
    EvidenceRecord,
    IndependenceRecord,
)
from annotations.exchange.records.parts import (
    NATIVE_VERSION,
    Moment,
    Record,
    Removal,
    Time,
)
from annotations.exchange.records.project import (
    PersonRecord,
    ProjectRecord,
)
from annotations.exchange.records.speakers import (
    AliasRecord,
    OutletRecord,
    SourceRecord,
    StatementRecord,
)
from annotations.exchange.records.talk import (
    CommentRecord,
)
from annotations.exchange.records.work import (
    HistoryRecord,
    ReviewRecord,
)

__all__ = [
    "NATIVE_VERSION",
    "SECTIONS",
    "AliasRecord",
    "ArticleRecord",
    "AssessmentRecord",
    "BlockRecord",
    "ClaimContext",
    "ClaimEvidenceRecord",
    "ClaimRecord",
    "Closing",
    "CommentRecord",
    "EventRecord",
    "EvidenceFileRecord",
    "EvidenceRecord",
    "ExportedRecord",
    "FileRecord",
    "HistoryRecord",
    "HopRecord",
    "IndependenceRecord",
    "LabelRecord",
    "MarkRecord",
    "MentionContext",
    "MentionRecord",
    "Moment",
    "OutletRecord",
    "PersonRecord",
    "ProjectRecord",
    "RangeRecord",
    "Record",
    "Removal",
    "ReviewRecord",
    "SourceRecord",
    "StatementContext",
    "StatementRecord",
    "Time",
    "VersionRecord",
]


class Closing(Record):
    """The last thing in every export: how many of each there are. Without it a file was cut."""

    counts: dict[str, int]


ExportedRecord = (
    ProjectRecord
    | PersonRecord
    | OutletRecord
    | SourceRecord
    | StatementRecord
    | ArticleRecord
    | ClaimRecord
    | EventRecord
    | EvidenceRecord
    | CommentRecord
    | ReviewRecord
    | HistoryRecord
    | Closing
)

# The sections of an export in their order, after the project and before the closing record.
SECTIONS: dict[str, type[Record]] = {
    "people": PersonRecord,
    "outlets": OutletRecord,
    "sources": SourceRecord,
    "statements": StatementRecord,
    "articles": ArticleRecord,
    "claims": ClaimRecord,
    "events": EventRecord,
    "evidence": EvidenceRecord,
    "comments": CommentRecord,
    "reviews": ReviewRecord,
    "history": HistoryRecord,
}
