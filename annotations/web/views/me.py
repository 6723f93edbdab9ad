"""What is mine to do in a project, and what of mine needs another look."""

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from annotations.accounts.roles import Permission
from annotations.claims.models import Claim
from annotations.claims.rounds import MarkingRound, RoundState
from annotations.comments.services import comments_waiting_for
from annotations.lifecycle.choices import LookAgainState
from annotations.lifecycle.models import LookAgain
from annotations.moderation.models import Flag
from annotations.projects.models import Project
from annotations.verification.assignments.models import Assignment, AssignmentState
from annotations.verification.models import Review
from annotations.verification.stage_queries import in_stage
from annotations.verification.stages import Stage
from annotations.web.access import SignedInRequest, project_page

# What a person has in hand is a few; more is in the lists of assignments and of claims.
MOST_SHOWN = 100


@dataclass(slots=True)
class Elsewhere:
    """How much of mine there is in another project: unfinished, overdue, comments that name me."""

    slug: str
    name: str
    unfinished: int = 0
    overdue: int = 0
    named: int = 0


@require_safe
@project_page()
def me_page(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show what was sent back to me, what I am at, what waits for me, where I am named, and my
    stale judgements; and how much of it there is elsewhere.
    """
    mine = Assignment.objects.visible_to(request.user).unfinished()
    mine = mine.filter(project=project, assignee=request.user)
    rows = list(
        mine.select_related("claim", "article", "created_by").order_by(
            F("due").asc(nulls_last=True), "id"
        )[:MOST_SHOWN]
    )
    context = {
        "sent_back": [one for one in rows if one.state == AssignmentState.SENT_BACK],
        "at_work": [one for one in rows if one.state == AssignmentState.IN_PROGRESS],
        "waiting": [one for one in rows if one.state == AssignmentState.WAITING],
        "named": list(comments_waiting_for(request.user, project)[:MOST_SHOWN]),
        "stale": _stale(request, project),
        "elsewhere": _elsewhere(request, project),
        "moderated": _moderated(request, project),
        "may_take": request.access.allows(Permission.REVIEW),
        "today": localdate(),
    }
    return render(request, "me/page.html", context)


def _moderated(request: SignedInRequest, project: Project) -> dict[str, int] | None:
    """Return how much waits for any moderator to decide; None for whoever is none,
    and where nothing does.
    """
    if not request.access.allows(Permission.MODERATE):
        return None
    claims = Claim.objects.listed_to(request.user).kept().filter(project=project)
    counts = {
        stage.value: in_stage(claims, stage, request.user, project)[: MOST_SHOWN + 1].count()
        for stage in (Stage.DISPUTED, Stage.AGREED, Stage.ADJUDICATED)
    }
    rounds = MarkingRound.objects.filter(project=project, state=RoundState.HANDED_IN)
    flags = Flag.objects.filter(project=project).open().not_beside(request.user)
    again = LookAgain.objects.visible_to(request.user).in_state(LookAgainState.OPEN)
    again = again.filter(project=project)
    counts |= {"rounds": rounds.count(), "flags": flags.count(), "looks_again": again.count()}
    return counts if any(counts.values()) else None


def _stale(request: SignedInRequest, project: Project) -> list[Review]:
    """Return my latest judgement of each claim that has changed since, newest first."""
    seen = Claim.objects.visible_to(request.user).kept().filter(project=project)
    rows = Review.objects.kept().filter(reviewer=request.user, claim__in=seen)
    latest = rows.order_by("claim_id", "-claim_revision").distinct("claim_id")
    stale = Review.objects.filter(pk__in=latest.values("pk"))
    stale = stale.exclude(claim_revision=F("claim__content_revision"))
    return list(stale.select_related("claim").order_by("-id")[:MOST_SHOWN])


def _elsewhere(request: SignedInRequest, project: Project) -> list[Elsewhere]:
    """Count what is mine in my other projects, archived ones left out; two queries."""
    mine = Assignment.objects.visible_to(request.user).unfinished().filter(assignee=request.user)
    named = comments_waiting_for(request.user)
    names = ("project__slug", "project__name")
    counts = {
        "unfinished": Count("pk"),
        "overdue": Count("pk", filter=Q(due__lt=localdate())),
    }
    found: dict[str, Elsewhere] = {}
    for rows, counted in ((mine, counts), (named, {"named": Count("pk")})):
        others = rows.exclude(project=project).filter(project__archived_at__isnull=True)
        for row in others.order_by().values(*names).annotate(**counted):
            slug, name = (row.pop(one) for one in names)
            one = found.setdefault(slug, Elsewhere(slug, name))
            for key, count in row.items():
                setattr(one, key, count)
    return sorted(found.values(), key=lambda one: one.name.casefold())
