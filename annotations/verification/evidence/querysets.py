"""Which evidence, and which of its links, a person may see."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from annotations.projects.marking import claims_read_by
from annotations.projects.visibility import visible_rows
from annotations.verification.models import Review

if TYPE_CHECKING:
    from annotations.accounts.models import User

# More words than anyone types; keeps a hostile query small.
MAX_WORDS = 12
_SEARCHED = ("question", "answer", "quote", "url", "file_name")


class EvidenceQuerySet(models.QuerySet):
    """Pieces of evidence."""

    def visible_to(self, user: "User") -> "EvidenceQuerySet":
        """Keep what the person may read; confidential ones from reviewers up, and their own."""
        return visible_rows(self, user, moderated=("",), confidential=("",))

    def kept(self) -> "EvidenceQuerySet":
        """Leave out what was discarded."""
        return self.filter(discarded_at__isnull=True)

    def matching(self, words: str) -> "EvidenceQuerySet":
        """Keep the evidence in whose own texts every word stands."""
        rows = self
        for word in words.replace("\0", " ").split()[:MAX_WORDS]:
            found = Q()
            for name in _SEARCHED:
                found |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(found)
        return rows


class ClaimEvidenceQuerySet(models.QuerySet):
    """Links between claims and evidence."""

    def visible_to(self, user: "User") -> "ClaimEvidenceQuerySet":
        """Keep the links both ends of which the person may read."""
        rows = visible_rows(
            self, user, moderated=("claim__", "evidence__"), confidential=("evidence__",)
        )
        return rows.filter(claims_read_by(user, "claim__"))

    def kept(self) -> "ClaimEvidenceQuerySet":
        """Leave out what was discarded, by itself or with the evidence, or left by a merge."""
        return self.filter(
            discarded_at__isnull=True,
            evidence__discarded_at__isnull=True,
            claim__merged_into__isnull=True,
        )


class IndependenceQuerySet(models.QuerySet):
    """What is said of two pieces of evidence."""

    def visible_to(self, user: "User") -> "IndependenceQuerySet":
        """Keep what is said of two pieces that the person may read."""
        return visible_rows(
            self, user, moderated=("first__", "second__"), confidential=("first__", "second__")
        )


class ReviewEvidenceQuerySet(models.QuerySet):
    """What judgements rest on."""

    def visible_to(self, user: "User") -> "ReviewEvidenceQuerySet":
        """Keep what the person may see both ends of: a review is closed with all its parts."""
        rows = visible_rows(
            self,
            user,
            moderated=("claim__", "link__evidence__"),
            confidential=("link__evidence__",),
        )
        return rows.filter(review__in=Review.objects.visible_to(user).order_by().values("pk"))

    def kept(self) -> "ReviewEvidenceQuerySet":
        """Leave out what the reviewer no longer rests on."""
        return self.filter(discarded_at__isnull=True)
