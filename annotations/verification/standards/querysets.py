"""Who may read scales and guidelines: every member of the project."""

from typing import TYPE_CHECKING

from django.db import models

from annotations.projects.visibility import visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class StandardsQuerySet(models.QuerySet):
    """Scales, their values, and guidelines."""

    def visible_to(self, user: "User") -> "StandardsQuerySet":
        """Keep those of the person's projects."""
        return visible_rows(self, user)
