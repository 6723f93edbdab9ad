"""Who belongs to a project and in what role; a project always keeps an admin who can act."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, Role, roles_with
from annotations.accounts.services import access_end
from annotations.audit.context import context
from annotations.lib.errors import Conflict, InvalidInput, Refused
from annotations.projects.models import Membership, Project
from annotations.projects.permissions import check_manage_project
from annotations.projects.services import lock_project


def people_with(project_id: int, permission: Permission) -> set[int]:
    """Return the ids of the active members whose role carries `permission`; one query."""
    members = Membership.objects.filter(
        project=project_id, role__in=roles_with(permission), user__is_active=True
    )
    return set(members.values_list("user_id", flat=True))


def member_add(*, actor: User, project: Project, user: User, role: str) -> Membership:
    """Give an existing person a role; for operators and commands, others invite."""
    check_known_role(role)
    with context(actor=actor, action="member.add"):
        check_manage_project(actor, lock_project(project))
        return membership_create(project=project, user=user, role=role)


def membership_create(*, project: Project, user: User, role: str) -> Membership:
    """Make the row; the caller has checked who asks and opened the history's context."""
    if not user.is_active or user.is_system:
        raise Refused(_("A deactivated account cannot join a project."))
    try:
        with transaction.atomic():
            return Membership.objects.create(project=project, user=user, role=role)
    except IntegrityError as error:
        raise Conflict(_("This person is a member already."), field="email") from error


def member_change_role(
    *, actor: User, membership: Membership, role: str, reason: str = ""
) -> Membership:
    """Give a member another role; their sessions and tokens end at once."""
    check_known_role(role)
    with context(actor=actor, action="member.change_role", reason=reason):
        check_manage_project(actor, lock_project(membership.project))
        current = Membership.objects.select_related("user").get(pk=membership.pk)
        if current.role == role:
            return current
        if current.role == Role.ADMIN:
            _check_other_admin(current)
        current.role = role
        current.save(update_fields=["role"])
        access_end(actor=actor, user=current.user)
    return current


def member_remove(*, actor: User, membership: Membership, reason: str = "") -> None:
    """Take someone out of the project; what they wrote stays under their name."""
    with context(actor=actor, action="member.remove", reason=reason):
        check_manage_project(actor, lock_project(membership.project))
        _remove(actor, membership)


def member_leave(*, actor: User, project: Project) -> None:
    """Leave a project oneself; the last admin cannot."""
    with context(actor=actor, action="member.leave"):
        lock_project(project)
        membership = Membership.objects.filter(project=project, user=actor).first()
        if membership is not None:
            _remove(actor, membership)


def check_known_role(role: str) -> None:
    """Raise InvalidInput for anything but the four roles."""
    if role not in Role.values:
        raise InvalidInput(_("Choose one of the four roles."), field="role")


def _remove(actor: User, membership: Membership) -> None:
    current = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if current is None:
        return
    if current.role == Role.ADMIN:
        _check_other_admin(current)
    current.delete()
    access_end(actor=actor, user=current.user)


def _check_other_admin(membership: Membership) -> None:
    others = Membership.objects.filter(
        project_id=membership.project_id, role=Role.ADMIN, user__is_active=True
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise Refused(_("A project keeps at least one admin: make someone else an admin first."))
