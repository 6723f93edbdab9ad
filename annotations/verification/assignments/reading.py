"""Whose work there is on a claim or article, and who can be given any."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, roles_with
from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.projects.models import Membership, Project
from annotations.verification.assignments.at_work import at_work_on_articles, at_work_on_claims
from annotations.verification.assignments.models import Assignment

# Of one claim or article, the latest; older ones are in the list of all.
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Work:
    """What one viewer sees of the work on a claim or article."""

    # Names of the others who are at it.
    at_work: Sequence[str]
    mine: Assignment | None
    # Everybody's, for who sees every review; else only the viewer's own.
    rows: Sequence[Assignment]


def work_on(subject: Claim | Article, viewer: User) -> Work:
    """Return who works on it, as the viewer may see that; two queries."""
    column = "claim" if isinstance(subject, Claim) else "article"
    found = Assignment.objects.visible_to(viewer).filter(**{column: subject.pk})
    rows = list(found.select_related("assignee", "created_by").order_by("-id")[:_SHOWN])
    for row in rows:
        setattr(row, column, subject)
    mine = [one for one in rows if one.assignee_id == viewer.pk and one.is_unfinished]
    if isinstance(subject, Claim):
        names = at_work_on_claims([subject.pk], viewer.pk)
    else:
        names = at_work_on_articles([subject.pk], viewer.pk)
    return Work(names.get(subject.pk, []), mine[0] if mine else None, rows)


def assignable_in(project: Project) -> list[User]:
    """Return who can be given work in the project, by name; one query."""
    members = Membership.objects.filter(project=project, role__in=roles_with(Permission.REVIEW))
    people = User.objects.filter(pk__in=members.values("user_id"), is_active=True)
    return list(people.order_by("display_name", "pk"))
