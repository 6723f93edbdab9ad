"""How far the judging of a claim has come, from its reviews."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """What a claim's current reviews add up to, and what was decided of it; see `transitions`."""

    UNREVIEWED = "unreviewed", _("Unreviewed")
    IN_REVIEW = "in_review", _("In review")
    DISPUTED = "disputed", pgettext_lazy("stage", "Disputed")
    AGREED = "agreed", _("Agreed")
    ADJUDICATED = "adjudicated", _("Adjudicated")
    PUBLISHED = "published", pgettext_lazy("stage", "Published")
    REOPENED = "reopened", _("Reopened")


class Judged(Protocol):
    """What of a review decides the stage of its claim."""

    pk: int
    label: str
    claim_revision: int
    updated_at: datetime
    discarded_at: datetime | None


def stage_of_claim(content_revision: int, reviews: Iterable[Judged], needed: int) -> Stage:
    """Return the stage of a claim of `content_revision` from these of its reviews.

    Those of other content are stale and those taken back are not in: neither counts. Of the others
    the latest count, a review being as late as its last change. Which reviews there are to count
    is for the caller to say: what somebody may not see must not be among them.
    """
    current = [
        one
        for one in reviews
        if one.claim_revision == content_revision and one.discarded_at is None
    ]
    current.sort(key=lambda one: (one.updated_at, one.pk), reverse=True)
    return stage_of_labels([one.label for one in current], needed)


def stage_of_labels(labels: Sequence[str], needed: int) -> Stage:
    """Return the stage from the labels of a claim's current reviews, latest first.

    Agreed: as many as the project needs are in, and the latest of them have one label. Disputed:
    two labels among these, whether enough are in or not (domain: "Verification").
    """
    latest = labels[:needed]
    if not latest:
        return Stage.UNREVIEWED
    if len(set(latest)) > 1:
        return Stage.DISPUTED
    return Stage.AGREED if len(latest) >= needed else Stage.IN_REVIEW


def stage_when_decided(
    judged: Stage, *, is_published: bool, is_adjudicated: bool, was_published: bool
) -> Stage:
    """Return the stage from that of the reviews and from what was decided.

    `is_published`: the current verdict is of the claim's present content; `is_adjudicated`: so is
    an adjudication; `was_published`: there is a verdict, whatever became of it.
    """
    if is_published:
        return Stage.PUBLISHED
    if is_adjudicated:
        return Stage.ADJUDICATED
    if judged == Stage.UNREVIEWED and was_published:
        return Stage.REOPENED
    return judged
