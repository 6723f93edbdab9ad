"""Which articles a person may see, and how lists read them."""

from typing import TYPE_CHECKING

from django.db import models

from annotations.projects.visibility import Sight, visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User
    from annotations.projects.models import Project


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

    def in_sight(self, project: "Project", sight: Sight) -> "ArticleQuerySet":
        """Keep what a viewer sees of one project: `visible_to`, for a role that is known."""
        rows = self.filter(project=project)
        return rows if sight.sees_hidden else rows.filter(hidden_at__isnull=True)


class VersionQuerySet(models.QuerySet):
    """Versions."""

    def visible_to(self, user: "User") -> "VersionQuerySet":
        """Keep the versions of articles the person may read."""
        return visible_rows(self, user, moderated=("article__",))
