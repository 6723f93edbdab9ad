"""Bringing claims into the stages that follow their reviews, through the services people use."""

from annotations.accounts.models import User
from annotations.accounts.roles import Role
from annotations.claims.models import Claim
from annotations.claims.services import claim_update
from annotations.models import Review
from annotations.projects.models import Project
from annotations.verification.evidence.models import Evidence
from annotations.verification.verdicts.adjudicating import adjudication_create
from annotations.verification.verdicts.models import Adjudication, Verdict
from annotations.verification.verdicts.services import verdict_publish, verdict_supersede
from tests.factories import make_member, make_user
from tests.material import make_claim, make_evidence, make_review

S, R = "supported", "refuted"


def make_people(project: Project, role: str, *names: str) -> list[User]:
    """People with the role in the project."""
    found = []
    for name in names:
        found.append(make_user(name))
        make_member(project, found[-1], Role(role))
    return found


def make_checked(project: Project, actor: User, **fields) -> Claim:
    """A claim with one piece of evidence."""
    claim = make_claim(project, actor, **fields)
    make_evidence(project, actor, claim=claim, file=None)
    return claim


def evidence_on(claim: Claim) -> list[Evidence]:
    """What stands on the claim."""
    return list(Evidence.objects.filter(claim_links__claim=claim).order_by("pk"))


def now(claim: Claim) -> Claim:
    """The claim as it is stored."""
    return Claim.objects.select_related("project").get(pk=claim.pk)


def agree(claim: Claim, *people: User, label: str = S) -> list[Review]:
    """Everybody judges the claim alike."""
    return [make_review(now(claim), one, label) for one in people]


def dispute(claim: Claim, one: User, other: User) -> list[Review]:
    """Two judge the claim differently."""
    return [make_review(now(claim), one, S), make_review(now(claim), other, R)]


def adjudicate(claim: Claim, by: User, label: str = R) -> Adjudication:
    """Decide between the reviews of the claim, in own words."""
    return adjudication_create(
        actor=by, claim=now(claim), reason="The count was verified.", own={"label": label}
    )


def publish(claim: Claim, by: User) -> Verdict:
    """Publish what stands, resting on all evidence of the claim."""
    return verdict_publish(
        actor=by, claim=now(claim), reason="The UN verified 136.", evidence=evidence_on(claim)
    )


def supersede(claim: Claim, by: User) -> Verdict:
    """Publish a correction of what stands."""
    former = Verdict.objects.current().select_related("claim__project").get(claim=claim)
    return verdict_supersede(
        actor=by,
        verdict=former,
        reason="Counted again.",
        evidence=evidence_on(claim),
        correction_note="The first count was wrong.",
    )


def change(claim: Claim, by: User) -> Claim:
    """Change what is claimed."""
    current = now(claim)
    words = f"{current.text}, it is said"
    return claim_update(actor=by, claim=current, revision=current.revision, text=words)
