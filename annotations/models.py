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
from annotations.captures.models import StoredFile
from annotations.claims.models import Attribution, Claim, Mention
from annotations.claims.rounds import MarkingRound
from annotations.exchange.models import ExportRelease
from annotations.lifecycle.models import EventAssessment, EventModeration, LifecycleEvent
from annotations.moderation.redactions.models import Redaction, RedactionFile, RedactionWords
from annotations.projects.models import FormerSlug, Membership, Project
from annotations.sources.models import Source, SourceAlias
from annotations.spans.models import Span, SpanRange
from annotations.statements.models import Statement
from annotations.verification.assignments.models import Assignment
from annotations.verification.evidence.models import (
    ClaimEvidence,
    Evidence,
    EvidenceIndependence,
)
from annotations.verification.models import Draft, Review

__all__ = [
    "ApiToken",
    "Article",
    "ArticleUpload",
    "ArticleVersion",
    "Assignment",
    "Attribution",
    "Block",
    "Claim",
    "ClaimEvidence",
    "Draft",
    "EventAssessment",
    "EventModeration",
    "Evidence",
    "EvidenceIndependence",
    "ExportRelease",
    "FormerSlug",
    "IdempotencyKey",
    "Invitation",
    "LifecycleEvent",
    "MarkingRound",
    "Membership",
    "Mention",
    "Outlet",
    "Presence",
    "Project",
    "Redaction",
    "RedactionFile",
    "RedactionWords",
    "Review",
    "Source",
    "SourceAlias",
    "Span",
    "SpanRange",
    "Statement",
    "StoredFile",
    "User",
]
