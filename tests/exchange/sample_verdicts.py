"""What was decided of the sample's first claim: one dispute, and a verdict that was rescinded."""

from annotations.exchange.records import (
    AdjudicationRecord,
    BasisRecord,
    EndedRecord,
    RestsOnRecord,
    StandingVerdict,
    VerdictRecord,
    WeighedRecord,
)
from tests.exchange.sample_parts import AT, EDITED, MADE, MODERATOR, uid


def adjudication() -> AdjudicationRecord:
    """A decision that took the label of one review."""
    return AdjudicationRecord(
        uid=uid(82),
        claim=uid(50),
        claim_revision=1,
        label="refuted",
        reason="=136 were verified",
        weighed=[WeighedRecord(review=uid(80), revision=2, gives=["label"])],
        **MADE,
    )


def verdict() -> VerdictRecord:
    """A verdict from that decision, taken back."""
    return VerdictRecord(
        uid=uid(83),
        claim=uid(50),
        claim_revision=1,
        claim_text="2,000",
        label="refuted",
        reason="The UN verified 136.",
        state="rescinded",
        adjudication=uid(82),
        reviews=[BasisRecord(review=uid(80), revision=2)],
        evidence=[RestsOnRecord(evidence=uid(90), revision=1)],
        ended=EndedRecord(at=AT, by=MODERATOR, correction_note="Counted anew."),
        **EDITED,
    )


def standing() -> StandingVerdict:
    """A verdict in short."""
    return StandingVerdict(
        uid=uid(84), label="refuted", at=AT, by=MODERATOR, by_name="Moderator", is_stale=True
    )
