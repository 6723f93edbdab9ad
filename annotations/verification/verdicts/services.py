"""Every change to verdicts: publishing, superseding, rescinding; and reopening a claim.

Rows are locked claim first, then the verdict, then evidence by its id.
"""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.claims.models import Claim
from annotations.lib.errors import Conflict, InvalidInput, Refused, StaleVersion
from annotations.lib.text import normalise
from annotations.projects.editing import check_length, lock_row, write_changes
from annotations.verification.evidence.models import ClaimEvidence, Evidence
from annotations.verification.models import Review
from annotations.verification.stages import Stage
from annotations.verification.telling import tell_changed, tell_published
from annotations.verification.transitions import Act, is_open
from annotations.verification.verdicts.missing import check_ready, in_words
from annotations.verification.verdicts.models import (
    Verdict,
    VerdictEvidence,
    VerdictReview,
    VerdictState,
)
from annotations.verification.verdicts.reading import Judging, judging_of

WORDS_LENGTH = 20_000


def verdict_publish(
    *,
    actor: User,
    claim: Claim,
    reason: str,
    evidence: Iterable[Evidence],
    claim_revision: int | None = None,
) -> Verdict:
    """Publish what the claim's reviews agree in, or what was adjudicated.

    `evidence` are the pieces on the claim that it rests on, one at least for every member to read.
    `claim_revision` is the content that was read. Raises Refused where the verdict would rest on
    the actor's own judgement, and Conflict with what is missing.
    """
    with context(actor=actor, action="verdict.publish"):
        judging = _judging(claim, claim_revision)
        if judging.verdict is not None:
            raise Conflict(_("A verdict of this claim stands already. Publish a correction of it."))
        return _publish(actor, judging, reason, evidence, former=None)


def verdict_supersede(
    *,
    actor: User,
    verdict: Verdict,
    reason: str,
    evidence: Iterable[Evidence],
    correction_note: str,
    revision: int | None = None,
    claim_revision: int | None = None,
) -> Verdict:
    """Publish another verdict in the place of a current one, which stays readable with the note.

    `revision` is the old one's that was seen; otherwise as `verdict_publish`.
    """
    note = _required(correction_note, "correction_note", _("Say what is corrected."))
    with context(actor=actor, action="verdict.supersede", reason=note):
        judging = _judging(verdict.claim, claim_revision)
        former = _lock_current(verdict, revision)
        return _publish(actor, judging, reason, evidence, former=former, note=note)


def verdict_rescind(
    *, actor: User, verdict: Verdict, correction_note: str, revision: int | None = None
) -> Verdict:
    """Take a verdict back in public; it stays readable with the note. Already so changes nothing.

    The claim is to be judged anew: what it rested on does not count again. Whoever moderates may,
    authors of the basis too: it takes two to say something, and one to stop saying it.
    """
    note = _required(correction_note, "correction_note", _("Say why it is rescinded."))
    with context(actor=actor, action="verdict.rescind", reason=note):
        claim = lock_row(verdict.claim, None)
        if Verdict.objects.get(pk=verdict.pk).state == VerdictState.RESCINDED:
            return Verdict.objects.get(pk=verdict.pk)
        current = _lock_current(verdict, revision)
        _end(actor, current, VerdictState.RESCINDED, note)
        stale = _judge_anew(claim) if current.claim_revision == claim.content_revision else []
        tell_changed(actor=actor, claim=claim, verdict=current, stale=stale)
    return current


def claim_reopen(*, actor: User, claim: Claim, reason: str, revision: int | None = None) -> Claim:
    """Have a published claim judged anew. Its verdict stands meanwhile, with a mark.

    Already so changes nothing; Conflict for a claim that is not published.
    """
    why = _required(reason, "reason", _("Say why."))
    with context(actor=actor, action="claim.reopen", reason=why):
        current = lock_row(claim, revision)
        current.project = claim.project
        judging = judging_of(current, None)
        if judging.stage == Stage.REOPENED:
            return current
        if not is_open(judging.stage, Act.REOPEN):
            raise Conflict(_("Only a published claim can be reopened."))
        stale = _judge_anew(current)
        tell_changed(actor=actor, claim=current, verdict=judging.verdict, stale=stale)
    return current


def _judging(claim: Claim, claim_revision: int | None) -> Judging:
    current = lock_row(claim, None)
    current.project = claim.project
    if claim_revision is not None and claim_revision != current.content_revision:
        raise StaleVersion(
            _("The claim changed since you opened it. Read it again before publishing."),
            current=current,
        )
    return judging_of(current, None)


