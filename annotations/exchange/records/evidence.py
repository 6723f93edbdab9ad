"""Evidence, the claims it is on, and what it is independent of. PURE."""

from __future__ import annotations

from annotations.exchange.records.parts import Moment, Record, Removal, Time


class EvidenceFileRecord(Record):
    """A file handed in as evidence, without its bytes; `media_type` is what its content is."""

    name: str
    media_type: str
    size: int
    sha256: str


class ClaimEvidenceRecord(Record):
    """What the evidence says of one claim: supports, refutes, mixed or context."""

    uid: str
    claim: str
    stance: str
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    discarded: Removal | None = None


class IndependenceRecord(Record):
    """Whether the evidence is independent of another piece; stands with the older of the two."""

    uid: str
    evidence: str
    independent: bool
    created_at: Time
    created_by: str


class EvidenceRecord(Record):
    """One thing that was found, and what it answers."""

    uid: str
    medium: str
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    claims: list[ClaimEvidenceRecord]
    independence: list[IndependenceRecord] = []
    question: str = ""
    answer: str = ""
    answer_type: str = ""
    quote: str = ""
    source: str | None = None
    source_withheld: bool = False
    url: str = ""
    file: EvidenceFileRecord | None = None
    published: Moment | None = None
    accessed: Moment | None = None
    captured: Moment | None = None
    # Of a claimant_response: when the claimant was asked, and whether they answered.
    asked: Moment | None = None
    response: str = ""
    primary: bool = False
    confidential: bool = False
    discarded: Removal | None = None
    hidden: Removal | None = None
    locked: Removal | None = None
