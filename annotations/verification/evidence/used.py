"""Which evidence a judgement rests on."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.lib.errors import InvalidInput
from annotations.projects.editing import RESTORED, discarded
from annotations.verification.evidence.models import ClaimEvidence, Evidence, ReviewEvidence
from annotations.verification.models import Review


def evidence_use(actor: User, review: Review, links: Iterable[ClaimEvidence] | None) -> bool:
    """Let the review rest on these pieces of its claim and no others; say whether that is a change.

    The caller holds the review's lock; None leaves all as it is. A piece that the reviewer may not
    see any more stays, since nobody can drop what they were not shown. Raises InvalidInput.
    """
    if links is None:
        return False
    wanted = {link.pk: link for link in links}
    before = {row.link_id: row for row in ReviewEvidence.objects.filter(review=review)}
    if not wanted and not before:
        return False
    for link in wanted.values():
        _check_usable(review, link, before)
    seen = ClaimEvidence.objects.visible_to(actor).filter(pk__in=before)
    seen_ids = set(seen.values_list("pk", flat=True))
    added = [_use(actor, review, link, before.get(pk)) for pk, link in wanted.items()]
    dropped = [
        _write(row, discarded(actor, ""))
        for pk, row in before.items()
        if pk not in wanted and pk in seen_ids and row.discarded_at is None
    ]
    return any(added) or bool(dropped)


def links_on(claim: Claim, pieces: Iterable[Evidence], viewer: User) -> list[ClaimEvidence]:
    """Return the links of the claim to these pieces. Raises InvalidInput for one not on it."""
    wanted = {piece.pk for piece in pieces}
    rows = ClaimEvidence.objects.visible_to(viewer).filter(claim=claim, evidence__in=wanted)
    links = list(rows)
    if len(links) < len(wanted):
        raise InvalidInput(_("This evidence is not on the claim."), field="evidence")
    return links


def _check_usable(review: Review, link: ClaimEvidence, before: dict[int, ReviewEvidence]) -> None:
    if link.claim_id != review.claim_id:
        raise InvalidInput(_("This evidence is not on the claim."), field="evidence")
    if link.discarded_at is not None and link.pk not in before:
        raise InvalidInput(_("This evidence was taken off the claim."), field="evidence")


def _use(actor: User, review: Review, link: ClaimEvidence, row: ReviewEvidence | None) -> bool:
    if row is None:
        ReviewEvidence.objects.create(
            project_id=review.project_id,
            claim_id=review.claim_id,
            review=review,
            link=link,
            created_by=actor,
        )
        return True
    return row.discarded_at is not None and _write(row, RESTORED)


def _write(row: ReviewEvidence, columns: dict[str, object]) -> bool:
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    return True
