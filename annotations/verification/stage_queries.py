"""The stages of many claims, as one viewer sees them, in one statement."""

from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.claims.models import Claim
from annotations.planned import IsOneOf, PlannedValues, Slot
from annotations.projects.models import Project
from annotations.projects.permissions import can
from annotations.projects.visibility import projects_of
from annotations.verification.models import Review
from annotations.verification.stage_rows import ClaimStage
from annotations.verification.stages import Stage, stage_of_labels
from annotations.verification.verdicts.models import Adjudication

# What tells those who have not judged the claim nothing of what others said.
_UNTOLD = (Stage.UNREVIEWED, Stage.REOPENED)
_DECIDED = (Stage.PUBLISHED, Stage.ADJUDICATED)


def stages_for(claims: Sequence[Claim], viewer: User) -> dict[int, Stage]:
    """Return the stage of each claim by its id, as far as the viewer may know it; one query.

    Whoever may see no more than their own review reads "in review" whatever others have said: the
    stage tells nothing that its reviews do not (see `ReviewQuerySet.visible_to`), nor that others
    differed and it was adjudicated. Verdicts are for everybody.
    """
    rows = _stage_rows([claim.pk for claim in claims], viewer.pk)
    return {
        claim_id: Stage(whole) if sees_all else _stage_told(Stage(told), judged, adjudicated)
        for claim_id, whole, told, sees_all, judged, adjudicated in rows
    }


@PlannedValues
def _stage_rows(claim_ids: Slot, viewer_id: Slot) -> QuerySet:
    rows = ClaimStage.objects.filter(IsOneOf("claim", claim_ids)).annotate(
        sees_all=Q(project__in=projects_of(viewer_id, Permission.SEE_ALL_REVIEWS)),
        has_judged=_own_judgement(viewer_id),
        has_adjudicated=_own_adjudication(viewer_id),
    )
    names = ("claim_id", "whole", "open", "sees_all", "has_judged", "has_adjudicated")
    return rows.values_list(*names)


def _stage_told(told: Stage, has_judged: bool, has_adjudicated: bool) -> Stage:
    """Return what a member may know of a stage, from what all may and what is their own."""
    if has_adjudicated and told not in _DECIDED:
        return Stage.ADJUDICATED
    return Stage.IN_REVIEW if has_judged and told in _UNTOLD else told


def in_stage(
    claims: "QuerySet[Claim]", stage: str, viewer: User, project: Project
) -> "QuerySet[Claim]":
    """Keep the claims of the project that are in this stage as the viewer sees it."""
    if can(viewer, project, Permission.SEE_ALL_REVIEWS):
        return claims.filter(stage_row__project=project, stage_row__whole=stage)
    return claims.filter(_told_as(stage, viewer), stage_row__project=project)


def may_be_in_stage(stage: str, viewer: User, project: Project) -> list[QuerySet]:
    """Return rows, each of a `claim`, that leave out no claim which the viewer sees in this stage:
    few of them are found sooner than by looking at every claim.
    """
    staged = ClaimStage.objects.filter(project=project)
    if can(viewer, project, Permission.SEE_ALL_REVIEWS):
        return [staged.filter(whole=stage)]
    rows: list[QuerySet] = [staged.filter(open=stage)]
    if stage == Stage.IN_REVIEW:
        rows.append(Review.objects.filter(project=project, reviewer=viewer))
    if stage == Stage.ADJUDICATED:
        rows.append(Adjudication.objects.filter(project=project, created_by=viewer))
    return rows


def _told_as(stage: str, viewer: User) -> Q:
    """Return the condition of `_stage_told`."""
    told = Q(stage_row__open=stage)
    mine = Q(_own_adjudication(viewer.pk))
    if stage == Stage.PUBLISHED:
        return told
    if stage == Stage.ADJUDICATED:
        return told | (mine & ~Q(stage_row__open__in=_DECIDED))
    if stage in _UNTOLD:
        told &= ~Q(_own_judgement(viewer.pk))
    if stage == Stage.IN_REVIEW:
        told |= Q(_own_judgement(viewer.pk), stage_row__open__in=_UNTOLD)
    return told & ~mine


def stage_of_new_claim(claim: Claim, *, judged: bool) -> Stage:
    """Return the stage of a claim that has just been made, with its maker's label or without."""
    return stage_of_labels(["its maker's"] if judged else [], claim.project.reviews_needed)


def _own_judgement(viewer_id: int | Slot) -> Exists:
    rows = Review.objects.filter(reviewer=viewer_id, claim_revision=F("claim__content_revision"))
    return Exists(rows.kept().filter(claim=OuterRef("pk")))


def _own_adjudication(viewer_id: int | Slot) -> Exists:
    rows = Adjudication.objects.filter(created_by=viewer_id).fresh()
    return Exists(rows.filter(claim=OuterRef("pk")))
