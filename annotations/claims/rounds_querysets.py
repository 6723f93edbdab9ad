"""Which rounds of independent marking a person may know of."""

from typing import TYPE_CHECKING

from django.db import models

from annotations.projects.visibility import visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class RoundQuerySet(models.QuerySet):
    """Rounds."""

    def visible_to(self, user: "User") -> "RoundQuerySet":
        """Keep the rounds of articles that the person may read; what is marked is another rule."""
        return visible_rows(self, user, moderated=("article__",))

    def under_way(self) -> "RoundQuerySet":
        """Keep the rounds that are marked or brought together now: one of an article at most."""
        return self.filter(state__in=("open", "handed_in"))
