"""What a notification is about: the kind of a row, its uid, and the claim it belongs to."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from annotations.notifications.kinds import TargetKind

# By the name of the model: this room is below those where the models live.
KINDS_OF_ROWS = {
    "project": TargetKind.PROJECT,
    "article": TargetKind.ARTICLE,
    "claim": TargetKind.CLAIM,
    "source": TargetKind.SOURCE,
    "statement": TargetKind.STATEMENT,
    "evidence": TargetKind.EVIDENCE,
    "lifecycleevent": TargetKind.EVENT,
    "comment": TargetKind.COMMENT,
    "markinground": TargetKind.ROUND,
    "flag": TargetKind.FLAG,
    "redaction": TargetKind.REDACTION,
    "watch": TargetKind.WATCH,
}


@dataclass(frozen=True, slots=True)
class Target:
    """What somebody is told about; `claim_number` leads to a claim's page, where there is one."""

    kind: TargetKind
    uid: UUID
    claim_number: int | None = None


def target_of(row: Any) -> Target:
    """Return how a row is named; a claim gives its own number, a comment that of its claim."""
    kind = KINDS_OF_ROWS[row._meta.model_name]
    number = None
    if kind is TargetKind.CLAIM:
        number = row.number
    elif kind is TargetKind.COMMENT:
        number = row.claim.number
    return Target(kind, row.uid, number)
