"""The stages of many claims as they were: worked out from the rows, as what is kept is of now."""

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
    Subquery,
    TextField,
    Value,
    When,
)

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.projects.models import Project
from annotations.verification.models import Review
from annotations.verification.querysets import ReviewQuerySet
from annotations.verification.stages import Stage, stage_when_decided
from annotations.verification.verdicts.models import Adjudication, Verdict


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


def stages_then(claims: Sequence[Claim], viewer: User) -> dict[int, Stage]:
    """Return the same as `stages_for`, from the reviews and decisions that can be read then."""
    judged = _staged(viewer).filter(claim=OuterRef("pk")).values("stage")
    rows = Claim.objects.filter(pk__in=[claim.pk for claim in claims]).annotate(
        judged=Subquery(judged),
        is_published=_published(),
        is_adjudicated=_adjudicated(viewer),
        was_published=_ever_published(),
    )
    names = ("pk", "judged", "is_published", "is_adjudicated", "was_published")
    return {
        pk: stage_when_decided(
            Stage(judged or Stage.UNREVIEWED),
            is_published=published,
            is_adjudicated=adjudicated,
            was_published=ever,
        )
        for pk, judged, published, adjudicated, ever in rows.values_list(*names)
    }


def in_stage_then(
    claims: "QuerySet[Claim]", stage: str, viewer: User, project: Project
) -> "QuerySet[Claim]":
    """Keep the claims of the project that are in this stage as the viewer sees it."""
    if stage == Stage.PUBLISHED:
        return claims.filter(_published())
    claims = claims.filter(~_published())
    if stage == Stage.ADJUDICATED:
        return claims.filter(_adjudicated(viewer))
    claims = claims.filter(~_adjudicated(viewer))
    if stage in (Stage.UNREVIEWED, Stage.REOPENED):
        claims = claims.filter(~Exists(_counted(viewer).filter(claim=OuterRef("pk"))))
        ever = _ever_published()
        return claims.filter(ever if stage == Stage.REOPENED else ~ever)
    # Named, or the stages of all the viewer's projects would be worked out for those of one.
    staged = _staged(viewer).filter(project=project, stage=stage)
    return claims.filter(pk__in=staged.values("claim_id"))


def _published() -> Exists:
    """Ask whether the current verdict is of the claim's present content."""
    return Exists(_of_claim(Verdict.objects.current()).filter(claim_revision=_PRESENT))


def _ever_published() -> Exists:
    return Exists(_of_claim(Verdict.objects.all()))


def _adjudicated(viewer: User) -> Exists:
    """Ask whether the claim's present content was adjudicated, as far as the viewer may know."""
    rows = _of_claim(Adjudication.objects.visible_to(viewer))
    return Exists(rows.filter(claim_revision=_PRESENT))


def _of_claim(rows: QuerySet) -> QuerySet:
    return rows.filter(claim=OuterRef("pk"))


_PRESENT = OuterRef("content_revision")


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
