"""What is mine to do in a project, and what of mine needs another look."""

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from annotations.accounts.roles import Permission
from annotations.claims.models import Claim
from annotations.projects.models import Project
from annotations.verification.assignments.models import Assignment, AssignmentState
from annotations.verification.models import Review
from annotations.web.access import SignedInRequest, project_page

# What a person has in hand is a few; more is in the list of assignments.
MOST_SHOWN = 100


@require_safe
@project_page()
def me_page(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show what was sent back to me, what I am at, what waits for me, and my stale judgements."""
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
        "stale": _stale(request, project),
        "may_take": request.access.allows(Permission.REVIEW),
        "today": localdate(),
    }
    return render(request, "me/page.html", context)


def _stale(request: SignedInRequest, project: Project) -> list[Review]:
    """Return my latest judgement of each claim that has changed since, newest first."""
    seen = Claim.objects.visible_to(request.user).kept().filter(project=project)
    rows = Review.objects.kept().filter(reviewer=request.user, claim__in=seen)
    latest = rows.order_by("claim_id", "-claim_revision").distinct("claim_id")
    stale = Review.objects.filter(pk__in=latest.values("pk"))
    stale = stale.exclude(claim_revision=F("claim__content_revision"))
    return list(stale.select_related("claim").order_by("-id")[:MOST_SHOWN])
