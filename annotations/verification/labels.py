"""Which label a page shows for a claim: my own review's, else "not judged"."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.verification.models import Review
from annotations.verification.querysets import ReviewQuerySet


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
    rows = _own(viewer, claim_id__in=list(by_id)).kept().order_by("claim_id", "-claim_revision")
    return {
        review.claim_id: _shown(review, by_id[review.claim_id])
        for review in rows.distinct("claim_id")
    }


def judgement_of(claim: Claim, viewer: User) -> tuple[ShownLabel | None, Review | None]:
    """Return the viewer's label of the claim, and their judgement of its present content that they
    took back; one query.
    """
    rows = list(_own(viewer, claim_id=claim.pk).order_by("-claim_revision"))
    label = next((_shown(one, claim) for one in rows if one.discarded_at is None), None)
    taken_back = next((one for one in rows if one.discarded_at is not None), None)
    if taken_back is not None and taken_back.claim_revision != claim.content_revision:
        taken_back = None
    return label, taken_back


def _own(viewer: User, **condition: Any) -> ReviewQuerySet:
    return cast(ReviewQuerySet, Review.objects.filter(reviewer_id=viewer.pk, **condition))


def _shown(review: Review, claim: Claim) -> ShownLabel:
    return ShownLabel(review, review.claim_revision != claim.content_revision)
