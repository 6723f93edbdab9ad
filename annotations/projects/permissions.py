"""What a person may do in a project: role first, then the project's own state."""

from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import LEAST_ROLE, Permission, Role, role_allows
from annotations.lib.errors import Refused
from annotations.projects.models import Membership, Project

# An archived project stays readable; these would change what is in it.
CHANGING = frozenset(
    {Permission.ANNOTATE, Permission.REVIEW, Permission.PUBLISH, Permission.MODERATE}
)


def role_of(user: User, project: Project) -> Role | None:
    """Return the person's role in `project`; None for outsiders and operators without one."""
    if not user.is_authenticated or not user.is_active:
        return None
    known: tuple[int, Role] | None = getattr(project, "_known_role", None)
    if known is not None and known[0] == user.pk:
        return known[1]
    role = (
        Membership.objects.filter(project=project, user_id=user.pk)
        .values_list("role", flat=True)
        .first()
    )
    return Role(role) if role else None


def remember_role(user: User, project: Project, role: Role) -> None:
    """Let `role_of` answer without a query for this very object, which lives for one request."""
    project._known_role = (user.pk, role)  # type: ignore[attr-defined]


def allows(role: str | None, project: Project, permission: Permission) -> bool:
    """Say whether `role` may do this in `project` as it stands (archived: read only)."""
    if project.archived_at is not None and permission in CHANGING:
        return False
    return role_allows(role, permission)


def can(user: User, project: Project, permission: Permission) -> bool:
    """Say whether the person may do this in the project."""
    return allows(role_of(user, project), project, permission)


def check(user: User, project: Project, permission: Permission) -> Role:
    """Return the person's role, or raise Refused with the reason they may not do this."""
    role = role_of(user, project)
    check_role(role, project, permission)
    assert role is not None
    return role


def check_role(role: str | None, project: Project, permission: Permission) -> None:
    """Raise Refused unless `role` may do this in `project`; no query."""
    if not role_allows(role, permission):
        least = LEAST_ROLE[permission]
        sentence = (
            _("Only someone with the role %(role)s may %(what)s.")
            if least is Role.ADMIN
            else _("Only someone with the role %(role)s or above may %(what)s.")
        )
        raise Refused(
            sentence,
            params={"role": least.label, "what": permission.label},
        )
    if project.archived_at is not None and permission in CHANGING:
        raise Refused(_("This project is archived: it can be read, not changed."))


def check_not_archived(project: Project) -> None:
    """Raise Refused when the project is archived."""
    if project.archived_at is not None:
        raise Refused(_("This project is archived: it can be read, not changed."))


def check_create_project(user: User) -> None:
    """Raise Refused unless the person may open a project: anyone who can sign in may."""
    if not user.is_authenticated or not user.is_active or user.is_system:
        raise Refused(_("Sign in to create a project."))


def check_manage_project(actor: User, project: Project) -> None:
    """Raise Refused unless the person manages the project: an admin of it, or an operator.

    Operators see nothing of a project without a role in it; they can still mend its members.
    """
    if actor.is_active and (actor.is_superuser or actor.is_system):
        return
    check(actor, project, Permission.MANAGE)


def check_not_locked(role: str | None, row: "ModeratedRow") -> None:
    """Raise Refused when moderation has locked the row and `role` does not moderate, or has merged
    it into another: then nobody changes it.
    """
    if getattr(row, "merged_into_id", None) is not None:
        raise Refused(_("This was merged into another, and stays as it was. Change that one."))
    if row.locked_at is not None and not role_allows(role, Permission.MODERATE):
        raise Refused(_("A moderator has locked this. It can be read, not changed."))


class ModeratedRow(Protocol):
    """A row of a project that moderation can hide and lock."""

    project: Project
    locked_at: datetime | None


def check_edit_row(user: User, row: ModeratedRow) -> Role:
    """Raise Refused unless the person may change a shared row (statement, source, article)."""
    role = check(user, row.project, Permission.ANNOTATE)
    check_not_locked(role, row)
    return role
