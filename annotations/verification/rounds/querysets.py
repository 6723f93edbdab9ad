"""Which decisions about originals a person may see."""

from typing import TYPE_CHECKING

from django.db import models

from annotations.projects.marking import claims_read_by
from annotations.projects.visibility import visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class OriginalDecisionQuerySet(models.QuerySet):
    """Decisions about originals."""

    def visible_to(self, user: "User") -> "OriginalDecisionQuerySet":
        """Keep the decisions whose original, and the claim it went into, the person may read."""
        rows = visible_rows(self, user, moderated=("original__", "claim__"))
        return rows.filter(claims_read_by(user, "original__"), claims_read_by(user, "claim__"))
