"""Which sources a person may see."""

from typing import TYPE_CHECKING

from django.db import models

from annotations.projects.visibility import visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class SourceQuerySet(models.QuerySet):
    """Sources."""

    def visible_to(self, user: "User") -> "SourceQuerySet":
        """Keep what the person may read: own projects, not hidden unless they moderate."""
        return visible_rows(self, user, moderated=("",))
