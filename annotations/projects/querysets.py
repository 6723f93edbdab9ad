"""Which projects and memberships a person may see, and what their role lets them."""

from typing import TYPE_CHECKING

from django.db import models

from annotations.accounts.roles import Permission, roles_with

if TYPE_CHECKING:
    from annotations.accounts.models import User


class ProjectQuerySet(models.QuerySet):
    """Projects."""

    def visible_to(self, user: "User") -> "ProjectQuerySet":
        """Keep the projects the person is a member of; an operator has no implicit role."""
        return self.filter(memberships__user=user) if user.is_authenticated else self.none()

    def where_allowed(self, user: "User", permission: Permission) -> "ProjectQuerySet":
        """Keep the projects in which the person's role carries `permission`."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(memberships__user=user, memberships__role__in=roles_with(permission))

    def active(self) -> "ProjectQuerySet":
        """Leave out archived projects."""
        return self.filter(archived_at__isnull=True)
