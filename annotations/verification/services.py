"""Every change to reviews."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.claims.models import Claim
from annotations.claims.services import claim_create
from annotations.lib.errors import Conflict, StaleVersion
from annotations.lib.text import normalise
from annotations.projects.editing import (
    RESTORED,
    check_choice,
    check_fields,
    count_change,
    discard_row,
    lock_row,
    write_changes,
)
from annotations.verification.assignments.queue import work_hand_in
from annotations.verification.evidence.used import evidence_use
from annotations.verification.models import Confidence, Label, Review
from annotations.verification.standards.choosing import guideline_of, rating_columns
from annotations.verification.telling import tell_to_decide

# What of a judgement is left as it was where it is not given.
MORE = frozenset({"rating", "native_rating", "evidence", "guideline"})


def review_save(
    *,
    actor: User,
    claim: Claim,
    label: str,
    justification: str = "",
    confidence: int | None = None,
    claim_revision: int | None = None,
    **more: Any,
) -> Review:
    """Store the actor's own judgement of the claim as it stands now, or change it.

    `claim_revision` is the content revision the reviewer read; StaleVersion when the claim has
    changed since, so that nobody signs words they did not see. One taken back stands again.
    `more`: `rating`, a value of the project's scale or None, or its name as `native_rating`;
    `evidence`, the links of the claim that the judgement rests on; `guideline`, the id of the
    guidelines the reviewer was shown, where those that hold now may be others.
    """
    with context(actor=actor, action="review.save"):
        review, former, is_written = _save(
            actor, claim, label, justification, confidence, claim_revision, more
        )
        if is_written:
            tell_to_decide(actor=actor, claim=review.claim, former=former)
    return review


def _save(
    actor: User,
    claim: Claim,
    label: str,
    justification: str = "",
    confidence: int | None = None,
    claim_revision: int | None = None,
    more: Mapping[str, Any] | None = None,
) -> tuple[Review, Review | None, bool]:
    """Store a judgement; return it, how it stood before, and whether anything was written."""
    more = more or {}
    check_choice(label, Label.values, "label")
    check_choice(confidence, [None, *Confidence.values], "confidence")
    check_fields(more, MORE)
    current = lock_row(claim, None)
    current.project = claim.project
    _check_judgeable(current, claim_revision)
    # Locked already by the claim: whoever sends this twice at once does one after the other.
    mine = Review.objects.filter(claim=current, reviewer=actor)
    review = mine.filter(claim_revision=current.content_revision).first()
    former = copy(review)
    columns = {
        "label": label,
        "justification": normalise(justification).strip(),
        "confidence": confidence,
        "guideline_id": guideline_of(claim.project, more.get("guideline")),
        **rating_columns(claim.project, review, more),
    }
    if review is None:
        review, is_written = _first_review(actor, current, columns), True
    else:
        review.claim = current
        is_written = bool(write_changes(review, {**columns, **RESTORED}))
    if evidence_use(actor, review, more.get("evidence")) and not is_written:
        count_change(review)
        is_written = True
    work_hand_in(actor=actor, subject=current)
    return review, former, is_written


def _first_review(actor: User, claim: Claim, columns: dict[str, Any]) -> Review:
    return Review.objects.create(
        claim=claim,
        reviewer=actor,
        claim_revision=claim.content_revision,
        project_id=claim.project_id,
        created_by=actor,
        **columns,
    )


def review_discard(
    *, actor: User, review: Review, reason: str = "", revision: int | None = None
) -> Review:
    """Take one's own judgement back: it stays readable with a mark and never counts.

    Already so changes nothing. Conflict where the claim has changed since: a stale review does not
    count anyway, and stays as it was. `revision` as in `review_update`.
    """
    return _turn(actor, review, "review.discard", reason, revision)


def review_restore(
    *, actor: User, review: Review, reason: str = "", revision: int | None = None
) -> Review:
    """Let a judgement that was taken back stand again; the same errors as taking it back."""
    return _turn(actor, review, "review.restore", reason, revision)


def _turn(actor: User, review: Review, action: str, reason: str, revision: int | None) -> Review:
    with context(actor=actor, action=action, reason=reason):
        claim = lock_row(review.claim, None)
        current = lock_row(review, revision)
        if current.claim_revision != claim.content_revision:
            raise Conflict(_("The claim has changed since this review. Judge it anew."))
        former, claim.project = copy(current), review.claim.project
        if action == "review.restore":
            _check_judgeable(claim, None)
            write_changes(current, RESTORED)
        else:
            discard_row(current, actor, reason)
        if current.revision != former.revision:
            tell_to_decide(actor=actor, claim=claim, former=former)
    return current


def _check_judgeable(claim: Claim, seen_revision: int | None) -> None:
    """Raise StaleVersion where other words were read, Conflict where the claim is discarded."""
    if seen_revision is not None and seen_revision != claim.content_revision:
        raise StaleVersion(
            _("The claim changed since you opened it. Read it again before judging."),
            current=claim,
        )
    if claim.discarded_at is not None:
        raise Conflict(_("This claim is discarded. Restore it before judging it."))


def review_update(*, actor: User, review: Review, revision: int, **changes: Any) -> Review:
    """Change one's own review of the current claim; a stale review stays as it was."""
    with context(actor=actor, action="review.save"):
        # The claim first, as everywhere: nobody signs words that change in between.
        claim = lock_row(review.claim, None)
        claim.project = review.claim.project
        current = lock_row(review, revision)
        current.claim = claim
        if current.is_stale:
            raise Conflict(_("The claim has changed since this review. Judge it anew."))
        if current.discarded_at is not None:
            raise Conflict(_("This review was taken back. Restore it before changing it."))
        kept = {name: getattr(current, name) for name in ("label", "justification", "confidence")}
        return review_save(actor=actor, claim=claim, **{**kept, **changes})


def claim_create_judged(
    *, actor: User, label: str = "", justification: str = "", **claim_fields: Any
) -> Claim:
    """Make a claim together with the actor's own label: one intention, one transaction."""
    with context(actor=actor, action="claim.create"):
        claim = claim_create(actor=actor, **claim_fields)
        if label:
            _save(actor, claim, label, justification)
            # The first judgement of a claim decides nothing where another is needed.
            if claim.project.reviews_needed == 1:
                tell_to_decide(actor=actor, claim=claim, former=None)
    return claim
