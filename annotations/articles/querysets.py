"""Which articles a person may see, and how lists read them."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q

from annotations.accounts.roles import Permission
from annotations.projects.visibility import Sight, projects_where, visible_rows

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


class UploadQuerySet(models.QuerySet):
    """Texts on their way to becoming articles or versions."""

    def visible_to(self, user: "User") -> "UploadQuerySet":
        """Keep the person's own, and what came of refreshing; of articles that they may read, in
        projects in which they may add articles.
        """
        if not user.is_authenticated:
            return self.none()
        articles = apps.get_model("annotations", "Article").objects.visible_to(user)
        wanted = Q(created_by=user) | Q(is_refresh=True)
        shown = Q(article=None) | Q(article__in=articles)
        projects = projects_where(user, Permission.ANNOTATE)
        return self.filter(wanted, shown, project_id__in=projects)
