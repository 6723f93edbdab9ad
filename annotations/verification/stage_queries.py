"""The stages of many claims, as one viewer sees them: `stages` by SQL."""

from collections.abc import Sequence

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db import connection
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
from annotations.verification.stages import Stage, stage_of_labels, stage_when_decided
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


# By hand: the query builder takes longer to write it than the server to answer it. Few claims have
# a row in either table.
_DECIDED = """
SELECT c.id,
       EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = c.id AND v.state = 'current'
                  AND v.claim_revision = c.content_revision),
       EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = c.id),
       ARRAY(SELECT a.id FROM annotations_adjudication a
              WHERE a.claim_id = c.id AND a.claim_revision = c.content_revision)
  FROM annotations_claim c WHERE c.id = ANY(%s)
"""


def stages_for(claims: Sequence[Claim], viewer: User) -> dict[int, Stage]:
    """Return the stage of each claim by its id, as far as the viewer may know it.

    Two queries, and one more where one of them was adjudicated. Whoever may see no more than their
    own review reads "in review" whatever others have said: the stage tells nothing that its reviews
    do not (see `ReviewQuerySet.visible_to`), nor that others differed and it was adjudicated.
    Verdicts are for everybody.
    """
    ids = [claim.pk for claim in claims]
    rows = _staged(viewer).filter(claim__in=ids)
    judged = {claim_id: Stage(stage) for claim_id, stage in rows.values_list("claim_id", "stage")}
    with connection.cursor() as cursor:
        cursor.execute(_DECIDED, [ids])
        decided = cursor.fetchall()
    found = [one for _pk, _published, _ever, made in decided for one in made]
    seen: set[int] = set()
    if found:
        shown = Adjudication.objects.visible_to(viewer).filter(pk__in=found)
        seen = set(shown.values_list("claim_id", flat=True))
    return {
        pk: stage_when_decided(
            judged.get(pk, Stage.UNREVIEWED),
            is_published=published,
            is_adjudicated=pk in seen,
            was_published=ever,
        )
        for pk, published, ever, _made in decided
    }


def in_stage(
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


def stage_of_new_claim(claim: Claim, *, judged: bool) -> Stage:
    """Return the stage of a claim that has just been made, with its maker's label or without."""
    return stage_of_labels(["its maker's"] if judged else [], claim.project.reviews_needed)


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
