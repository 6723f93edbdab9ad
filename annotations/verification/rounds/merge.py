"""Bringing a round together: originals go into shared claims, or are rejected with a reason."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.claims.hops import HopInput, hop_as_input
from annotations.claims.models import Attribution, Claim, Mention
from annotations.claims.rounds import MarkingRound, RoundState
from annotations.claims.services import claim_create, mention_add
from annotations.lib.errors import Conflict, InvalidInput
from annotations.projects.editing import check_length, lock_row, write_changes
from annotations.verification.rounds.models import OriginalDecision, Outcome
from annotations.verification.rounds.originals import Originals, originals_of
from annotations.verification.rounds.services import check_state, lock_round

REASON_LENGTH = 1000
# What an accepted claim takes over from the original whose wording it has.
_TAKEN_OVER = (
    "text",
    "language",
    "types",
    "checkability",
    "priority",
    "due",
    "check_worthiness",
    "statement",
)


def originals_accept(
    *,
    actor: User,
    found: MarkingRound,
    originals: Sequence[Claim],
    wording: Claim | None = None,
    place: Claim | None = None,
    into: Claim | None = None,
) -> Claim:
    """Put originals into the shared set as one claim, and keep them; return that claim.

    It is made with the words and the chain of `wording` and the ranges of `place`, both one of the
    originals (the first unless said), or is `into`, one that is shared already. Accepted together
    before: that claim is returned. Conflict where one of them went into another claim.
    """
    if not originals:
        raise InvalidInput(_("Choose what is to be accepted."), field="originals")
    with context(actor=actor, action="round.accept"):
        current = lock_round(found, None)
        there = originals_of(current, actor)
        chosen = [_original(there, one) for one in dict.fromkeys(originals)]
        before = _claim_before(chosen)
        if before is not None:
            return before
        check_state(current, RoundState.HANDED_IN)
        words = _original(there, wording) if wording else chosen[0]
        where = _original(there, place) if place else words
        if not {words, where} <= set(chosen):
            raise InvalidInput(_("Choose words and place among what is accepted."), field="wording")
        if into is None:
            into = _make(actor, current, there, words, where)
        else:
            _check_shared(current, into)
        for original in chosen:
            _decide(actor, current, original, outcome=Outcome.ACCEPTED, claim=into, reason="")
    return into


def originals_accept_same(*, actor: User, found: MarkingRound) -> list[Claim]:
    """Accept every group whose people marked the very same words, one claim each, none decided yet.

    The words are those of who marked first. Nothing left to accept changes nothing.
    """
    with context(actor=actor, action="round.accept"):
        current = lock_round(found, None)
        check_state(current, RoundState.HANDED_IN)
        there = originals_of(current, actor)
        made = []
        for group in there.groups:
            claims = [there.claims[one.claim] for one in group.members]
            if group.is_plain and not any(decision_of(one) for one in claims):
                made.append(
                    originals_accept(
                        actor=actor, found=current, originals=sorted(claims, key=lambda one: one.pk)
                    )
                )
    return made


def original_reject(
    *, actor: User, found: MarkingRound, original: Claim, reason: str
) -> OriginalDecision:
    """Leave an original out of the shared set and say why. One that was accepted is a Conflict."""
    reason = _reason(reason)
    with context(actor=actor, action="round.reject", reason=reason):
        current = lock_round(found, None)
        row = _original(originals_of(current, actor), original)
        before = decision_of(row)
        if before is not None and (before.outcome, before.reason) == (Outcome.REJECTED, reason):
            return before
        check_state(current, RoundState.HANDED_IN)
        if before is not None and before.outcome == Outcome.ACCEPTED:
            raise Conflict(
                _("This was accepted. Discard the shared claim instead, if it should not stand.")
            )
        return _decide(actor, current, row, outcome=Outcome.REJECTED, claim=None, reason=reason)


def round_finish(
    *, actor: User, found: MarkingRound, rest_reason: str = "", revision: int | None = None
) -> MarkingRound:
    """Close the merging; from now on everybody may read the originals, with a mark.

    All must be decided; `rest_reason` rejects what is not. Finished already changes nothing.
    """
    with context(actor=actor, action="round.finish"):
        current = lock_round(found, None)
        if current.state == RoundState.MERGED:
            return current
        current = lock_round(found, revision)
        check_state(current, RoundState.HANDED_IN)
        there = originals_of(current, actor)
        left = [one for one in there.claims.values() if decision_of(one) is None]
        if left and not rest_reason.strip():
            raise Conflict(
                _("%(count)d are undecided. Decide them, or say why the rest is left out."),
                field="rest_reason",
                params={"count": len(left)},
            )
        for original in left:
            original_reject(actor=actor, found=current, original=original, reason=rest_reason)
        write_changes(current, {"state": RoundState.MERGED})
    return current


def decision_of(original: Claim) -> OriginalDecision | None:
    """Return what was decided about an original read by `originals_of`."""
    return getattr(original, "decision", None)


def _original(there: Originals, claim: Claim) -> Claim:
    found = there.claims.get(claim.pk)
    if found is None:
        raise InvalidInput(_("This is no original of the round, or counts no more."))
    return found


def _claim_before(chosen: Sequence[Claim]) -> Claim | None:
    """Return the claim they all went into; None where none did. Raises Conflict in between."""
    decisions = [decision_of(one) for one in chosen]
    claims = {one.claim for one in decisions if one and one.claim is not None}
    if not claims:
        return None
    if len(claims) == 1 and all(one and one.claim_id for one in decisions):
        return claims.pop()
    raise Conflict(_("Some of these went into a shared claim already. Load the page again."))


def _make(
    actor: User, current: MarkingRound, there: Originals, words: Claim, where: Claim
) -> Claim:
    fields: dict[str, Any] = {name: getattr(words, name) for name in _TAKEN_OVER}
    if words.translation_of and words.translation_of.round_id is None:
        fields["translation_of"] = words.translation_of
    first, *further = there.mentions[where.pk]
    hops = _hops(there.mentions[words.pk][0])
    claim = claim_create(
        actor=actor,
        project=current.project,
        version=current.version,
        ranges=_ranges(first),
        hops=hops,
        exact=True,
        **fields,
    )
    for mention in further:
        mention_add(
            actor=actor,
            claim=claim,
            version=current.version,
            ranges=_ranges(mention),
            hops=_hops(mention),
            exact=True,
        )
    return claim


def _ranges(mention: Mention) -> list[tuple[int, int]]:
    return list(mention.span.ranges.order_by("n").values_list("start", "end"))


def _hops(mention: Mention) -> list[HopInput]:
    rows = Attribution.objects.filter(mention=mention).order_by("order")
    return [
        hop_as_input(row)
        for row in rows.prefetch_related("source_span__ranges", "cue_span__ranges")
    ]


def _check_shared(current: MarkingRound, claim: Claim) -> None:
    row = lock_row(claim, None)
    if row.project_id != current.project_id or row.round_id is not None:
        raise InvalidInput(_("Choose a claim of the shared set."), field="into")
    if row.discarded_at is not None:
        raise Conflict(_("This claim is discarded. Restore it before changing it."), field="into")


def _decide(
    actor: User,
    current: MarkingRound,
    original: Claim,
    **columns: Any,
) -> OriginalDecision:
    before = decision_of(original)
    if before is None:
        return OriginalDecision.objects.create(
            project_id=current.project_id,
            round=current,
            original=original,
            created_by=actor,
            **columns,
        )
    write_changes(before, columns)
    return before


def _reason(reason: str) -> str:
    reason = check_length(reason, REASON_LENGTH, "reason")
    if not reason:
        raise InvalidInput(_("Say why this is left out."), field="reason")
    return reason
