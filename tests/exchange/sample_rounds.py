"""The sample's round of independent marking, and what one person marked in it."""

from annotations.exchange.records import (
    DecisionRecord,
    MentionRecord,
    OriginalRecord,
    RangeRecord,
    RoundRecord,
)
from tests.exchange.sample_parts import AT, EDITED, MADE, uid


def marked() -> RoundRecord:
    """A round that is merged."""
    return RoundRecord(
        uid=uid(90), article=uid(40), version=uid(41), state="merged", closed_at=AT, **EDITED
    )


def originals(words: RangeRecord) -> list[OriginalRecord]:
    """One that was accepted, and one that was not."""
    mention = MentionRecord(uid=uid(92), version=uid(41), ranges=[words], **MADE)
    return [
        OriginalRecord(
            uid=uid(91),
            number=10_000_001,
            text="“2,000” civilians",
            mentions=[mention],
            round=uid(90),
            decision=DecisionRecord(uid=uid(93), outcome="accepted", claim=uid(50), **EDITED),
            **EDITED,
        ),
        OriginalRecord(
            uid=uid(94),
            number=10_010_001,
            text="=Nothing is claimed",
            round=uid(90),
            decision=DecisionRecord(uid=uid(95), outcome="rejected", reason="No claim\n", **EDITED),
            **EDITED,
        ),
    ]
