"""Ending assignments that nobody is going to finish: of people who left, of claims that merged."""

from django.utils import timezone

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.projects.editing import write_changes
from annotations.verification.assignments.models import (
    UNFINISHED,
    Assignment,
    AssignmentState,
)


def assignments_free(*, actor: User, reason: str, **of: object) -> int:
    """Withdraw the unfinished assignments named by `of` (`assignee=` or `claim=`); return how many.

    Their leases end with them, so the queue may hand the work to others at once.
    """
    with context(actor=actor, action="assignment.withdraw", reason=reason):
        rows = Assignment.objects.select_for_update(of=("self",)).order_by("pk")
        found = list(rows.filter(state__in=UNFINISHED, **of))
        for one in found:
            ended = {"state": AssignmentState.WITHDRAWN, "ended_at": timezone.now()}
            write_changes(one, {**ended, "leased_until": None})
    return len(found)
