"""Which redactions a person finds."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from annotations.accounts.roles import Permission, roles_with
from annotations.projects.models import Membership

if TYPE_CHECKING:
    from annotations.accounts.models import User


class RedactionQuerySet(models.QuerySet):
    """Redactions."""

    def visible_to(self, user: "User") -> "RedactionQuerySet":
        """Keep those of projects the person manages and of people in these; operators see all."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        managed = Membership.objects.filter(user=user, role__in=roles_with(Permission.MANAGE))
        people = Membership.objects.filter(project__in=managed.values("project"))
        return self.filter(
            Q(project__in=managed.values("project")) | Q(person__in=people.values("user"))
        )
