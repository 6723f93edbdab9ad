"""What an export says, one struct per entity. PURE.

Other entities are named by uid, people too. A member that is absent has its default. Times are
UTC; offsets count Unicode code points of the version's text, start inclusive, end exclusive.
"""

from __future__ import annotations

from annotations.exchange.records.articles import (
    ArticleRecord,
    BlockRecord,
    FileRecord,
    ReadFromRecord,
    VersionRecord,
)
from annotations.exchange.records.assignments import AssignmentRecord
from annotations.exchange.records.claims import (
    ClaimContext,
    ClaimRecord,
    HopRecord,
    LabelRecord,
    MarkRecord,
    MentionContext,
    MentionRecord,
    RangeRecord,
    StandingVerdict,
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
from annotations.exchange.records.placements import (
    PlacementRecord,
)
from annotations.exchange.records.project import (
    PersonRecord,
    ProjectRecord,
)
from annotations.exchange.records.rounds import (
    DecisionRecord,
    OriginalRecord,
    RoundRecord,
)
from annotations.exchange.records.speakers import (
    AliasRecord,
    OutletRecord,
    SourceRecord,
    StatementRecord,
)
from annotations.exchange.records.standards import (
    GuidelineRecord,
    ScaleRecord,
    ValueRecord,
)
from annotations.exchange.records.talk import (
    CommentRecord,
)
from annotations.exchange.records.verdicts import (
    AdjudicationRecord,
    BasisRecord,
    EndedRecord,
    RestsOnRecord,
    VerdictRecord,
    WeighedRecord,
)
from annotations.exchange.records.work import (
    HistoryRecord,
    ReviewRecord,
    UsedEvidenceRecord,
)

__all__ = [
    "NATIVE_VERSION",
    "SECTIONS",
    "AdjudicationRecord",
    "AliasRecord",
    "ArticleRecord",
    "AssessmentRecord",
    "AssignmentRecord",
    "BasisRecord",
    "BlockRecord",
    "ClaimContext",
    "ClaimEvidenceRecord",
    "ClaimRecord",
    "Closing",
    "CommentRecord",
    "DecisionRecord",
    "EndedRecord",
    "EventRecord",
    "EvidenceFileRecord",
    "EvidenceRecord",
    "ExportedRecord",
    "FileRecord",
    "GuidelineRecord",
    "HistoryRecord",
    "HopRecord",
    "IndependenceRecord",
    "LabelRecord",
    "MarkRecord",
    "MentionContext",
    "MentionRecord",
    "Moment",
    "OriginalRecord",
    "OutletRecord",
    "PersonRecord",
    "PlacementRecord",
    "ProjectRecord",
    "RangeRecord",
    "ReadFromRecord",
    "Record",
    "Removal",
    "RestsOnRecord",
    "ReviewRecord",
    "RoundRecord",
    "ScaleRecord",
    "SourceRecord",
    "StandingVerdict",
    "StatementContext",
    "StatementRecord",
    "Time",
    "UsedEvidenceRecord",
    "ValueRecord",
    "VerdictRecord",
    "VersionRecord",
    "WeighedRecord",
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
    | RoundRecord
    | ClaimRecord
    | OriginalRecord
    | PlacementRecord
    | EventRecord
    | EvidenceRecord
    | ScaleRecord
    | GuidelineRecord
    | CommentRecord
    | ReviewRecord
    | AdjudicationRecord
    | VerdictRecord
    | AssignmentRecord
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
    "rounds": RoundRecord,
    "claims": ClaimRecord,
    "originals": OriginalRecord,
    "placements": PlacementRecord,
    "events": EventRecord,
    "evidence": EvidenceRecord,
    "scales": ScaleRecord,
    "guidelines": GuidelineRecord,
    "comments": CommentRecord,
    "reviews": ReviewRecord,
    "adjudications": AdjudicationRecord,
    "verdicts": VerdictRecord,
    "assignments": AssignmentRecord,
    "history": HistoryRecord,
}
