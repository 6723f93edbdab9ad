"""Which events a person may see, with the standing each has now."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from annotations.accounts.roles import Permission
from annotations.lifecycle.choices import LookAgainState
from annotations.projects.marking import claims_read_by
from annotations.projects.visibility import projects_where, visible_rows

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


class EventCaptureQuerySet(models.QuerySet):
    """Captures of events."""

    def visible_to(self, user: "User") -> "EventCaptureQuerySet":
        """Keep those of which the person may see both the event and the capture."""
        seen = apps.get_model("annotations", "Capture").objects.visible_to(user)
        rows = visible_rows(
            self,
            user,
            moderated=("event__moderation__", "event__statement__", "event__article__"),
            confidential=("event__statement__",),
        )
        return rows.filter(capture__in=seen.order_by().values("pk"))


class LookAgainQuerySet(models.QuerySet):
    """Verdicts to be looked at again."""

    def visible_to(self, user: "User") -> "LookAgainQuerySet":
        """Keep those of which the person may read the event, the claim, and that it rests on it: a
        place in a hidden article tells that to moderators only.
        """
        rows = visible_rows(
            self,
            user,
            moderated=("event__moderation__", "event__statement__", "claim__"),
            confidential=("event__statement__",),
        )
        hops = apps.get_model("annotations", "Attribution").objects.visible_to(user)
        told = hops.filter(mention__claim=OuterRef("claim"), statement=OuterRef("event__statement"))
        rests = (
            Q(claim__statement=F("event__statement"))
            | Q(project_id__in=projects_where(user, Permission.SEE_HIDDEN))
            | Exists(told.order_by())
        )
        return rows.filter(claims_read_by(user, "claim__")).filter(rests)

    def in_state(self, state: str) -> "LookAgainQuerySet":
        """Keep those of the state; the same rule as `LookAgain.state`."""
        standing = Q(verdict__state="current")
        wanted = {
            LookAgainState.KEPT: Q(kept_at__isnull=False),
            LookAgainState.CHANGED: Q(kept_at__isnull=True) & ~standing,
            LookAgainState.OPEN: Q(kept_at__isnull=True) & standing,
        }
        return self.filter(wanted[LookAgainState(state)])
