"""Who may enter the moderation desk, and which projects' rows they find there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, roles_with
from annotations.lib.errors import Refused
from annotations.moderation.permissions import check_moderate
from annotations.projects.models import InProject, Membership, Project
from annotations.projects.permissions import check_role


def acting_user(request: HttpRequest) -> User:
    """Return the signed-in person; the site lets nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def is_operator(request: HttpRequest) -> bool:
    """Say whether the person runs the installation: then rows of every project are shown."""
    user: Any = request.user
    return bool(user.is_authenticated and user.is_active and user.is_superuser)


def held_roles(request: HttpRequest) -> dict[int, str]:
    """Return the person's role by project, of projects they moderate; one query a request."""
    held: dict[int, str] | None = getattr(request, "_admin_held_roles", None)
    if held is None:
        user: Any = request.user
        held = {}
        if user.is_authenticated and user.is_active:
            held = dict(
                Membership.objects.filter(
                    user_id=user.pk, role__in=roles_with(Permission.MODERATE)
                ).values_list("project_id", "role")
            )
        request._admin_held_roles = held  # type: ignore[attr-defined]
    return held


def project_ids(request: HttpRequest, permission: Permission) -> list[int]:
    """Return the projects in which the person's role carries `permission` (MODERATE or more)."""
    allowed = roles_with(permission)
    return [project for project, role in held_roles(request).items() if role in allowed]


def reaches(request: HttpRequest, project_id: int | None, permission: Permission) -> bool:
    """Say whether a row of this project is the person's to see, given what it takes."""
    if is_operator(request):
        return True
    return project_id in project_ids(request, permission)


def may_enter(request: HttpRequest) -> bool:
    """Say whether the person may enter the desk at all."""
    return is_operator(request) or bool(held_roles(request))


def may_moderate(request: HttpRequest, row: InProject) -> bool:
    """Say whether the person may hide, restore and lock this row; no query of its own."""
    try:
        check_moderate(acting_user(request), held_roles(request).get(row.project_id), row.project)
    except Refused:
        return False
    return True


def may_manage(request: HttpRequest, project: Project) -> bool:
    """Say whether the person manages the project's members and settings; no query of its own."""
    if is_operator(request):
        return True
    try:
        check_role(held_roles(request).get(project.pk), project, Permission.MANAGE)
    except Refused:
        return False
    return True


def manages_any(request: HttpRequest) -> bool:
    """Say whether there is a project whose members and settings the person manages."""
    return is_operator(request) or bool(project_ids(request, Permission.MANAGE))
