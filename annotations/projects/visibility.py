"""The visibility table of the domain, once, for every concept's `visible_to`."""

from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.db.models import Q

from annotations.accounts.roles import Permission, roles_with
from annotations.projects.models import Membership

if TYPE_CHECKING:
    from annotations.accounts.models import User

QuerySet = TypeVar("QuerySet", bound=models.QuerySet)


def projects_where(user: "User", permission: Permission) -> models.QuerySet:
    """Return the ids of the projects in which the person's role carries `permission`."""
    roles = roles_with(permission)
    return Membership.objects.filter(user_id=user.pk, role__in=roles).values("project_id")


def visible_rows(
    rows: QuerySet,
    user: "User",
    *,
    moderated: tuple[str, ...] = (),
    confidential: tuple[str, ...] = (),
) -> QuerySet:
    """Keep the rows the person may see.

    `moderated` and `confidential` are paths, ending in "__" or empty for the row itself, to the
    rows whose hiding or confidentiality decides. A hidden row goes to moderators only (its author
    is told the reason through `hidden_by_moderation`); a confidential one to reviewers and up,
    and to whoever wrote it.
    """
    if not user.is_authenticated:
        return rows.none()
    kept = rows.filter(project_id__in=projects_where(user, Permission.READ))
    if moderated:
        shown = Q()
        for path in moderated:
            shown &= Q(**{f"{path}hidden_at__isnull": True})
        kept = kept.filter(shown | Q(project_id__in=projects_where(user, Permission.SEE_HIDDEN)))
    for path in confidential:
        kept = kept.filter(
            ~Q(**{f"{path}confidential": True})
            | Q(**{f"{path}created_by": user.pk})
            | Q(project_id__in=projects_where(user, Permission.SEE_CONFIDENTIAL))
        )
    return kept


def hidden_by_moderation(rows: QuerySet, user: "User") -> QuerySet:
    """Keep the hidden rows the person wrote: they may be told that, and why, and nothing else."""
    if not user.is_authenticated:
        return rows.none()
    return rows.filter(
        project_id__in=projects_where(user, Permission.READ),
        hidden_at__isnull=False,
        created_by=user.pk,
    )
