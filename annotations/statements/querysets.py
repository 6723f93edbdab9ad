"""Which statements a person may see."""

from typing import TYPE_CHECKING

from django.db import models

from annotations.lib.names import fold_name
from annotations.projects.visibility import visible_rows
from annotations.sources.models import Source, SourceAlias

if TYPE_CHECKING:
    from annotations.accounts.models import User

# More words than anyone types; keeps a hostile query small.
MAX_WORDS = 12


class StatementQuerySet(models.QuerySet):
    """Statements."""

    def visible_to(self, user: "User") -> "StatementQuerySet":
        """Keep what the person may read; confidential ones from reviewers up, and their own."""
        return visible_rows(self, user, moderated=("",), confidential=("",))

    def matching(self, words: str, user: "User") -> "StatementQuerySet":
        """Keep the statements in whose text, channel, URL or speaker every word stands.

        A speaker the person may not see is not found by name.
        """
        rows = self
        speakers = Source.objects.visible_to(user)
        for word in words.replace("\0", " ").split()[:MAX_WORDS]:
            named = SourceAlias.objects.filter(
                name_key__contains=fold_name(word), source__in=speakers
            )
            rows = rows.filter(
                models.Q(text__icontains=word)
                | models.Q(channel__icontains=word)
                | models.Q(url__icontains=word)
                | models.Q(source_id__in=named.values("source_id"))
            )
        return rows
