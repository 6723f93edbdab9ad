"""Which adjudications and verdicts a person may see."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from annotations.accounts.roles import Permission
from annotations.audit.known_at import is_past
from annotations.projects.marking import claims_read_by
from annotations.projects.visibility import projects_where, visible_rows
from annotations.verification.querysets import reviews_in

if TYPE_CHECKING:
    from annotations.accounts.models import User


class AdjudicationQuerySet(models.QuerySet):
    """Adjudications."""

    # As with reviews: what is revealed is told by the present alone.
    seen_as_now = True

    def visible_to(self, user: "User") -> "AdjudicationQuerySet":
        """Keep what the person may read: as the reviews that it weighed, or once published.

        That there is one says that others differ, so in a blind project it shows to moderators,
        and to everybody when enough reviews are in or a verdict was published from it.
        """
        if is_past():
            return self
        rows = visible_rows(self, user, moderated=("claim__",))
        rows = rows.filter(claims_read_by(user, "claim__"))
        verdicts = apps.get_model("annotations", "Verdict")._base_manager
        reviews = apps.get_model("annotations", "Review")
        return rows.alias(reviews_in=reviews_in(reviews)).filter(
            Q(created_by=user.pk)
            | Q(project__blind=False)
            | Q(project_id__in=projects_where(user, Permission.SEE_ALL_REVIEWS))
            | Exists(verdicts.filter(adjudication=OuterRef("pk")))
            | Q(reviews_in__gte=F("project__reviews_needed"))
        )

    def fresh(self) -> "AdjudicationQuerySet":
        """Keep those of their claim's present content."""
        return self.filter(claim_revision=F("claim__content_revision"))


class WeighedQuerySet(models.QuerySet):
    """Reviews that adjudications weighed."""

    def visible_to(self, user: "User") -> "WeighedQuerySet":
        """Keep the rows both ends of which the person may read."""
        return self.filter(
            adjudication__in=_seen("Adjudication", user), review__in=_seen("Review", user)
        )


class VerdictQuerySet(models.QuerySet):
    """Verdicts."""

    def visible_to(self, user: "User") -> "VerdictQuerySet":
        """Keep what the person may read: every member reads verdicts of claims they may read."""
        rows = visible_rows(self, user, moderated=("claim__",))
        return rows.filter(claims_read_by(user, "claim__"))

    def current(self) -> "VerdictQuerySet":
        """Keep what the project stands behind."""
        return self.filter(state="current")

    def fresh(self) -> "VerdictQuerySet":
        """Keep those of their claim's present content."""
        return self.filter(claim_revision=F("claim__content_revision"))


class VerdictEvidenceQuerySet(models.QuerySet):
    """What verdicts rest on."""

    def visible_to(self, user: "User") -> "VerdictEvidenceQuerySet":
        """Keep the rows both ends of which the person may read."""
        rows = visible_rows(
            self,
            user,
            moderated=("verdict__claim__", "evidence__"),
            confidential=("evidence__",),
        )
        return rows.filter(claims_read_by(user, "verdict__claim__"))


def _seen(name: str, user: "User") -> models.QuerySet:
    manager = apps.get_model("annotations", name)._default_manager
    rows: models.QuerySet = manager.visible_to(user)
    return rows.values("pk")
