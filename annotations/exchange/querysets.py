"""Which releases and proof bundles a person may see."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from annotations.accounts.roles import Permission
from annotations.projects.marking import rounds_marked_by
from annotations.projects.visibility import projects_where, visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User
    from annotations.lifecycle.models import LifecycleEvent


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


class BundleQuerySet(models.QuerySet):
    """Proof bundles."""

    def visible_to(self, user: "User") -> "BundleQuerySet":
        """Keep the person's own, of events they may read now.

        What one person may see is in it, so nobody else is given it: each asks for their own.
        """
        events = apps.get_model("annotations", "LifecycleEvent").objects.visible_to(user)
        own = visible_rows(self, user).filter(created_by=user.pk)
        return own.filter(event__in=events.order_by().values("pk"))

    def of(self, event: "LifecycleEvent", user: "User") -> "BundleQuerySet":
        """Keep the person's own of one event that they may read, the latest first."""
        return self.filter(event=event, created_by=user.pk).order_by("-pk")
