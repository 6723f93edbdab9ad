"""The sample's evidence: a counted toll, and a claimant who did not answer."""

from annotations.exchange.records import (
    ClaimEvidenceRecord,
    EvidenceFileRecord,
    EvidenceRecord,
    IndependenceRecord,
    Moment,
    Removal,
)
from tests.exchange.sample_parts import AT, EDITED, MADE, MODERATOR, REVIEWER, uid


def evidence() -> list[EvidenceRecord]:
    """Two pieces, one of them discarded and hidden."""
    link = {"claim": uid(50), **EDITED}
    counted = EvidenceRecord(
        uid=uid(75),
        medium="pdf",
        claims=[ClaimEvidenceRecord(uid=uid(76), stance="refutes", **link)],
        independence=[IndependenceRecord(uid=uid(77), evidence=uid(78), independent=True, **MADE)],
        question="=How many?",
        answer="136 were “verified”.\n",
        answer_type="extractive",
        quote="136 👨‍👩‍👧 killed",
        source=uid(20),
        url="https://un.example/count?a=1&b=2",
        file=EvidenceFileRecord(
            name="звіт.pdf", media_type="application/pdf", size=1234, sha256="b" * 64
        ),
        published=Moment(edtf="2022-03-02", earliest=AT, latest=AT, zone="UTC"),
        accessed=Moment(edtf="2022-03-03"),
        captured=Moment(edtf="2022-03"),
        primary=True,
        confidential=True,
        locked=Removal(at=AT, by=MODERATOR),
        **EDITED,
    )
    asked = EvidenceRecord(
        uid=uid(78),
        medium="claimant_response",
        claims=[
            ClaimEvidenceRecord(
                uid=uid(79),
                stance="context",
                discarded=Removal(at=AT, by=REVIEWER, reason="Another claim's"),
                **link,
            )
        ],
        asked=Moment(edtf="2022-03-04"),
        response="no_answer",
        source_withheld=True,
        discarded=Removal(at=AT, by=REVIEWER),
        hidden=Removal(at=AT, by=MODERATOR, reason="Off topic"),
        **EDITED,
    )
    return [counted, asked]
