"""Telling people what was decided of a claim, and moderators that one waits for them.

No reviewer learns from any of it that another has judged, or how, before it is revealed.
"""

from collections.abc import Iterable, Sequence

from django.db.models import F

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.claims.models import Claim
from annotations.notifications.kinds import Kind
from annotations.notifications.services import notify
from annotations.projects.members import people_with
from annotations.verification.models import Review
from annotations.verification.stages import Stage, stage_of_claim
from annotations.verification.verdicts.missing import unfit
from annotations.verification.verdicts.models import Verdict, VerdictReview
from annotations.verification.verdicts.reading import Judging


def tell_to_decide(*, actor: User, claim: Claim, former: Review | None) -> None:
    """Tell moderators once a claim has become disputed or agreed by what the actor just judged.

    `former` is the actor's review of this content as it stood before, if there was one. Told are
    those who may decide: of a dispute none who took a side, else none whom the verdict rests on.
    One query, and two more where there is something to tell.
    """
    if any(unfit(claim)):
        return
    rows = list(
        Review.objects.filter(claim=claim, claim_revision=claim.content_revision)
        .annotate(whole=F("claim__stage_row__whole"))
        .only("label", "claim_revision", "updated_at", "discarded_at", "reviewer_id")
    )
    stage = rows[0].whole
    if stage not in (Stage.DISPUTED, Stage.AGREED):
        return
    others = [one for one in rows if one.reviewer_id != actor.pk]
    before = [*others, former] if former is not None else others
    needed = claim.project.reviews_needed
    if stage_of_claim(claim.content_revision, before, needed) == stage:
        return
    barred = {actor.pk, *(one.reviewer_id for one in rows if _bars(one, stage, rows))}
    # Not by whom: that somebody has judged is told to nobody.
    notify(
        project=claim.project_id,
        recipients=people_with(claim.project_id, Permission.PUBLISH) - barred,
        kind=Kind.TO_DECIDE,
        actor=None,
        target=claim,
    )


def _bars(review: Review, stage: str, rows: Sequence[Review]) -> bool:
    """Say whether the review keeps its author from deciding."""
    if stage == Stage.DISPUTED:
        return True
    latest = max(
        (one for one in rows if one.discarded_at is None), key=lambda one: (one.updated_at, one.pk)
    )
    return review.discarded_at is None and review.label == latest.label


def tell_adjudicated(*, actor: User, judging: Judging) -> None:
    """Tell whose reviews were weighed, as far as they may know that others judged too."""
    claim = judging.claim
    people = {one.reviewer_id for one in judging.reviews}
    if claim.project.blind and len(people) < claim.project.reviews_needed:
        people &= people_with(claim.project_id, Permission.SEE_ALL_REVIEWS)
    notify(
        project=claim.project_id,
        recipients=people,
        kind=Kind.ADJUDICATED,
        actor=actor,
        target=claim,
    )


def tell_published(*, actor: User, judging: Judging, former: Verdict | None) -> None:
    """Tell of a verdict: whose claim it is, whose judgement it rests on, and who judged it.

    Where it takes the place of another, those whom that rested on too.
    """
    people = {one.pk for one in judging.authors} | {one.reviewer_id for one in judging.reviews}
    if former is None:
        _tell(actor, judging.claim, people, Kind.VERDICT_PUBLISHED)
    else:
        _tell(actor, judging.claim, people | authors_of(former), Kind.VERDICT_CHANGED)


def tell_changed(
    *, actor: User, claim: Claim, verdict: Verdict | None, stale: Iterable[Review]
) -> None:
    """Tell that a verdict was taken back or its claim reopened: all whom that verdict concerned,
    and the authors of the reviews that became stale by it.
    """
    people = {one.reviewer_id for one in stale}
    if verdict is not None:
        people |= authors_of(verdict)
    _tell(actor, claim, people, Kind.VERDICT_CHANGED)


def authors_of(verdict: Verdict) -> set[int]:
    """Return the ids of those on whose judgement a verdict rests."""
    if verdict.adjudication is not None:
        return {verdict.adjudication.created_by_id}
    rows = VerdictReview.objects.filter(verdict=verdict)
    return set(rows.values_list("review__reviewer_id", flat=True))


def _tell(actor: User, claim: Claim, people: set[int], kind: Kind) -> None:
    """Tell of a verdict, which every member reads: these, and whose claim it is."""
    notify(
        project=claim.project_id,
        recipients={claim.created_by_id, *people},
        kind=kind,
        actor=actor,
        target=claim,
    )
