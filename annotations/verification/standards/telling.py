"""Telling reviewers that judgements of theirs were made by what does not hold any more."""

from annotations.accounts.models import User
from annotations.notifications.kinds import Kind
from annotations.notifications.services import notify
from annotations.projects.models import Project
from annotations.verification.models import Review
from annotations.verification.standards.older import Under, counting_under_older


def tell_older(*, actor: User, project: Project, under: Under) -> None:
    """Tell each reviewer with judgements that count and were made under others than hold now.

    They are led to the list of their own. Of nobody else's is anything told.
    """
    kept = Review.objects.kept().filter(claim__hidden_at__isnull=True)
    rows = counting_under_older(kept, project, under)
    people = set(rows.order_by().values_list("reviewer_id", flat=True).distinct())
    notify(
        project=project,
        recipients=people,
        kind=Kind.GUIDELINE_CHANGED,
        actor=actor,
        target=project,
    )
