"""Telling people of work that is theirs, is theirs no longer, or came back undone."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.notifications.kinds import Kind
from annotations.notifications.models import Notification
from annotations.notifications.services import notify
from annotations.notifications.targets import Target, target_of
from annotations.projects.members import people_with
from annotations.verification.assignments.models import Assignment


def tell_assignees(
    *, actor: User | None, rows: Iterable[Assignment], kind: Kind, always_bundled: bool = False
) -> None:
    """Tell the people of these assignments: of one thing by itself, of several in one line.

    One statement for each thing, or for each project; none where there is no assignment.
    """
    theirs: dict[tuple[int, int], list[Assignment]] = defaultdict(list)
    for row in rows:
        theirs[row.project_id, row.assignee_id].append(row)
    told: dict[tuple[int, Target], list[int]] = defaultdict(list)
    for (project_id, person), mine in theirs.items():
        is_one = len(mine) == 1 and not always_bundled
        target = target_of(mine[0].subject if is_one else mine[0].project)
        told[project_id, target].append(person)
    for (project_id, target), people in told.items():
        notify(project=project_id, recipients=people, kind=kind, actor=actor, target=target)


def tell_givers(*, actor: User, rows: Iterable[Assignment]) -> None:
    """Tell who gave the work out that it came back undone, if they moderate still.

    What somebody took from the queue, or gave to themselves, tells nobody and costs no query.
    """
    given: dict[tuple[int, int], list[Assignment]] = defaultdict(list)
    for row in rows:
        if row.created_by_id not in (row.assignee_id, actor.pk):
            given[row.project_id, row.created_by_id].append(row)
    for (project_id, giver), theirs in given.items():
        # Whether others have finished is for moderators alone.
        if giver in people_with(project_id, Permission.MODERATE):
            about = theirs[0].subject if len(theirs) == 1 else theirs[0].project
            notify(
                project=project_id,
                recipients=[giver],
                kind=Kind.HANDED_BACK,
                actor=actor,
                target=about,
            )


def overdue_tell(timestamp: int = 0, *, today: date | None = None) -> None:
    """Tell people once of work that has become overdue, all of a project in one line.

    Told again only when something else becomes overdue: since they were told last.
    """
    day = today or timezone.localdate()
    told = Notification.objects.filter(
        recipient=OuterRef("assignee"),
        project=OuterRef("project"),
        kind=Kind.OVERDUE,
        latest_at__date__gt=OuterRef("due"),
    )
    late = Assignment.objects.overdue(day).filter(~Exists(told), project__archived_at__isnull=True)
    rows = late.filter(claim__hidden_at__isnull=True, article__hidden_at__isnull=True)
    tell_assignees(
        actor=None,
        rows=rows.select_related("project"),
        kind=Kind.OVERDUE,
        always_bundled=True,
    )
