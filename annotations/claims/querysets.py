"""Which claims, mentions and hops a person may see."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from annotations.projects.marking import (
    claims_listed_to,
    claims_read_by,
    marks_nowhere,
    mentions_listed_to,
    mentions_read_by,
    rounds_marked_by,
)
from annotations.projects.visibility import Sight, visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class ClaimQuerySet(models.QuerySet):
    """Claims."""

    def seen_as_now(self, user: "User") -> bool:
        """Say whether what the person sees of the past is what they see now: while they mark a
        text, as a claim may have come to stand in it since.
        """
        return not marks_nowhere(user) and rounds_marked_by(user.pk).exists()

    def visible_to(self, user: "User") -> "ClaimQuerySet":
        """Keep what the person may read. Discarded claims stay readable, with a mark."""
        return visible_rows(self, user, moderated=("",)).filter(claims_read_by(user))

    def listed_to(self, user: "User") -> "ClaimQuerySet":
        """Keep what stands in the person's lists: the shared set, and what they mark in a round.

        Other originals of rounds are read at their own addresses and from the round's page.
        """
        return visible_rows(self, user, moderated=("",)).filter(claims_listed_to(user))

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
        rows = visible_rows(self, user, moderated=("claim__", "article__"))
        return rows.filter(mentions_read_by(user))

    def listed_to(self, user: "User") -> "MentionQuerySet":
        """Keep the mentions that count in the person's lists, see `ClaimQuerySet.listed_to`."""
        rows = visible_rows(self, user, moderated=("claim__", "article__"))
        return rows.filter(mentions_listed_to(user))

    def kept(self) -> "MentionQuerySet":
        """Leave out what was discarded, by itself or with its claim."""
        return self.filter(discarded_at__isnull=True, claim__discarded_at__isnull=True)

    def in_sight(self, sight: Sight) -> "MentionQuerySet":
        """Keep what a viewer lists of articles they may read: `listed_to`, the cheaper half."""
        rows = self if sight.sees_hidden else self.filter(claim__hidden_at__isnull=True)
        if not sight.marking:
            return rows.filter(claim__round__isnull=True)
        own = Q(claim__round__in=[one for _article, one in sight.marking])
        own &= Q(claim__created_by=sight.user_id)
        marked = Q(article__in=[article for article, _one in sight.marking])
        return rows.filter(own | (Q(claim__round__isnull=True) & ~marked))


class AttributionQuerySet(models.QuerySet):
    """Hops."""

    def crediting_claims(self, user: "User") -> "AttributionQuerySet":
        """Keep the hops of mentions that stand and that the person may read.

        By these a claim counts as its source's, or as resting on a statement.
        """
        of_mentions = self.filter(mention__isnull=False, mention__discarded_at__isnull=True)
        rows = visible_rows(of_mentions, user, moderated=("mention__claim__", "mention__article__"))
        return rows.filter(mentions_listed_to(user, "mention__"))

    def listed_to(self, user: "User") -> "AttributionQuerySet":
        """Keep what of that counts in lists, see `ClaimQuerySet.listed_to`."""
        return self.visible_to(user).filter(mentions_listed_to(user, "mention__"))

    def visible_to(self, user: "User") -> "AttributionQuerySet":
        """Keep the hops of mentions and events the person may read."""
        rows = visible_rows(
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
        return rows.filter(mentions_read_by(user, "mention__"))
