"""Every model by name, because Django looks here; the models live in their concepts."""

from annotations.accounts.models import ApiToken, IdempotencyKey, Invitation, User
from annotations.articles.models import (
    Article,
    ArticleUpload,
    ArticleVersion,
    Block,
    Outlet,
    Presence,
)
from annotations.captures.models import Capture, StoredFile, TimeStamp
from annotations.claims.models import Attribution, Claim, Mention
from annotations.claims.placements.models import MentionPlacement
from annotations.claims.rounds import MarkingRound
from annotations.comments.models import Comment
from annotations.exchange.models import ExportRelease, ProofBundle
from annotations.lifecycle.models import (
    EventAssessment,
    EventCapture,
    EventModeration,
    LifecycleEvent,
    LookAgain,
)
from annotations.lifecycle.watches.models import HostPace, Watch, WatchCheck, WatchTurn
from annotations.moderation.models import Flag
from annotations.moderation.redactions.models import Redaction, RedactionFile, RedactionWords
from annotations.notifications.models import (
    Follow,
    FollowersTold,
    MailChoice,
    Notification,
)
from annotations.projects.models import FormerSlug, Membership, Project
from annotations.sources.models import Source, SourceAlias
from annotations.spans.models import Span, SpanRange
from annotations.statements.models import Statement
from annotations.verification.assignments.models import Assignment
from annotations.verification.evidence.models import (
    ClaimEvidence,
    Evidence,
    EvidenceIndependence,
    ReviewEvidence,
)
from annotations.verification.models import Draft, Review
from annotations.verification.rounds.models import OriginalDecision
from annotations.verification.stage_rows import ClaimStage
from annotations.verification.standards.models import Guideline, RatingScale, RatingValue
from annotations.verification.verdicts.models import (
    Adjudication,
    AdjudicationReview,
    Verdict,
    VerdictEvidence,
    VerdictReview,
)

__all__ = [
    "Adjudication",
    "AdjudicationReview",
    "ApiToken",
    "Article",
    "ArticleUpload",
    "ArticleVersion",
    "Assignment",
    "Attribution",
    "Block",
    "Capture",
    "Claim",
    "ClaimEvidence",
    "ClaimStage",
    "Comment",
    "Draft",
    "EventAssessment",
    "EventCapture",
    "EventModeration",
    "Evidence",
    "EvidenceIndependence",
    "ExportRelease",
    "Flag",
    "Follow",
    "FollowersTold",
    "FormerSlug",
    "Guideline",
    "HostPace",
    "IdempotencyKey",
    "Invitation",
    "LifecycleEvent",
    "LookAgain",
    "MailChoice",
    "MarkingRound",
    "Membership",
    "Mention",
    "MentionPlacement",
    "Notification",
    "OriginalDecision",
    "Outlet",
    "Presence",
    "Project",
    "ProofBundle",
    "RatingScale",
    "RatingValue",
    "Redaction",
    "RedactionFile",
    "RedactionWords",
    "Review",
    "ReviewEvidence",
    "Source",
    "SourceAlias",
    "Span",
    "SpanRange",
    "Statement",
    "StoredFile",
    "TimeStamp",
    "User",
    "Verdict",
    "VerdictEvidence",
    "VerdictReview",
    "Watch",
    "WatchCheck",
    "WatchTurn",
]
