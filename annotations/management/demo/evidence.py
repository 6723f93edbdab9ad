"""The demo's evidence: one report that says another thing of each of two claims."""

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.sources.services import source_resolve
from annotations.verification.evidence.independence import independence_set
from annotations.verification.evidence.links import evidence_attach
from annotations.verification.evidence.services import evidence_create


def gather_evidence(actor: User, toll: Claim, verified: Claim) -> None:
    """Put evidence on the service's toll and on the count that the UN verified."""
    project = toll.project
    count = evidence_create(
        actor=actor,
        project=project,
        claim=toll,
        stance="mixed",
        question="How many civilian deaths had anybody verified by then?",
        answer="136, with 400 injured; the office calls the true figures considerably higher.",
        answer_type="abstractive",
        quote="136 killed",
        source=source_resolve(project=project, name="OHCHR"),
        url="https://www.ohchr.org/en/news-and-events",
        published="2022-03-01",
        accessed="2022-03-02",
        primary=True,
    )
    evidence_attach(actor=actor, claim=verified, evidence=count, stance="supports")
    report = evidence_create(
        actor=actor,
        project=project,
        claim=toll,
        stance="context",
        question="Does the service still stand by its number?",
        answer="CNN reports that the service took its post down and gave no reason.",
        answer_type="abstractive",
        source=source_resolve(project=project, name="CNN"),
        url="https://edition.cnn.com/europe",
        published="2022-03-02/2022-03-03",
        accessed="2022-03-03",
    )
    independence_set(actor=actor, evidence=count, others={report: True})
    _ask_the_service(actor, toll)


def _ask_the_service(actor: User, toll: Claim) -> None:
    evidence_create(
        actor=actor,
        project=toll.project,
        claim=toll,
        stance="context",
        question="What does the service say when it is asked how it counted?",
        medium="claimant_response",
        source=source_resolve(project=toll.project, name="State Emergency Service"),
        asked_on="2022-03-03",
        response="awaited",
    )
