"""What a reviewer may choose from beside the labels: ratings, and the claim's evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.verification.evidence.models import ClaimEvidence, ReviewEvidence
from annotations.verification.models import Review
from annotations.verification.standards.models import RatingScale, RatingValue


@dataclass(frozen=True, slots=True)
class Offered:
    """The project's scale with its values, and evidence, as one reviewer may use them.

    `earlier` is the rating that their review has on a scale that does not hold any more.
    """

    scale: RatingScale | None = None
    values: Sequence[RatingValue] = ()
    earlier: RatingValue | None = None
    links: Sequence[ClaimEvidence] = ()
    # Ids of the links that their review rests on.
    used: frozenset[int] = frozenset()
    guideline_id: int | None = None

    @property
    def ratings(self) -> list[RatingValue]:
        """Return every value that may be chosen."""
        return [*self.values, *([self.earlier] if self.earlier else [])]


def offered_for(
    claim: Claim, viewer: User, review: Review | None, *, has_evidence: bool
) -> Offered:
    """Read what the viewer may choose; no query where the project has no scale and the claim no
    evidence. `review` is their latest of the claim, stale or not.
    """
    project = claim.project
    values: list[RatingValue] = []
    if project.rating_scale_id is not None:
        rows = RatingValue.objects.filter(scale=project.rating_scale_id).select_related("scale")
        values = list(rows.order_by("n"))
    links, used = _evidence(claim, viewer, review) if has_evidence else ([], frozenset())
    return Offered(
        scale=values[0].scale if values else None,
        values=values,
        earlier=_earlier(claim, review),
        links=links,
        used=used,
        guideline_id=project.guideline_id,
    )


def _earlier(claim: Claim, review: Review | None) -> RatingValue | None:
    """Return a rating that can be kept, though not given any more: that of the present words."""
    if review is None or review.rating is None:
        return None
    holds = review.rating.scale_id == claim.project.rating_scale_id
    return None if holds or _is_stale(review, claim) else review.rating


def _is_stale(review: Review, claim: Claim) -> bool:
    return review.claim_revision != claim.content_revision


def _evidence(
    claim: Claim, viewer: User, review: Review | None
) -> tuple[list[ClaimEvidence], frozenset[int]]:
    """Return the pieces on the claim, with those taken off that the review of its present words
    rests on.
    """
    used: frozenset[int] = frozenset()
    if review is not None:
        rows = ReviewEvidence.objects.filter(review=review).kept()
        used = frozenset(rows.values_list("link_id", flat=True))
    links = ClaimEvidence.objects.visible_to(viewer).filter(claim=claim)
    found = [
        link
        for link in links.select_related("evidence").order_by("id")
        if link.pk in used or (link.discarded_at is None and link.evidence.discarded_at is None)
    ]
    return found, used
