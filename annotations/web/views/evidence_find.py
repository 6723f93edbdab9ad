"""Finds evidence and its links for one person, and says what they may do with them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.projects.models import Project
from annotations.projects.visibility import Sight
from annotations.verification.evidence.choices import Stance
from annotations.verification.evidence.models import (
    ClaimEvidence,
    Evidence,
    EvidenceIndependence,
)
from annotations.verification.evidence.permissions import (
    check_attach_evidence,
    check_discard_link,
    check_edit_link,
)
from annotations.verification.evidence.querysets import EvidenceQuerySet
from annotations.verification.evidence.reading import (
    ClaimEvidenceView,
    EvidenceLine,
    evidence_of_claim,
)
from annotations.web.views.claims_find import may

# More than anybody compares on one page.
MOST_COMPARED = 100


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One piece on a claim's page, with what the viewer may do about it there."""

    line: EvidenceLine
    may_edit: bool
    may_turn: bool


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """The evidence of a claim's page."""

    view: ClaimEvidenceView
    kept: list[ShownLine]
    set_aside: list[ShownLine]
    may_add: bool

    @property
    def stances(self) -> list[tuple[str, str]]:
        """Return what a piece can say of the claim: stored word and words for people."""
        return [(value, str(label)) for value, label in Stance.choices]


@dataclass(frozen=True, slots=True)
class Pair:
    """Another piece, and what was said of whether the two are independent: yes, no or nothing."""

    other: Evidence
    said: str


def show_evidence(claim: Claim, viewer: User, sight: Sight) -> ShownEvidence:
    """Read what a claim's page shows of its evidence; at most four queries."""
    view = evidence_of_claim(claim, viewer, sight)
    return ShownEvidence(
        view=view,
        kept=[_shown(line, viewer) for line in view.kept],
        set_aside=[_shown(line, viewer) for line in view.set_aside],
        may_add=may(check_attach_evidence, viewer, claim) and claim.discarded_at is None,
    )


def evidence_rows(user: User, project: Project) -> EvidenceQuerySet:
    """Return the evidence of the project that the person may see, with what its page names."""
    rows = Evidence.objects.visible_to(user).filter(project=project)
    return rows.select_related("source", "file", "created_by", "discarded_by")


def find_evidence(user: User, project: Project, uid: UUID) -> Evidence:
    """Return the evidence; 404 unless the person may read it."""
    evidence: Evidence = get_object_or_404(evidence_rows(user, project), uid=uid)
    evidence.project = project
    return evidence


def find_link(user: User, project: Project, uid: UUID) -> ClaimEvidence:
    """Return the link with both its ends; 404 unless the person may read all of them."""
    rows = ClaimEvidence.objects.visible_to(user).filter(project=project)
    link: ClaimEvidence = get_object_or_404(rows.select_related("claim", "evidence"), uid=uid)
    for row in (link, link.claim, link.evidence):
        row.project = project
    return link


def claims_of(evidence: Evidence, user: User) -> list[ClaimEvidence]:
    """Return the claims the evidence was put on that the person may see, with its stances."""
    rows = ClaimEvidence.objects.visible_to(user).filter(evidence=evidence)
    # A merge leaves behind what the other claim had already.
    rows = rows.filter(claim__merged_into__isnull=True)
    return list(rows.select_related("claim").order_by("discarded_at", "id"))


def pairs_of(evidence: Evidence, links: list[ClaimEvidence], user: User) -> list[Pair]:
    """Return the evidence it can be compared with: on a claim with it, or compared already."""
    marks = EvidenceIndependence.objects.visible_to(user)
    said = {}
    for mark in marks.filter(Q(first=evidence) | Q(second=evidence)):
        other_id = mark.second_id if mark.first_id == evidence.pk else mark.first_id
        said[other_id] = "yes" if mark.is_independent else "no"
    beside = ClaimEvidence.objects.kept().filter(
        claim__in=[link.claim_id for link in links if link.discarded_at is None]
    )
    rows = Evidence.objects.visible_to(user).filter(
        Q(pk__in=beside.values("evidence_id")) | Q(pk__in=list(said)), project=evidence.project_id
    )
    others = rows.exclude(pk=evidence.pk).order_by("id")[:MOST_COMPARED]
    return [Pair(other, said.get(other.pk, "")) for other in others]


def _shown(line: EvidenceLine, viewer: User) -> ShownLine:
    return ShownLine(
        line=line,
        may_edit=may(check_edit_link, viewer, line.link),
        may_turn=may(check_discard_link, viewer, line.link),
    )
