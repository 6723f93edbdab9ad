"""Ending assignments that nobody is going to finish: of people who left, of claims that merged."""

from django.utils import timezone

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.notifications.kinds import Kind
from annotations.projects.editing import write_changes
from annotations.verification.assignments.models import (
    UNFINISHED,
    Assignment,
    AssignmentState,
)
from annotations.verification.assignments.telling import tell_assignees, tell_givers


def assignments_free(*, actor: User, reason: str, **of: object) -> int:
    """Withdraw the unfinished assignments named by `of` (`assignee=` or `claim=`); return how many.

    Their leases end with them, so the queue may hand the work to others at once. Tells whose work
    it was, if they are still active, and who gave it to somebody who is not.
    """
    with context(actor=actor, action="assignment.withdraw", reason=reason):
        rows = Assignment.objects.select_for_update(of=("self",)).order_by("pk")
        rows = rows.select_related("project", "claim", "article", "assignee")
        found = list(rows.filter(state__in=UNFINISHED, **of))
        for one in found:
            ended = {"state": AssignmentState.WITHDRAWN, "ended_at": timezone.now()}
            write_changes(one, {**ended, "leased_until": None})
        tell_assignees(actor=actor, rows=found, kind=Kind.REASSIGNED)
        tell_givers(actor=actor, rows=[one for one in found if not one.assignee.is_active])
    return len(found)
