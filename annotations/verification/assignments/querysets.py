"""Which assignments a person may see: their own; all of them, who moderates."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from annotations.accounts.roles import Permission
from annotations.projects.marking import claims_read_by
from annotations.projects.visibility import projects_where, visible_rows
from annotations.verification.assignments.choices import (
    UNFINISHED,
    AssignmentMode,
    AssignmentState,
)

if TYPE_CHECKING:
    from annotations.accounts.models import User


class AssignmentQuerySet(models.QuerySet):
    """Assignments."""

    def visible_to(self, user: "User") -> "AssignmentQuerySet":
        """Keep the person's own, and all of them in projects where they see every review.

        The state of another's assignment tells whether they have judged, which a reviewer of a
        blind project must not learn before it is revealed. What is hidden goes to moderators only.
        """
        rows = visible_rows(self, user, moderated=("claim__", "article__"))
        rows = rows.filter(claims_read_by(user, "claim__"))
        sees_all = Q(project_id__in=projects_where(user, Permission.SEE_ALL_REVIEWS))
        return rows.filter(Q(assignee_id=user.pk) | sees_all)

    def unfinished(self) -> "AssignmentQuerySet":
        """Keep what still is somebody's work."""
        return self.filter(state__in=UNFINISHED)

    def open(self) -> "AssignmentQuerySet":
        """Keep those whose work is done in sight of the others; see AssignmentMode."""
        return self.filter(mode=AssignmentMode.OPEN)

    def holding(self, now: datetime) -> "AssignmentQuerySet":
        """Keep those that hold a place: given by hand, or from the queue with a lease that runs."""
        return self.unfinished().filter(Q(is_from_queue=False) | Q(leased_until__gt=now))

    def lapsed(self, now: datetime) -> "AssignmentQuerySet":
        """Keep what was taken from the queue, and whose lease has run out."""
        return self.open().filter(
            is_from_queue=True, state=AssignmentState.IN_PROGRESS, leased_until__lte=now
        )

    def overdue(self, today: date) -> "AssignmentQuerySet":
        """Keep what was due before today and is not finished."""
        return self.unfinished().filter(due__lt=today)
