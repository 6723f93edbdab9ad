"""What is left unfinished by somebody who is shut out, in rounds as elsewhere."""

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.claims.rounds import MarkingRound, RoundState
from annotations.verification.assignments.freeing import assignments_free
from annotations.verification.assignments.models import UNFINISHED, Assignment
from annotations.verification.rounds.services import (
    FEWEST,
    close_if_all_in,
    count_up,
    taking_part,
)


def person_free(*, actor: User, person: User, reason: str) -> int:
    """Withdraw everything that somebody has not finished; return how many assignments.

    A round that waited for nobody else is complete then. One in which fewer than two are left
    stays open, for a moderator to add somebody or to call it off.
    """
    with context(actor=actor, action="assignment.withdraw", reason=reason):
        # Before the parts, as whoever hands in does: else each would wait for the other.
        rounds = MarkingRound.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
        parts = Assignment.objects.filter(assignee=person, state__in=UNFINISHED)
        left = list(rounds.filter(state=RoundState.OPEN, pk__in=parts.values("round")))
        count = assignments_free(actor=actor, reason=reason, assignee=person)
        for one in left:
            if len(taking_part(one)) >= FEWEST:
                close_if_all_in(actor, one)
            count_up(one)
    return count
