"""Which placements a person may see: those of the mentions that they see."""

from typing import TYPE_CHECKING

from django.db import models

from annotations.projects.marking import (
    marks_nowhere,
    mentions_listed_to,
    mentions_read_by,
    rounds_marked_by,
)
from annotations.projects.visibility import visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User
    from annotations.articles.models import ArticleVersion

_MODERATED = ("mention__claim__", "mention__article__")


class PlacementQuerySet(models.QuerySet):
    """Placements."""

    def seen_as_now(self, user: "User") -> bool:
        """Say whether what the person sees of the past is what they see now, as of claims."""
        return not marks_nowhere(user) and rounds_marked_by(user.pk).exists()

    def visible_to(self, user: "User") -> "PlacementQuerySet":
        """Keep the placements of mentions that the person may read."""
        rows = visible_rows(self, user, moderated=_MODERATED)
        return rows.filter(mentions_read_by(user, "mention__"))

    def listed_to(self, user: "User") -> "PlacementQuerySet":
        """Keep those of mentions that count in the person's lists."""
        rows = visible_rows(self, user, moderated=_MODERATED)
        return rows.filter(mentions_listed_to(user, "mention__"))

    def kept(self) -> "PlacementQuerySet":
        """Leave out those of mentions that were discarded, by themselves or with their claim."""
        return self.filter(
            mention__discarded_at__isnull=True, mention__claim__discarded_at__isnull=True
        )

    def in_version(self, version: "ArticleVersion") -> "PlacementQuerySet":
        """Keep those in one version, by which the workbench and the review page ask."""
        return self.filter(version=version.pk)
