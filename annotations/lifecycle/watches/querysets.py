"""Which watches and checks a person may see: those of the articles and statements that they see."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Case, OuterRef, Subquery, Value, When

from annotations.lifecycle.watches.choices import FOR_EYES, CheckOutcome
from annotations.projects.visibility import visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class WatchQuerySet(models.QuerySet):
    """Watches."""

    def visible_to(self, user: "User") -> "WatchQuerySet":
        """Keep the watches of articles and statements the person may read."""
        return visible_rows(
            self, user, moderated=("statement__", "article__"), confidential=("statement__",)
        )

    def with_free_at(self) -> "WatchQuerySet":
        """Annotate `free_at`: when the watched host may be asked next; None for a new host."""
        hosts = apps.get_model("annotations", "HostPace").objects
        of_turn = hosts.filter(host=OuterRef("turn__host"))
        return self.annotate(free_at=Subquery(of_turn.values("free_at")[:1]))

    def eyes_first(self) -> "WatchQuerySet":
        """Order by what somebody has to look at, then by who was checked last."""
        cases = [When(turn__to_look__outcome=one, then=Value(n)) for n, one in enumerate(FOR_EYES)]
        needs = Case(*cases, default=Value(len(cases)), output_field=models.IntegerField())
        last = models.F("turn__checked_at").desc(nulls_last=True)
        return self.annotate(needs=needs).order_by("needs", last, "-id")


class CheckQuerySet(models.QuerySet):
    """Checks."""

    def visible_to(self, user: "User") -> "CheckQuerySet":
        """Keep the checks of watches the person may see."""
        return visible_rows(
            self,
            user,
            moderated=("watch__statement__", "watch__article__"),
            confidential=("watch__statement__",),
        )

    def telling_of_change(self) -> "CheckQuerySet":
        """Keep the checks that found a change which may matter to somebody: Found.is_telling."""
        found = self.filter(outcome__in=(CheckOutcome.CHANGED, CheckOutcome.RETURNED))
        named = models.Q(version__isnull=False) | ~models.Q(changes={})
        cosmetic = models.Q(changes__weighty=0, changes__plain=0, changes__cosmetic__gt=0)
        return found.filter(named).exclude(pk__in=found.filter(cosmetic).values("pk"))
