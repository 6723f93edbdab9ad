"""Which releases a person may see."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from annotations.accounts.roles import Permission
from annotations.projects.marking import rounds_marked_by
from annotations.projects.visibility import projects_where, visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class ReleaseQuerySet(models.QuerySet):
    """Releases."""

    def visible_to(self, user: "User") -> "ReleaseQuerySet":
        """Keep the person's own, and all of the projects they moderate.

        Not others' while the person marks a text beside them: what these hold is counted.
        """
        marked = rounds_marked_by(user.pk or 0).filter(
            project=OuterRef("project"), created_at__lte=OuterRef("created_at")
        )
        moderated = Q(project_id__in=projects_where(user, Permission.MODERATE))
        return visible_rows(self, user).filter(
            Q(created_by=user.pk) | (moderated & ~Q(Exists(marked)))
        )
