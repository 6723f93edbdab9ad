"""Which label a page shows for a claim: the published verdict's, else my own review's, else none.

Mine is beside it where it is asked for: the form of my judgement shows it whatever was published.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import QuerySet

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.planned import IsOneOf, Planned, Slot
from annotations.verification.models import Review
from annotations.verification.querysets import ReviewQuerySet
from annotations.verification.verdicts.models import Verdict


@dataclass(frozen=True, slots=True)
class ShownLabel:
    """The label to show; `is_stale` when the claim has changed since it was given.

    One of `verdict` and `review` is there.
    """

    review: Review | None
    is_stale: bool
    verdict: Verdict | None = None

    @property
    def _given(self) -> Review | Verdict:
        given = self.verdict or self.review
        assert given is not None
        return given

    @property
    def value(self) -> str:
        """Return the stored word."""
        return self._given.label

    @property
    def text(self) -> str:
        """Return the word for people."""
        return self._given.get_label_display()

    @property
    def is_published(self) -> bool:
        """Say whether it is the project's verdict, and not my own judgement."""
        return self.verdict is not None


def labels_for(claims: Iterable[Claim], viewer: User) -> dict[int, ShownLabel]:
    """Return the label to show of each claim by its id, in two queries.

    A claim that is missing from the answer is not judged (by this viewer), nor published.
    """
    by_id = {claim.pk: claim for claim in claims}
    ids = list(by_id)
    mine = {
        review.claim_id: _shown(review, by_id[review.claim_id])
        for review in _latest_own(ids, viewer.pk)
    }
    verdicts = _current_of(ids)
    published = {one.claim_id: _published(one, by_id[one.claim_id]) for one in verdicts}
    return mine | published


def judgement_of(claim: Claim, viewer: User) -> tuple[ShownLabel | None, Review | None]:
    """Return the viewer's own label of the claim, and their judgement of its present content that
    they took back; one query.
    """
    rows = list(_own(viewer, claim_id=claim.pk).order_by("-claim_revision"))
    label = next((_shown(one, claim) for one in rows if one.discarded_at is None), None)
    taken_back = next((one for one in rows if one.discarded_at is not None), None)
    if taken_back is not None and taken_back.claim_revision != claim.content_revision:
        taken_back = None
    return label, taken_back


def published_of(claim: Claim) -> ShownLabel | None:
    """Return the label that the project has published of the claim; one query."""
    return next((_published(one, claim) for one in _current(claim.pk)), None)


@Planned
def _latest_own(claim_ids: Slot, viewer_id: Slot) -> "QuerySet[Review]":
    rows = Review.objects.filter(IsOneOf("claim", claim_ids), reviewer=viewer_id)
    return rows.kept().order_by("claim_id", "-claim_revision").distinct("claim_id")


@Planned
def _current_of(claim_ids: Slot) -> "QuerySet[Verdict]":
    return Verdict.objects.filter(IsOneOf("claim", claim_ids), state="current")


@Planned
def _current(claim_id: Slot) -> "QuerySet[Verdict]":
    return Verdict.objects.filter(claim=claim_id, state="current")


def _own(viewer: User, **condition: Any) -> ReviewQuerySet:
    return cast(ReviewQuerySet, Review.objects.filter(reviewer_id=viewer.pk, **condition))


def _shown(review: Review, claim: Claim) -> ShownLabel:
    return ShownLabel(review, review.claim_revision != claim.content_revision)


def _published(verdict: Verdict, claim: Claim) -> ShownLabel:
    is_stale = verdict.claim_revision != claim.content_revision
    return ShownLabel(None, is_stale, verdict)
