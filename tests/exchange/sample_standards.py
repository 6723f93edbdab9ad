"""The sample's scale and guidelines, and a review that was made by them."""

from annotations.exchange.records import (
    GuidelineRecord,
    Removal,
    ReviewRecord,
    ScaleRecord,
    UsedEvidenceRecord,
    ValueRecord,
)
from tests.exchange.sample_parts import AT, EDITED, MADE, REVIEWER, uid


def standards() -> list[ScaleRecord | GuidelineRecord]:
    """One version of each."""
    values = [
        ValueRecord(uid=uid(83), name="=Так", suggested_label="supported"),
        ValueRecord(uid=uid(84), name="Ні", description="“No”\n"),
    ]
    scale = ScaleRecord(
        uid=uid(82), version=1, name="Шкала", is_ordered=True, values=values, **MADE
    )
    text = "# How we judge\n\n- **two** sources 👨‍👩‍👧"
    return [scale, GuidelineRecord(uid=uid(85), version=1, text=text, note="First", **MADE)]


def rated_review() -> ReviewRecord:
    """Rated, under guidelines, resting on one piece and on another no more."""
    return ReviewRecord(
        uid=uid(80),
        claim=uid(50),
        claim_revision=1,
        reviewer=REVIEWER,
        label="refuted",
        confidence=2,
        rating=uid(84),
        guideline=uid(85),
        evidence_used=[
            UsedEvidenceRecord(uid=uid(86), link=uid(76), **MADE),
            UsedEvidenceRecord(
                uid=uid(87), link=uid(79), discarded=Removal(at=AT, by=REVIEWER), **MADE
            ),
        ],
        **EDITED,
    )
