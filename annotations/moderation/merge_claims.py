"""Merging a claim into another that says the same. It cannot be undone."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.claims.models import Claim
from annotations.lib.errors import Conflict, InvalidInput
from annotations.moderation.merge_plans import ClaimMergePlan, claim_merge_plan, comments_of
from annotations.moderation.services import clean_reason
from annotations.notifications.kinds import Kind
from annotations.notifications.services import notify
from annotations.projects.editing import RESTORED, discarded, lock_row, write_changes
from annotations.verification.assignments.freeing import assignments_free
from annotations.verification.evidence.models import ClaimEvidence


def claim_merge(
    *, actor: User, claim: Claim, into: Claim, reason: str, revision: int | None = None
) -> Claim:
    """Move everything on `claim` to `into`, and leave it read-only with a note of where it went.

    Its reviews stay with it: they judged its words and never count for the other. `revision` is
    the one of `claim` that was seen. Already so changes nothing. Raises Conflict or InvalidInput
    with what is in the way.
    """
    words = clean_reason(reason)
    check_pair(claim, into)
    with context(actor=actor, action="claim.merge", reason=words):
        # In the order of their ids, so that two who merge crosswise do not wait for each other.
        first, second = sorted((claim, into), key=lambda one: one.pk)
        locked = {
            one.pk: lock_row(one, revision if one == claim else None) for one in (first, second)
        }
        current, target = locked[claim.pk], locked[into.pk]
        if current.merged_into_id == target.pk:
            return current
        check_claims_can_merge(current, target)
        _carry_out(actor, claim_merge_plan(current, target), words)
        notify(
            project=current.project_id,
            recipients=[current.created_by_id],
            kind=Kind.MERGED,
            actor=actor,
            target=current,
        )
    return current


def claims_merge(*, actor: User, claims: Sequence[Claim], into: Claim, reason: str) -> None:
    """Merge several claims into one: all of them or, where one cannot be, none."""
    with context(actor=actor, action="claim.merge", reason=clean_reason(reason)):
        for claim in claims:
            if claim.pk != into.pk:
                claim_merge(actor=actor, claim=claim, into=into, reason=reason)


def check_pair(claim: Claim, into: Claim) -> None:
    """Raise InvalidInput unless these are two claims of one project."""
    if claim.project_id != into.project_id:
        raise InvalidInput(gettext_lazy("The claims are not in the same project."), field="into")
    if claim.pk == into.pk:
        raise InvalidInput(
            gettext_lazy("A claim cannot be merged into itself. Choose another."), field="into"
        )


def check_claims_can_merge(claim: Claim, into: Claim) -> None:
    """Raise Conflict saying what is in the way of merging the one into the other."""
    for one in (claim, into):
        number = {"number": one.number}
        if one.merged_into is not None:
            raise Conflict(
                gettext_lazy("Claim #%(number)d was merged into #%(into)d already."),
                params={**number, "into": one.merged_into.number},
            )
        if one.hidden_at is not None:
            raise Conflict(
                gettext_lazy("Claim #%(number)d is hidden. Restore it before merging."),
                params=number,
            )
        if one.discarded_at is not None:
            raise Conflict(
                gettext_lazy("Claim #%(number)d is discarded. Restore it before merging."),
                params=number,
            )
        if one.round_id is not None:
            raise Conflict(
                gettext_lazy(
                    "Claim #%(number)d was marked independently and stays as it was marked. Accept"
                    " it into the shared set, and merge that."
                ),
                params=number,
            )
    check_not_published(claim)


def check_not_published(claim: Claim) -> None:
    """Raise Conflict where the project stands behind a verdict on the claim that would go."""
    verdicts: Any = getattr(claim, "verdicts", None)
    if verdicts is not None and verdicts.filter(state="current").exists():
        raise Conflict(
            gettext_lazy(
                "A verdict on claim #%(number)d is published. Rescind it first, or merge the other"
                " claim into this one."
            ),
            params={"number": claim.number},
        )


def _carry_out(actor: User, plan: ClaimMergePlan, reason: str) -> None:
    claim, into = plan.claim, plan.into
    _move_mentions(actor, plan)
    _move_links(plan)
    comments = comments_of(claim)
    if comments is not None:
        comments.update(claim=into, revision=F("revision") + 1)
    assignments_free(actor=actor, reason=reason, claim=claim)
    _point_to(Claim.objects.filter(translation_of=claim).exclude(pk=into.pk), translation_of=into)
    _point_to(Claim.objects.filter(merged_into=claim), merged_into=into)
    columns: dict[str, Any] = {}
    if plan.takes_statement:
        columns["statement"] = claim.statement
    if into.translation_of_id == claim.pk:
        columns["translation_of"] = None
    if plan.changes_content:
        columns["content_revision"] = into.content_revision + 1
    if columns:
        write_changes(into, columns)
    else:
        # Counted even where only evidence came: whoever has the page open reads it anew.
        into.revision += 1
        into.save(update_fields=["revision", "updated_at"])
    write_changes(claim, {"merged_into": into})


def _move_mentions(actor: User, plan: ClaimMergePlan) -> None:
    """Move every place, those discarded too; hops and spans go with the place they belong to."""
    said = _("Marked twice: claim #%(claim)d was merged into #%(into)d.") % {
        "claim": plan.claim.number,
        "into": plan.into.number,
    }
    twice = {one.pk for one in (*plan.twice_of_claim, *plan.twice_of_into)}
    gone = discarded(actor, said)
    for mention in (*plan.mentions, *plan.twice_of_into):
        columns = {"claim": plan.into, **(gone if mention.pk in twice else {})}
        for name, value in columns.items():
            setattr(mention, name, value)
        mention.save(update_fields=list(columns))


def _move_links(plan: ClaimMergePlan) -> None:
    """Move the evidence that only one has; what both have stays as `into` has it.

    A link that was taken off there and stands here comes back, with the stance it has here. One
    that a review rests on stays with it, beside another of `into`.
    """
    for link in plan.links:
        if link.used_in.exists():
            _copy_link(link, plan.into)
        else:
            write_changes(link, {"claim": plan.into})
    for theirs, ours in plan.links_twice:
        if ours.discarded_at is not None and theirs.discarded_at is None:
            write_changes(ours, {**RESTORED, "stance": theirs.stance})


def _copy_link(link: ClaimEvidence, into: Claim) -> None:
    ClaimEvidence.objects.create(
        project_id=link.project_id,
        claim=into,
        evidence_id=link.evidence_id,
        stance=link.stance,
        created_by_id=link.created_by_id,
        discarded_at=link.discarded_at,
        discarded_by_id=link.discarded_by_id,
        discard_reason=link.discard_reason,
    )


def _point_to(rows: QuerySet[Claim], **column: Claim) -> None:
    rows.update(**column, revision=F("revision") + 1, updated_at=timezone.now())
