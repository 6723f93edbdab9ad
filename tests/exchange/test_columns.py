"""The native form loses no column: each is in a record, or it is said here why not."""

import pytest
from django.apps import apps

from annotations.accounts.models import ApiToken, Invitation, User
from annotations.articles.models import Article, ArticleVersion, Block, Outlet
from annotations.audit.timeline import history_model
from annotations.captures.models import Capture
from annotations.claims.models import Attribution, Claim, Mention
from annotations.claims.placements.models import MentionPlacement
from annotations.claims.rounds import MarkingRound
from annotations.comments.models import Comment
from annotations.exchange import records
from annotations.exchange.sql_history import HISTORIES
from annotations.lifecycle.models import EventAssessment, EventCapture, LifecycleEvent
from annotations.moderation.models import Flag
from annotations.moderation.redactions.models import Redaction
from annotations.projects.models import Membership, Project
from annotations.sources.models import Source, SourceAlias
from annotations.spans.models import SpanRange
from annotations.statements.models import Statement
from annotations.verification.assignments.models import Assignment
from annotations.verification.evidence.models import (
    ClaimEvidence,
    Evidence,
    EvidenceIndependence,
    ReviewEvidence,
)
from annotations.verification.models import Review
from annotations.verification.rounds.models import OriginalDecision
from annotations.verification.standards.models import Guideline, RatingScale, RatingValue
from annotations.verification.verdicts.models import Adjudication, Verdict

# Where a column stands in the record under another name, or why it does not.
ELSEWHERE = {
    "type": "event_type",
    "span": "ranges",
    "source_span": "source_ranges",
    "cue_span": "cue_ranges",
    "said_on": "said",
    "asked_on": "asked",
    "file_name": "file",
    "file_type": "file",
    "second": "evidence",
    "placed_from": "from_ranges",
    "is_independent": "independent",
    "correction_note": "ended",
}
NOT_WRITTEN = {
    "id": "uid stands for it",
    "project": "all of one project",
    "canonical_url": "made from url",
    "name_key": "made from name",
    "last_claim_number": "the highest claim's",
    "leased_until": "lasts minutes",
    "SourceAlias.source": "the alias stands in its source",
    "ArticleVersion.article": "the version stands in its article",
    "Block.version": "the block stands in its version",
    "Block.n": "the order of the list",
    "Block.text": "a run of the version's text",
    "Mention.claim": "the mention stands in its claim",
    "Mention.article": "its version tells",
    "SpanRange.span": "the range stands in its mention or hop",
    "SpanRange.n": "the order of the list",
    "Attribution.mention": "the hop stands in its mention",
    "Attribution.event": "the hop stands in its event",
    "ClaimEvidence.evidence": "the link stands in its evidence",
    "EvidenceIndependence.first": "stands in the older piece",
    "Claim.round": "originals, which have one, are records of their own",
    "OriginalDecision.round": "that of its original",
    "OriginalDecision.original": "the decision stands in its original",
    "ReviewEvidence.claim": "that of its review",
    "ReviewEvidence.review": "stands in the review",
    "RatingScale.size": "the length of the list",
    "RatingValue.scale": "the value stands in its scale",
    "RatingValue.n": "the order of the list",
    "named": "made from text",
    "EventAssessment.event": "the assessment stands in its event",
    "final_canonical_url": "made from final_url",
    "Capture.text_file": "the text's hash is there; it is made of the WARC file",
    "EventCapture.event": "the capture of an event stands in its event",
}
PARTS = ("_earliest", "_latest", "_zone", "_at", "_by", "_reason")
RECORDS = {
    Project: records.ProjectRecord,
    Outlet: records.OutletRecord,
    Source: records.SourceRecord,
    SourceAlias: records.AliasRecord,
    Statement: records.StatementRecord,
    Article: records.ArticleRecord,
    ArticleVersion: records.VersionRecord,
    Block: records.BlockRecord,
    Claim: records.ClaimRecord,
    Mention: records.MentionRecord,
    SpanRange: records.RangeRecord,
    Attribution: records.HopRecord,
    Capture: records.CaptureRecord,
    EventCapture: records.EventCaptureRecord,
    LifecycleEvent: records.EventRecord,
    EventAssessment: records.AssessmentRecord,
    Evidence: records.EvidenceRecord,
    ClaimEvidence: records.ClaimEvidenceRecord,
    EvidenceIndependence: records.IndependenceRecord,
    Comment: records.CommentRecord,
    Review: records.ReviewRecord,
    Adjudication: records.AdjudicationRecord,
    Verdict: records.VerdictRecord,
    Assignment: records.AssignmentRecord,
    MarkingRound: records.RoundRecord,
    OriginalDecision: records.DecisionRecord,
    MentionPlacement: records.PlacementRecord,
    ReviewEvidence: records.UsedEvidenceRecord,
    RatingScale: records.ScaleRecord,
    RatingValue: records.ValueRecord,
    Guideline: records.GuidelineRecord,
}


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_column_is_in_the_native_form(model):
    members = set(RECORDS[model].__struct_fields__)
    for field in model._meta.get_fields():
        known = {field.name, f"{model.__name__}.{field.name}"}
        if not field.concrete or known & set(NOT_WRITTEN):
            continue
        name = ELSEWHERE.get(field.name, field.name)
        # "discard_reason" stands in "discarded", "said_zone" in "said".
        base = next((name.removesuffix(part) for part in PARTS if name.endswith(part)), name)
        assert {name, base, f"{base}ed"} & members, f"{model.__name__}.{field.name}"


def test_the_history_of_every_row_of_a_project_is_exported():
    tracked = {model for model in apps.get_app_config("annotations").get_models() if _has(model)}
    # People, who has which role, the ways in, and what the law took away are not part of what a
    # project says; nor are flags: who raised one is for moderators alone.
    assert tracked - set(HISTORIES) == {
        ApiToken,
        Flag,
        Invitation,
        Membership,
        Redaction,
        User,
    }


def _has(model) -> bool:
    return history_model(model) is not None
