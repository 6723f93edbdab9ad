"""Which statements a person may see."""

from typing import TYPE_CHECKING

from django.db import models

from annotations.projects.visibility import visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class StatementQuerySet(models.QuerySet):
    """Statements."""

    def visible_to(self, user: "User") -> "StatementQuerySet":
        """Keep what the person may read; confidential ones from reviewers up, and their own."""
        return visible_rows(self, user, moderated=("",), confidential=("",))
