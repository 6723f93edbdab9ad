"""Which comments a person may see, and which wait for their answer."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from annotations.projects.visibility import visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class CommentQuerySet(models.QuerySet):
    """Comments."""

    def visible_to(self, user: "User") -> "CommentQuerySet":
        """Keep what the person may read: of claims they may read, in threads they may read.

        Confidential ones go to reviewers and up, and to whoever wrote them.
        """
        shown = visible_rows(self, user, moderated=("", "thread__"), confidential=("", "thread__"))
        if not user.is_authenticated:
            return shown
        # The claim's own rule, whatever it comes to be.
        claims = apps.get_model("annotations", "Claim").objects.visible_to(user)
        return shown.filter(claim__in=claims)

    def kept(self) -> "CommentQuerySet":
        """Leave out what was discarded."""
        return self.filter(discarded_at__isnull=True)

    def waiting_for(self, user: "User") -> "CommentQuerySet":
        """Keep the comments that name the person and that they have not answered.

        Answered: they wrote in the thread later, or the thread is resolved.
        """
        thread = Coalesce("thread_id", "id")
        answers = self.model._base_manager.filter(
            thread=OuterRef("begins"), created_by=user, discarded_at__isnull=True
        )
        return (
            self.visible_to(user)
            .kept()
            .filter(named__contains=[user.pk], claim__discarded_at__isnull=True)
            .annotate(begins=thread)
            .filter(Q(thread__isnull=True) | Q(thread__resolved_at__isnull=True))
            .filter(resolved_at__isnull=True)
            .exclude(created_by=user)
            .filter(~Exists(answers.filter(id__gt=OuterRef("pk"))))
        )
