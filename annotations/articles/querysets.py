"""Which articles a person may see, and how lists read them."""

from typing import TYPE_CHECKING

from django.db import models

from annotations.projects.visibility import visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class OutletQuerySet(models.QuerySet):
    """Outlets."""

    def visible_to(self, user: "User") -> "OutletQuerySet":
        """Keep the outlets of the person's projects."""
        return visible_rows(self, user)


class ArticleQuerySet(models.QuerySet):
    """Articles."""

    def visible_to(self, user: "User") -> "ArticleQuerySet":
        """Keep what the person may read: own projects, not hidden unless they moderate."""
        return visible_rows(self, user, moderated=("",))


class VersionQuerySet(models.QuerySet):
    """Versions."""

    def visible_to(self, user: "User") -> "VersionQuerySet":
        """Keep the versions of articles the person may read."""
        return visible_rows(self, user, moderated=("article__",))
