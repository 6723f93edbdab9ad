"""Which sources a person may see."""

from typing import TYPE_CHECKING

from django.db import models

from annotations.lib.names import fold_name
from annotations.projects.marking import sources_named_to
from annotations.projects.visibility import visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class SourceQuerySet(models.QuerySet):
    """Sources."""

    def visible_to(self, user: "User") -> "SourceQuerySet":
        """Keep what the person may read: own projects, not hidden unless they moderate."""
        rows = visible_rows(self, user, moderated=("",))
        return rows.filter(sources_named_to(user))

    def unmerged(self) -> "SourceQuerySet":
        """Leave out sources merged into another: lists and choices know that one only."""
        return self.filter(merged_into__isnull=True)

    def matching(self, words: str) -> "SourceQuerySet":
        """Keep the sources one of whose names contains the words, whatever case and accents."""
        key = fold_name(words)
        if not key:
            return self
        return self.filter(aliases__name_key__contains=key).distinct()
