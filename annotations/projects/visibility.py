"""The visibility table of the domain, once, for every concept's `visible_to`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.db.models import Q

from annotations.accounts.roles import Permission, role_allows, roles_with
from annotations.projects.marking import Marking
from annotations.projects.models import Membership

if TYPE_CHECKING:
    from annotations.accounts.models import User
    from annotations.planned import Slot

QuerySet = TypeVar("QuerySet", bound=models.QuerySet)


def projects_where(user: "User", permission: Permission) -> models.QuerySet:
    """Return the ids of the projects in which the person's role carries `permission`."""
    return projects_of(user.pk, permission)


def projects_of(user_id: "int | Slot", permission: Permission) -> models.QuerySet:
    """Return the same of the person with this id, which may be one that is known later."""
    roles = roles_with(permission)
    return Membership.objects.filter(user_id=user_id, role__in=roles).values("project_id")


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


def hidden_by_moderation(rows: QuerySet, user: "User", *, kept_in: str = "") -> QuerySet:
    """Keep the hidden rows the person wrote: they may be told that, and why, and nothing else.

    `kept_in` is the path, ending in "__", to where an event's moderation is kept.
    """
    if not user.is_authenticated:
        return rows.none()
    return rows.filter(
        project_id__in=projects_where(user, Permission.READ),
        created_by=user.pk,
        **{f"{kept_in}hidden_at__isnull": False},
    )


@dataclass(frozen=True, slots=True)
class Sight:
    """What one viewer sees in one project; None as viewer sees everything (a whole export)."""

    user_id: int | None
    sees_hidden: bool
    sees_confidential: bool
    # The open rounds of independent marking that the viewer takes part in.
    marking: Marking = ()

    def shows(self, row: object) -> bool:
        """Say whether a loaded row may be shown; the same rule as `visible_rows`, for one row."""
        if row is None:
            return True
        apart = getattr(row, "is_apart_from", None)
        if apart is not None and apart(self):
            return False
        if getattr(row, "hidden_at", None) is not None and not self.sees_hidden:
            return False
        if getattr(row, "confidential", False) and not self.sees_confidential:
            return self.user_id is not None and getattr(row, "created_by_id", None) == self.user_id
        return True


EVERYTHING = Sight(None, sees_hidden=True, sees_confidential=True)


def sight_of(user: "User | None", project_id: int) -> Sight:
    """Read the viewer's role once; one query."""
    if user is None:
        return EVERYTHING
    role = (
        Membership.objects.filter(project_id=project_id, user_id=user.pk)
        .values_list("role", flat=True)
        .first()
    )
    return sight_for_role(user, role)


def sight_for_role(user: "User", role: str | None, marking: Marking = ()) -> Sight:
    """Return what the viewer sees in a project in which their role is known; no query.

    `marking` is `marking_of` the viewer there, for whoever shows claims or mentions.
    """
    return Sight(
        user.pk,
        role_allows(role, Permission.SEE_HIDDEN),
        role_allows(role, Permission.SEE_CONFIDENTIAL),
        marking,
    )
