"""Every change to what a piece of evidence says of a claim. Rows are locked claim first."""

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.claims.models import Claim
from annotations.lib.errors import Conflict, InvalidInput
from annotations.notifications.kinds import Kind, TargetKind
from annotations.notifications.services import notify
from annotations.notifications.targets import Target
from annotations.projects.editing import (
    RESTORED,
    check_choice,
    discard_row,
    lock_row,
    write_changes,
)
from annotations.verification.evidence.choices import Stance
from annotations.verification.evidence.models import ClaimEvidence, Evidence


def evidence_attach(
    *, actor: User, claim: Claim, evidence: Evidence, stance: str
) -> tuple[ClaimEvidence, bool]:
    """Put evidence on a claim; say whether that was new.

    Already so with the same stance changes nothing; one that was taken off comes back. Raises
    Conflict where somebody has put it there with another stance, or either is discarded.
    """
    check_stance(stance)
    if claim.project_id != evidence.project_id:
        raise InvalidInput(_("The evidence is not in the claim's project."), field="evidence")
    with context(actor=actor, action="evidence.attach"):
        current = lock_claim(claim)
        piece = lock_row(evidence, None)
        if piece.discarded_at is not None:
            raise Conflict(_("This evidence is discarded. Restore it before using it."))
        # Locked already by the claim: two who attach at once come one after the other.
        link = ClaimEvidence.objects.filter(claim=current, evidence=piece).first()
        if link is None:
            return write_link(actor, current, piece, stance), True
        if link.discarded_at is not None:
            write_changes(link, {**RESTORED, "stance": stance})
            return link, True
        if link.stance != stance:
            raise Conflict(
                _("This evidence is on the claim already, as “%(stance)s”. Change that there."),
                field="stance",
                params={"stance": Stance(link.stance).label},
            )
    return link, False


def link_update(*, actor: User, link: ClaimEvidence, revision: int, stance: str) -> ClaimEvidence:
    """Change what the evidence says of the claim; `revision` is the link's that was seen."""
    check_stance(stance)
    with context(actor=actor, action="evidence.change_stance"):
        lock_claim(link.claim)
        lock_row(link.evidence, None)
        current = lock_row(link, revision)
        if current.discarded_at is not None:
            raise Conflict(_("This evidence was taken off the claim. Put it back first."))
        if write_changes(current, {"stance": stance}):
            _tell(actor, current, link)
    return current


def link_discard(
    *, actor: User, link: ClaimEvidence, reason: str = "", revision: int | None = None
) -> ClaimEvidence:
    """Take evidence off a claim; it stays readable there with a mark. Already so changes nothing.

    `revision`, here and below, is given by who undoes an action of theirs.
    """
    with context(actor=actor, action="evidence.detach", reason=reason):
        lock_row(link.claim, None)
        lock_row(link.evidence, None)
        current = lock_row(link, revision)
        if current.discarded_at is None:
            discard_row(current, actor, reason)
            _tell(actor, current, link)
    return current


def link_restore(
    *, actor: User, link: ClaimEvidence, reason: str = "", revision: int | None = None
) -> ClaimEvidence:
    """Put evidence back on a claim. Already so changes nothing."""
    with context(actor=actor, action="evidence.attach", reason=reason):
        lock_claim(link.claim)
        lock_row(link.evidence, None)
        current = lock_row(link, revision)
        if write_changes(current, RESTORED):
            _tell(actor, current, link)
    return current


def _tell(actor: User, changed: ClaimEvidence, seen: ClaimEvidence) -> None:
    """Tell who put the evidence on the claim that somebody else has changed that."""
    notify(
        project=changed.project_id,
        recipients=[changed.created_by_id],
        kind=Kind.EVIDENCE_EDITED,
        actor=actor,
        target=Target(TargetKind.EVIDENCE, seen.evidence.uid, seen.claim.number),
    )


def lock_claim(claim: Claim) -> Claim:
    """Lock the claim that evidence is put on; raise Conflict where it is discarded."""
    current = lock_row(claim, None)
    if current.discarded_at is not None:
        raise Conflict(_("This claim is discarded. Restore it before changing its evidence."))
    return current


def write_link(actor: User, claim: Claim, evidence: Evidence, stance: str) -> ClaimEvidence:
    """Store that the evidence is on the claim; the caller holds the claim's lock."""
    return ClaimEvidence.objects.create(
        project_id=claim.project_id,
        claim=claim,
        evidence=evidence,
        stance=stance,
        created_by=actor,
    )


def check_stance(stance: str) -> None:
    """Raise InvalidInput unless it is one of the stances."""
    check_choice(stance, Stance.values, "stance")
