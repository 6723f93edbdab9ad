"""Which releases a person may see."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from annotations.accounts.roles import Permission
from annotations.projects.visibility import projects_where, visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class ReleaseQuerySet(models.QuerySet):
    """Releases."""

    def visible_to(self, user: "User") -> "ReleaseQuerySet":
        """Keep the person's own, and all of the projects they moderate."""
        return visible_rows(self, user).filter(
            Q(created_by=user.pk) | Q(project_id__in=projects_where(user, Permission.MODERATE))
        )
