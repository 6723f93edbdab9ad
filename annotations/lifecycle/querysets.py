"""Which events a person may see, with the standing each has now."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Subquery

from annotations.projects.visibility import visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class EventQuerySet(models.QuerySet):
    """Events."""

    def visible_to(self, user: "User") -> "EventQuerySet":
        """Keep the events not hidden, of statements and articles the person may read."""
        return visible_rows(
            self,
            user,
            moderated=("moderation__", "statement__", "article__"),
            confidential=("statement__",),
        )

    def with_standing(self) -> "EventQuerySet":
        """Annotate `standing`: that of the latest assessment."""
        latest = (
            apps.get_model("annotations", "EventAssessment")
            .objects.filter(event_id=OuterRef("pk"))
            .order_by("-id")
            .values("standing")[:1]
        )
        return self.annotate(standing=Subquery(latest))


class AssessmentQuerySet(models.QuerySet):
    """Assessments."""

    def visible_to(self, user: "User") -> "AssessmentQuerySet":
        """Keep the assessments of events the person may read."""
        return visible_rows(
            self,
            user,
            moderated=("event__moderation__", "event__statement__", "event__article__"),
            confidential=("event__statement__",),
        )
