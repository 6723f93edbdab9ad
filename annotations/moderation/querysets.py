"""Which flags a person may see."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q

from annotations.accounts.roles import Permission
from annotations.moderation.choices import FlagState
from annotations.projects.marking import marks_nowhere, originals_beside
from annotations.projects.visibility import projects_where

if TYPE_CHECKING:
    from annotations.accounts.models import User


class FlagQuerySet(models.QuerySet):
    """Flags."""

    def visible_to(self, user: "User") -> "FlagQuerySet":
        """Keep the person's own; moderators see all of their projects, others nobody else's."""
        if not user.is_authenticated:
            return self.none()
        return (
            self.not_beside(user)
            .filter(project_id__in=projects_where(user, Permission.READ))
            .filter(
                Q(created_by=user.pk) | Q(project_id__in=projects_where(user, Permission.MODERATE))
            )
        )

    def not_beside(self, user: "User") -> "FlagQuerySet":
        """Leave out flags on what others mark beside the person: they would tell that it is there.

        That alone is the rule for the moderation desk.
        """
        if marks_nowhere(user):
            return self
        claims = originals_beside(user.pk)
        comments = apps.get_model("annotations", "Comment")._base_manager.filter(claim__in=claims)
        return self.exclude(
            Q(target__in=claims.values("uid")) | Q(target__in=comments.values("uid"))
        )

    def open(self) -> "FlagQuerySet":
        """Leave out what was decided."""
        return self.filter(state=FlagState.OPEN)
