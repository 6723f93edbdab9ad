"""What was decided of claims: adjudications of disputes, and verdicts. PURE."""

from __future__ import annotations

from annotations.exchange.records.parts import Record, Time


class WeighedRecord(Record):
    """A review that was weighed, at the revision it had, and which fields were taken from it."""

    review: str
    revision: int
    gives: list[str] = []


class AdjudicationRecord(Record):
    """A moderator's decision of a disputed claim; the last of a content revision counts."""

    uid: str
    claim: str
    claim_revision: int
    label: str
    reason: str
    created_at: Time
    created_by: str
    # Those that whoever made the export may see.
    weighed: list[WeighedRecord] = []
    native_rating: str = ""
    confidence: int | None = None
    justification: str = ""


class BasisRecord(Record):
    """A review that a verdict rests on, at the revision it had."""

    review: str
    revision: int


class RestsOnRecord(Record):
    """Evidence that a verdict rests on, at the revision it had."""

    evidence: str
    revision: int


class EndedRecord(Record):
    """When, by whom and why a verdict was superseded or rescinded."""

    at: Time
    by: str
    correction_note: str


class KeptRecord(Record):
    """When, by whom and why a verdict was kept as it is."""

    at: Time
    by: str
    reason: str


class LookAgainRecord(Record):
    """An event by which a verdict was to be looked at again: open while the verdict is current and
    was not kept.
    """

    uid: str
    event: str
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    assignee: str | None = None
    kept: KeptRecord | None = None


class VerdictRecord(Record):
    """What the project says of a claim. `created_by` has published it.

    It rests on one adjudication, or on reviews.
    """

    uid: str
    claim: str
    claim_revision: int
    claim_text: str
    label: str
    reason: str
    # current, superseded or rescinded
    state: str
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    adjudication: str | None = None
    reviews: list[BasisRecord] = []
    # Those that whoever made the export may see.
    evidence: list[RestsOnRecord] = []
    native_rating: str = ""
    supersedes: str | None = None
    ended: EndedRecord | None = None
    # Those that whoever made the export may see.
    looks_again: list[LookAgainRecord] = []
