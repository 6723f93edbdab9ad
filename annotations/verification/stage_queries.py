"""The stages of many claims, as one viewer sees them, in one statement: `stages` by SQL."""

from collections.abc import Sequence

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.projects.models import Project
from annotations.verification.models import Review
from annotations.verification.querysets import ReviewQuerySet
from annotations.verification.stages import Stage, stage_of_labels


class _FirstOf(Func):
    """The first so many of an array; `array_agg(...)[1:n]` needs the brackets around."""

    template = "(%(expressions)s]"
    arg_joiner = ")[1:"
    output_field = ArrayField(TextField())


class _AllAlike(Func):
    """Whether all of an array are as its first; the array is to be given twice."""

    template = "((%(expressions)s))"
    arg_joiner = ")[1] = ALL ("
    output_field = BooleanField()


def stages_for(claims: Sequence[Claim], viewer: User) -> dict[int, Stage]:
    """Return the stage of each claim by its id, from the reviews the viewer may see; one query.

    Whoever may see no more than their own review reads "in review" whatever others have said: the
    stage tells nothing that its reviews do not (see `ReviewQuerySet.visible_to`).
    """
    rows = _staged(viewer).filter(claim__in=[claim.pk for claim in claims])
    found = {claim_id: Stage(stage) for claim_id, stage in rows.values_list("claim_id", "stage")}
    return {claim.pk: found.get(claim.pk, Stage.UNREVIEWED) for claim in claims}


def in_stage(
    claims: "QuerySet[Claim]", stage: str, viewer: User, project: Project
) -> "QuerySet[Claim]":
    """Keep the claims of the project that are in this stage as the viewer sees it."""
    if stage == Stage.UNREVIEWED:
        return claims.filter(~Exists(_counted(viewer).filter(claim=OuterRef("pk"))))
    # Named, or the stages of all the viewer's projects would be worked out for those of one.
    staged = _staged(viewer).filter(project=project, stage=stage)
    return claims.filter(pk__in=staged.values("claim_id"))


def stage_of_new_claim(claim: Claim, *, judged: bool) -> Stage:
    """Return the stage of a claim that has just been made, with its maker's label or without."""
    return stage_of_labels(["its maker's"] if judged else [], claim.project.reviews_needed)


def _counted(viewer: User) -> ReviewQuerySet:
    """Return the reviews that count and that the viewer may see."""
    rows = Review.objects.visible_to(viewer).kept()
    return rows.filter(claim_revision=F("claim__content_revision"))


def _staged(viewer: User) -> QuerySet:
    """Return a row for each claim with such a review: its id and its stage."""
    needed = Max("project__reviews_needed", output_field=IntegerField())
    labels = ArrayAgg("label", order_by=["-updated_at", "-pk"])
    stage = Case(
        When(~Q(_AllAlike(F("latest"), F("latest"))), then=Value(Stage.DISPUTED.value)),
        When(latest__len__gte=needed, then=Value(Stage.AGREED.value)),
        default=Value(Stage.IN_REVIEW.value),
        output_field=CharField(),
    )
    rows = _counted(viewer).order_by().values("claim_id")
    return rows.annotate(latest=_FirstOf(labels, needed)).annotate(stage=stage)
