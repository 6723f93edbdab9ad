"""Which reviews a person may see: blindness is decided here, once."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from annotations.accounts.roles import Permission
from annotations.audit.known_at import is_past
from annotations.projects.marking import claims_read_by
from annotations.projects.visibility import projects_where, visible_rows

if TYPE_CHECKING:
    from annotations.accounts.models import User


class ReviewQuerySet(models.QuerySet):
    """Reviews."""

    # How many others are in decides; so what is revealed is told by the present alone.
    seen_as_now = True

    def kept(self) -> "ReviewQuerySet":
        """Leave out what its reviewer took back."""
        return self.filter(discarded_at__isnull=True)

    def visible_to(self, user: "User") -> "ReviewQuerySet":
        """Keep the person's own, and others' once they are revealed.

        Others' reviews show when the project is not blind, when as many current reviews as the
        project needs are in, or to moderators, who adjudicate. A stale review of a blind project
        stays closed until the claim's current ones are revealed; one taken back is not in.
        """
        if is_past():
            # Of the past, nothing but what is revealed by now is read.
            return self
        rows = visible_rows(self, user, moderated=("claim__",))
        rows = rows.filter(claims_read_by(user, "claim__"))
        return rows.alias(reviews_in=reviews_in(self.model)).filter(
            # The count, which is made for each row, comes last: the first that holds decides.
            Q(reviewer_id=user.pk)
            | Q(project__blind=False)
            | Q(project_id__in=projects_where(user, Permission.SEE_ALL_REVIEWS))
            | Q(reviews_in__gte=F("project__reviews_needed"))
        )


def reviews_in(reviews: type[models.Model]) -> Coalesce:
    """Return how many current reviews are in of the claim that a row is about."""
    counted = (
        reviews._base_manager.filter(
            claim_id=OuterRef("claim_id"),
            claim_revision=OuterRef("claim__content_revision"),
            discarded_at__isnull=True,
        )
        .order_by()
        .values("claim_id")
        .annotate(n=Count("id"))
        .values("n")
    )
    return Coalesce(Subquery(counted), 0)
