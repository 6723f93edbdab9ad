"""Which judgements that count were made by an earlier version of what the project judges by."""

from django.db.models import F, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.projects.models import Project
from annotations.projects.permissions import can
from annotations.verification.models import Review


class Under(TextChoices):
    """What of it was another then."""

    GUIDELINE = "guideline", _("Guidelines")
    SCALE = "scale", _("Rating scale")


def made_under_older(
    rows: "QuerySet[Review]", project: Project, under: str = ""
) -> "QuerySet[Review]":
    """Keep the reviews of the project that were made under other guidelines or another scale than
    hold now; `under` narrows to one of the two.

    Where no guidelines or no scale hold, nothing has to be judged anew for want of them; a rating
    on a scale that does not hold any more is an older one all the same.
    """
    guideline = ~Q(guideline=project.guideline_id) | Q(guideline__isnull=True)
    if project.guideline_id is None:
        guideline = Q(pk__in=())
    scale = ~Q(rating__scale=project.rating_scale_id) | Q(rating__isnull=True)
    if project.rating_scale_id is None:
        scale = Q(rating__isnull=False)
    chosen = {Under.GUIDELINE.value: guideline, Under.SCALE.value: scale}
    return rows.filter(project=project).filter(chosen.get(under, guideline | scale))


def counting_under_older(
    rows: "QuerySet[Review]", project: Project, under: str = ""
) -> "QuerySet[Review]":
    """Keep those that count and whose claims stand; see `made_under_older`."""
    return made_under_older(rows, project, under).filter(
        claim_revision=F("claim__content_revision"), claim__discarded_at__isnull=True
    )


def older_reviews(project: Project, viewer: User, *, under: str = "") -> "QuerySet[Review]":
    """Return those that count and whose claims stand, latest first: everybody's for who sees all of
    them, one's own for everybody else, revealed or not.
    """
    seen = Review.objects.visible_to(viewer).kept()
    if not can(viewer, project, Permission.SEE_ALL_REVIEWS):
        seen = seen.filter(reviewer=viewer)
    rows = counting_under_older(seen, project, under)
    return rows.select_related("claim", "reviewer", "rating__scale", "guideline").order_by("-pk")