def _publish(
    actor: User,
    judging: Judging,
    reason: str,
    evidence: Iterable[Evidence],
    *,
    former: Verdict | None,
    note: str = "",
) -> Verdict:
    claim = judging.claim
    check_ready(judging)
    act = Act.PUBLISH if former is None else Act.SUPERSEDE
    if not is_open(judging.stage, act):
        raise Conflict(_("This claim cannot be published as it stands."))
    _check_four_eyes(actor, judging)
    reason = _required(reason, "reason", _("Say what the verdict rests on, and why."))
    pieces = _check_evidence(claim, evidence)
    if former is not None:
        _end(actor, former, VerdictState.SUPERSEDED, note)
    basis = judging.adjudication or judging.basis[0]
    ratings = {one.rating_words for one in judging.basis} or {basis.native_rating}
    verdict = Verdict.objects.create(
        project_id=claim.project_id,
        created_by=actor,
        claim=claim,
        claim_revision=claim.content_revision,
        claim_text=claim.text,
        label=basis.label,
        native_rating=ratings.pop() if len(ratings) == 1 else "",
        reason=reason,
        adjudication=judging.adjudication,
        supersedes=former,
    )
    _write_basis(verdict, judging.basis, pieces)
    tell_published(actor=actor, judging=judging, former=former)
    return verdict


def _write_basis(verdict: Verdict, basis: Sequence[Review], pieces: Sequence[Evidence]) -> None:
    VerdictReview.objects.bulk_create(
        VerdictReview(project_id=verdict.project_id, verdict=verdict, review=one,
                      review_revision=one.revision)
        for one in reversed(basis)
    )  # fmt: skip
    VerdictEvidence.objects.bulk_create(
        VerdictEvidence(project_id=verdict.project_id, verdict=verdict, evidence=one,
                        evidence_revision=one.revision)
        for one in pieces
    )  # fmt: skip


def _check_four_eyes(actor: User, judging: Judging) -> None:
    """Raise Refused where the verdict would rest on the actor's own judgement.

    The database asks the same when the transaction ends; this is the sentence for people.
    """
    if actor not in judging.authors:
        return
    if judging.adjudication is not None:
        raise Refused(
            _("You adjudicated this claim. Another moderator has to publish the verdict.")
        )
    raise Refused(
        _(
            "The verdict would rest on the reviews by %(who)s. Four eyes: a moderator who is none"
            " of them has to publish it."
        ),
        params={"who": in_words(judging.authors)},
    )


def _check_evidence(claim: Claim, evidence: Iterable[Evidence]) -> list[Evidence]:
    """Lock and return the pieces; raise InvalidInput unless they stand and one is for everybody."""
    wanted = {one.pk for one in evidence}
    links = ClaimEvidence.objects.kept().filter(claim=claim, evidence__in=wanted)
    rows = links.filter(evidence__hidden_at__isnull=True).select_related("evidence")
    pieces = [one.evidence for one in rows.select_for_update().order_by("evidence_id")]
    if len(pieces) < len(wanted):
        raise InvalidInput(
            _("Some of this evidence is hidden, discarded or no longer on the claim."),
            field="evidence",
        )
    if all(one.confidential for one in pieces):
        raise InvalidInput(
            _("Choose evidence that the verdict rests on: one piece at least that is not"
              " confidential."),
            field="evidence",
        )  # fmt: skip
    return pieces


def _lock_current(verdict: Verdict, revision: int | None) -> Verdict:
    current = lock_row(verdict, revision)
    if current.state != VerdictState.CURRENT:
        raise Conflict(_("This verdict does not stand any more."))
    return current


def _end(actor: User, verdict: Verdict, state: VerdictState, note: str) -> None:
    columns = {"state": state, "ended_at": timezone.now(), "ended_by": actor}
    write_changes(verdict, {**columns, "correction_note": note})


def _judge_anew(claim: Claim) -> list[Review]:
    """Let no review of the claim as it stands count any more, as when its words had changed.

    Return those that counted.
    """
    stale = list(Review.objects.kept().filter(claim=claim, claim_revision=claim.content_revision))
    write_changes(claim, {"content_revision": claim.content_revision + 1})
    return stale


def _required(text: str, field: str, complaint: object) -> str:
    words = check_length(normalise(text), WORDS_LENGTH, field)
    if not words:
        raise InvalidInput(complaint, field=field)
    return words
