"""Which flags a person may see."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from annotations.accounts.roles import Permission
from annotations.moderation.choices import FlagState
from annotations.projects.visibility import projects_where

if TYPE_CHECKING:
    from annotations.accounts.models import User


class FlagQuerySet(models.QuerySet):
    """Flags."""

    def visible_to(self, user: "User") -> "FlagQuerySet":
        """Keep the person's own; moderators see all of their projects, others nobody else's."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(project_id__in=projects_where(user, Permission.READ)).filter(
            Q(created_by=user.pk) | Q(project_id__in=projects_where(user, Permission.MODERATE))
        )

    def open(self) -> "FlagQuerySet":
        """Leave out what was decided."""
        return self.filter(state=FlagState.OPEN)
