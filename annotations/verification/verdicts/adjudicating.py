"""Adjudication: a moderator decides between reviews that differ. The reviews stay as they are."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.claims.models import Claim
from annotations.lib.errors import Conflict, InvalidInput, Refused, StaleVersion
from annotations.lib.text import normalise
from annotations.projects.editing import check_choice, check_length, lock_row
from annotations.verification.models import Confidence, Label, Review
from annotations.verification.stages import Stage
from annotations.verification.standards.choosing import rating_name
from annotations.verification.telling import tell_adjudicated
from annotations.verification.transitions import Act, is_open
from annotations.verification.verdicts.missing import check_fit
from annotations.verification.verdicts.models import FIELDS, Adjudication, AdjudicationReview
from annotations.verification.verdicts.reading import Judging, judging_of

WORDS_LENGTH = 20_000


def adjudication_create(
    *,
    actor: User,
    claim: Claim,
    reason: str,
    taken: Mapping[str, Review] | None = None,
    own: Mapping[str, Any] | None = None,
    claim_revision: int | None = None,
    seen: Mapping[UUID, int] | None = None,
) -> Adjudication:
    """Decide a dispute field by field: `taken` from one of the reviews, or in `own` words.

    All current reviews are weighed. `claim_revision` is the content that was read, and `seen` the
    reviews with their revisions: StaleVersion where either has changed since. Raises Refused where
    the actor has judged the claim, and Conflict where there is no dispute.
    """
    reason = _words(reason, "reason")
    if not reason:
        raise InvalidInput(_("Say why."), field="reason")
    with context(actor=actor, action="adjudication.create"):
        current = lock_row(claim, None)
        current.project = claim.project
        judging = judging_of(current, None)
        _check_seen(judging, claim_revision, seen)
        check_fit(current)
        _check_open(judging)
        check_took_no_side(actor, current)
        columns = _columns(judging, taken or {}, own or {})
        made = _write(actor, judging, reason, columns, taken or {})
        tell_adjudicated(actor=actor, judging=judging)
    return made


def can_be_adjudicated(judging: Judging) -> bool:
    """Say whether there is a dispute to decide: one between reviews, or one that was decided."""
    differs = judging.judged == Stage.DISPUTED or judging.adjudication is not None
    return differs and bool(judging.reviews) and is_open(judging.stage, Act.ADJUDICATE)


def check_took_no_side(actor: User, claim: Claim) -> None:
    """Raise Refused where the person has judged the claim as it stands, if only for a while."""
    sides = Review.objects.filter(claim=claim, claim_revision=claim.content_revision)
    if sides.filter(reviewer=actor).exists():
        raise Refused(
            _("You have judged this claim yourself. A moderator who took no side adjudicates.")
        )


def _write(
    actor: User,
    judging: Judging,
    reason: str,
    columns: Mapping[str, Any],
    taken: Mapping[str, Review],
) -> Adjudication:
    claim = judging.claim
    made = Adjudication.objects.create(
        project_id=claim.project_id,
        created_by=actor,
        claim=claim,
        claim_revision=claim.content_revision,
        reason=reason,
        **columns,
    )
    AdjudicationReview.objects.bulk_create(
        AdjudicationReview(
            project_id=claim.project_id,
            adjudication=made,
            review=review,
            review_revision=review.revision,
            gives=[name for name in FIELDS if taken.get(name) == review],
        )
        for review in reversed(judging.reviews)
    )
    return made


def _check_open(judging: Judging) -> None:
    if not can_be_adjudicated(judging):
        raise Conflict(_("There is nothing to adjudicate: no two current reviews differ."))


def _check_seen(
    judging: Judging, claim_revision: int | None, seen: Mapping[UUID, int] | None
) -> None:
    claim = judging.claim
    if claim_revision is not None and claim_revision != claim.content_revision:
        raise StaleVersion(
            _("The claim changed since you opened it. Read it again before deciding."),
            current=claim,
        )
    if seen is not None and seen != {one.uid: one.revision for one in judging.reviews}:
        raise StaleVersion(
            _("The reviews have changed since you opened this. Look at them again."),
            current=claim,
        )


def _columns(
    judging: Judging, taken: Mapping[str, Review], own: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the decided fields; each is taken from a review or given, the label always.

    A rating is of the scale that holds, or one that a review has, on whatever scale.
    """
    columns: dict[str, Any] = {"native_rating": "", "confidence": None, "justification": ""}
    columns |= {name: value for name, value in own.items() if name in FIELDS}
    if "native_rating" not in taken:
        columns["native_rating"] = rating_name(judging.claim.project, columns["native_rating"])
    for name, review in taken.items():
        if review not in judging.reviews:
            raise InvalidInput(_("Choose one of the current reviews."), field=f"{name}_from")
        columns[name] = getattr(review, "rating_words" if name == "native_rating" else name)
    check_choice(columns.get("label"), Label.values, "label")
    check_choice(columns["confidence"], [None, *Confidence.values], "confidence")
    columns["justification"] = _words(columns["justification"], "justification")
    return columns


def _words(text: str, field: str) -> str:
    return check_length(normalise(text), WORDS_LENGTH, field)
