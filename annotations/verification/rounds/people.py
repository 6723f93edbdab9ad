"""Who takes part in rounds, as far as one person is told."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from annotations.accounts.models import User
from annotations.claims.rounds import MarkingRound, RoundState
from annotations.projects.marking import TAKING_PART
from annotations.verification.assignments.models import Assignment, AssignmentState


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part. While the round is open, how far they are, until when and what they were
    told is theirs and the moderators' to know: None for others.
    """

    assignee: User
    state: str | None
    due: date | None
    note: str | None
    is_mine: bool

    @property
    def state_in_words(self) -> str:
        """Return how far they are; empty where that is not told."""
        return str(AssignmentState(self.state).label) if self.state else ""

    @property
    def is_handed_in(self) -> bool:
        """Say whether they are known to have handed in."""
        return self.state == AssignmentState.HANDED_IN


def people_of(
    rounds: Sequence[MarkingRound], viewer: User, *, moderates: bool
) -> dict[int, list[Part]]:
    """Return who takes part in each round, by its id, in the order they were added; one query.

    `moderates` says whether the viewer's role sees all reviews: then all is told.
    """
    states = {one.pk: one.state for one in rounds}
    found: dict[int, list[Part]] = defaultdict(list)
    rows = Assignment.objects.filter(round__in=list(states), state__in=TAKING_PART)
    for row in rows.select_related("assignee").order_by("pk"):
        mine = row.assignee_id == viewer.pk
        is_told = mine or moderates or states[row.round_id or 0] != RoundState.OPEN
        found[row.round_id or 0].append(
            Part(
                row.assignee,
                row.state if is_told else None,
                row.due if mine or moderates else None,
                row.note if mine or moderates else None,
                mine,
            )
        )
    return found
