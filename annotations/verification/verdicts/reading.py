"""What stands for one claim: its reviews, what was decided, its stage; as one viewer sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.claims.models import Claim
from annotations.projects.permissions import can
from annotations.verification.evidence.models import ClaimEvidence
from annotations.verification.models import Review
from annotations.verification.stages import Stage, stage_of_labels, stage_when_decided
from annotations.verification.transitions import Act, may
from annotations.verification.verdicts.models import Adjudication, Verdict, VerdictState


@dataclass
class Judging:
    """What stands for a claim. `reviews` are the current ones, the latest first.

    `is_revealed` says whether the viewer sees all of them; `verdicts` are all there ever were,
    the latest first. Counts are of evidence that stands on the claim and is not hidden:
    `public_evidence` of what every member may read, `evidence` of what the viewer may.
    """

    claim: Claim
    viewer: User | None
    reviews: Sequence[Review]
    is_revealed: bool
    adjudication: Adjudication | None
    verdicts: Sequence[Verdict]
    evidence: int
    public_evidence: int

    @property
    def judged(self) -> Stage:
        """Return what the reviews alone add up to."""
        labels = [one.label for one in self.reviews]
        return stage_of_labels(labels, self.claim.project.reviews_needed)

    @cached_property
    def verdict(self) -> Verdict | None:
        """Return the current verdict, of whatever content."""
        return next((one for one in self.verdicts if one.state == VerdictState.CURRENT), None)

    @cached_property
    def stage(self) -> Stage:
        """Return the claim's stage."""
        return stage_when_decided(
            self.judged,
            is_published=self.verdict is not None and not self.verdict.is_stale,
            is_adjudicated=self.adjudication is not None,
            was_published=bool(self.verdicts),
        )

    @cached_property
    def basis(self) -> list[Review]:
        """Return the reviews that a verdict would rest on: all with the label that they agree in.

        None where an adjudication stands, which then is the basis, or where they do not agree.
        """
        if self.adjudication is not None or self.judged != Stage.AGREED:
            return []
        return [one for one in self.reviews if one.label == self.reviews[0].label]

    @cached_property
    def authors(self) -> list[User]:
        """Return whose judgement a verdict would rest on: they may not publish it."""
        if self.adjudication is not None:
            return [self.adjudication.created_by]
        return [one.reviewer for one in self.basis]

    def acts_of(self, role: str | None) -> list[Act]:
        """Return what the role may do to the claim as it stands, by the table."""
        if self.claim.project.archived_at is not None:
            return []
        absent = {Act.SUPERSEDE, Act.RESCIND} if self.verdict is None else {Act.PUBLISH}
        return [one for one in Act if one not in absent and may(role, self.stage, one)]


def judging_of(claim: Claim, viewer: User | None) -> Judging:
    """Read what stands for the claim; None as viewer sees everything. Four queries."""
    reviews = Review.objects.filter(claim=claim, claim_revision=claim.content_revision).kept()
    current = list(reviews.select_related("reviewer", "rating").order_by("-updated_at", "-pk"))
    needed = claim.project.reviews_needed
    is_revealed = (
        viewer is None
        or not claim.project.blind
        or len(current) >= needed
        or can(viewer, claim.project, Permission.SEE_ALL_REVIEWS)
    )
    shown = current
    if not is_revealed and viewer is not None:
        shown = [one for one in current if one.reviewer_id == viewer.pk]
    adjudications = Adjudication.objects.filter(
        claim=claim, claim_revision=claim.content_revision
    ).select_related("created_by")
    links = ClaimEvidence.objects.filter(claim=claim, evidence__hidden_at__isnull=True).kept()
    pieces = list(links.values_list("evidence__confidential", "evidence__created_by_id"))
    if viewer is not None:
        adjudications = adjudications.visible_to(viewer)
    sees_all = viewer is None or can(viewer, claim.project, Permission.SEE_CONFIDENTIAL)
    viewer_id = viewer.pk if viewer else None
    verdicts = list(
        Verdict.objects.filter(claim=claim)
        .select_related("created_by", "ended_by", "adjudication__created_by")
        .order_by("-pk")
    )
    for one in (*verdicts, *shown):
        one.claim = claim
    return Judging(
        claim=claim,
        viewer=viewer,
        reviews=shown,
        is_revealed=is_revealed,
        adjudication=adjudications.order_by("-pk").first(),
        verdicts=verdicts,
        evidence=sum(sees_all or not secret or by == viewer_id for secret, by in pieces),
        public_evidence=sum(not secret for secret, _by in pieces),
    )
