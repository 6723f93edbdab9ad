"""Which claims, mentions and hops a person may see."""

from typing import TYPE_CHECKING

from django.db import models

from annotations.projects.visibility import Sight, visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class ClaimQuerySet(models.QuerySet):
    """Claims."""

    def visible_to(self, user: "User") -> "ClaimQuerySet":
        """Keep what the person may read. Discarded claims stay readable, with a mark."""
        return visible_rows(self, user, moderated=("",))

    def kept(self) -> "ClaimQuerySet":
        """Leave out discarded claims, and those merged into another."""
        return self.filter(discarded_at__isnull=True, merged_into__isnull=True)

    def unmerged(self) -> "ClaimQuerySet":
        """Leave out claims merged into another: lists and counts know that one only."""
        return self.filter(merged_into__isnull=True)


class MentionQuerySet(models.QuerySet):
    """Mentions."""

    def visible_to(self, user: "User") -> "MentionQuerySet":
        """Keep the mentions whose claim and article the person may read."""
        return visible_rows(self, user, moderated=("claim__", "article__"))

    def kept(self) -> "MentionQuerySet":
        """Leave out what was discarded, by itself or with its claim."""
        return self.filter(discarded_at__isnull=True, claim__discarded_at__isnull=True)

    def in_sight(self, sight: Sight) -> "MentionQuerySet":
        """Keep what a viewer sees of articles they may read: `visible_to`, the cheaper half."""
        return self if sight.sees_hidden else self.filter(claim__hidden_at__isnull=True)


class AttributionQuerySet(models.QuerySet):
    """Hops."""

    def crediting_claims(self, user: "User") -> "AttributionQuerySet":
        """Keep the hops of mentions that stand and that the person may read.

        By these a claim counts as its source's, or as resting on a statement.
        """
        of_mentions = self.filter(mention__isnull=False, mention__discarded_at__isnull=True)
        return visible_rows(of_mentions, user, moderated=("mention__claim__", "mention__article__"))

    def visible_to(self, user: "User") -> "AttributionQuerySet":
        """Keep the hops of mentions and events the person may read."""
        return visible_rows(
            self,
            user,
            moderated=(
                "mention__claim__",
                "mention__article__",
                "event__moderation__",
                "event__statement__",
                "event__article__",
            ),
            confidential=("event__statement__",),
        )
