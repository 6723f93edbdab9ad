"""Which label a page shows for a claim: my own review's, else "not judged"."""

from collections.abc import Iterable
from dataclasses import dataclass

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.verification.models import Review


@dataclass(frozen=True, slots=True)
class ShownLabel:
    """The label to show; `is_stale` when the claim has changed since it was given."""

    review: Review
    is_stale: bool

    @property
    def value(self) -> str:
        """Return the stored word."""
        return self.review.label

    @property
    def text(self) -> str:
        """Return the word for people."""
        return self.review.get_label_display()


def labels_for(claims: Iterable[Claim], viewer: User) -> dict[int, ShownLabel]:
    """Return the viewer's own latest judgement per claim id, in one query.

    A claim that is missing from the answer is not judged (by this viewer).
    """
    by_id = {claim.pk: claim for claim in claims}
    rows = Review.objects.filter(reviewer_id=viewer.pk, claim_id__in=list(by_id)).order_by(
        "claim_id", "-claim_revision"
    )
    labels: dict[int, ShownLabel] = {}
    for review in rows.distinct("claim_id"):
        claim = by_id[review.claim_id]
        labels[claim.pk] = ShownLabel(review, review.claim_revision != claim.content_revision)
    return labels
