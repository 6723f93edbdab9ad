"""What a claim's page says of what was decided of it, and what its viewer may decide."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.shortcuts import get_object_or_404

from annotations.accounts.models import User
from annotations.accounts.roles import Role
from annotations.audit.known_at import is_past
from annotations.claims.models import Claim
from annotations.lib.errors import Refused
from annotations.projects.models import Project
from annotations.projects.refusals import sentence
from annotations.verification.evidence.models import ClaimEvidence
from annotations.verification.models import Label
from annotations.verification.stages import Stage
from annotations.verification.transitions import Act
from annotations.verification.verdicts.adjudicating import (
    can_be_adjudicated,
    check_took_no_side,
)
from annotations.verification.verdicts.missing import Missing, missing_of
from annotations.verification.verdicts.models import (
    Adjudication,
    AdjudicationReview,
    Verdict,
    VerdictEvidence,
    VerdictReview,
)
from annotations.verification.verdicts.reading import Judging, judging_of
from annotations.web.forms.verdicts import Piece


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """One verdict with its basis, and the evidence that the viewer may see."""

    verdict: Verdict
    basis: Sequence[VerdictReview]
    evidence: Sequence[VerdictEvidence]


@dataclass(frozen=True, slots=True)
class AdjudicationLine:
    """One adjudication with the reviews it weighed, as far as the viewer may see them."""

    adjudication: Adjudication
    weighed: Sequence[AdjudicationReview]


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided of a claim, what is missing for a verdict, and the viewer's buttons.

    `took_side` says why somebody who could adjudicate may not.
    """

    judging: Judging
    current: VerdictLine | None
    former: Sequence[VerdictLine]
    adjudications: Sequence[AdjudicationLine]
    missing: Sequence[Missing]
    may_adjudicate: bool
    may_publish: bool
    may_rescind: bool
    may_reopen: bool
    took_side: str

    @property
    def why_not(self) -> str:
        """Return why the viewer may not decide what somebody has to decide now."""
        return self.took_side if self.judging.stage == Stage.DISPUTED else ""

    @property
    def label_to_publish(self) -> str:
        """Return the label that a verdict would have, in words."""
        basis = self.judging.adjudication or next(iter(self.judging.basis), None)
        return str(Label(basis.label).label) if basis else ""


def decisions_of(claim: Claim, viewer: User, role: Role) -> Decisions:
    """Read what the claim's page shows of decisions; a constant number of queries."""
    judging = judging_of(claim, viewer)
    lines = _verdict_lines(judging, viewer)
    # Of a published claim, what a correction would need is not missing: it is there or refused.
    missing = [] if is_past() else missing_of(judging)
    acts = set() if is_past() else set(judging.acts_of(role))
    took_side = _took_side(judging, viewer) if Act.ADJUDICATE in acts else ""
    return Decisions(
        judging=judging,
        current=next((one for one in lines if one.verdict is judging.verdict), None),
        former=[one for one in lines if one.verdict is not judging.verdict],
        adjudications=_adjudication_lines(claim, viewer),
        missing=missing,
        may_adjudicate=(Act.ADJUDICATE in acts and can_be_adjudicated(judging) and not took_side),
        may_publish=(
            not acts.isdisjoint({Act.PUBLISH, Act.SUPERSEDE})
            and _is_ready(judging)
            and viewer not in judging.authors
        ),
        may_rescind=Act.RESCIND in acts,
        may_reopen=Act.REOPEN in acts,
        took_side=took_side,
    )


def _is_ready(judging: Judging) -> bool:
    """Say whether nothing but a publisher is missing; for a correction too."""
    claim = judging.claim
    is_kept = not (claim.discarded_at or claim.hidden_at or claim.merged_into_id or claim.round_id)
    return bool(is_kept and judging.authors and judging.public_evidence)


def _took_side(judging: Judging, viewer: User) -> str:
    """Return why the viewer may not adjudicate; empty where they may or nothing is disputed."""
    if not can_be_adjudicated(judging):
        return ""
    try:
        check_took_no_side(viewer, judging.claim)
    except Refused as error:
        return sentence(error)
    return ""


def pieces_of(claim: Claim, viewer: User) -> list[Piece]:
    """Return the evidence on the claim that a verdict can rest on; one query."""
    links = ClaimEvidence.objects.visible_to(viewer).kept().filter(claim=claim)
    rows = links.filter(evidence__hidden_at__isnull=True).select_related("evidence")
    return [Piece(one.evidence, one) for one in rows.order_by("id")]


def find_verdict(user: User, project: Project, uid: UUID) -> Verdict:
    """Return the verdict with its claim; 404 unless the person may read it."""
    rows = Verdict.objects.visible_to(user).filter(project=project)
    verdict: Verdict = get_object_or_404(rows.select_related("claim", "created_by"), uid=uid)
    verdict.project = verdict.claim.project = project
    return verdict


def _verdict_lines(judging: Judging, viewer: User) -> list[VerdictLine]:
    ids = [one.pk for one in judging.verdicts]
    if not ids:
        return []
    basis: dict[int, list[VerdictReview]] = defaultdict(list)
    for one in VerdictReview.objects.filter(verdict__in=ids).select_related("review__reviewer"):
        basis[one.verdict_id].append(one)
    evidence: dict[int, list[VerdictEvidence]] = defaultdict(list)
    rows = VerdictEvidence.objects.visible_to(viewer).filter(verdict__in=ids)
    for piece in rows.select_related("evidence"):
        evidence[piece.verdict_id].append(piece)
    return [VerdictLine(one, basis[one.pk], evidence[one.pk]) for one in judging.verdicts]


def _adjudication_lines(claim: Claim, viewer: User) -> list[AdjudicationLine]:
    rows = Adjudication.objects.visible_to(viewer).filter(claim=claim).select_related("created_by")
    found = list(rows)
    if not found:
        return []
    weighed: dict[int, list[AdjudicationReview]] = defaultdict(list)
    seen = AdjudicationReview.objects.visible_to(viewer).filter(adjudication__in=found)
    for one in seen.select_related("review__reviewer"):
        weighed[one.adjudication_id].append(one)
    for row in found:
        row.claim = claim
    return [AdjudicationLine(one, weighed[one.pk]) for one in found]
