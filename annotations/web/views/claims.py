"""Claims: the project's list, and one claim's page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.claims.models import Claim
from annotations.lifecycle.looks_again import looks_again_by_claim
from annotations.lifecycle.timelines import EventLine, events_of
from annotations.notifications.kinds import TargetKind
from annotations.notifications.services import is_following
from annotations.projects.models import Project
from annotations.projects.places import Place
from annotations.projects.visibility import Sight
from annotations.search.claims import claim_page
from annotations.search.limits import SearchTooLong
from annotations.statements.models import Statement
from annotations.verification.assignments.reading import work_on
from annotations.verification.evidence.reading import with_what_they_rest_on
from annotations.verification.models import Review
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.claims_filter import ClaimFilterForm
from annotations.web.known_at import ShownPast, as_known, asked_past
from annotations.web.views.claims_find import find_claim, hidden_or_404
from annotations.web.views.claims_history import Step, claim_history, parted
from annotations.web.views.claims_lines import claim_lines, draw_lines, stage_badge
from annotations.web.views.claims_origins import origins_of
from annotations.web.views.comments_show import show_comments
from annotations.web.views.evidence_find import show_evidence
from annotations.web.views.verdicts_find import decisions_of
from annotations.web.views.workbench_card import ClaimView, review_form, view_claim


@require_safe
@project_page()
def claim_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show the claims as they are or were known, narrowed by the filters in the address."""
    form = ClaimFilterForm(request.GET)
    past = asked_past(request, project)
    with as_known(request, past):
        return render(request, "claims/list.html", _listed(request, project, form, past))


def _listed(
    request: SignedInRequest, project: Project, form: ClaimFilterForm, past: ShownPast | None
) -> dict[str, Any]:
    """Read what the list shows."""
    wanted = form.wanted()
    places = ("known_at", "page", "before", "after", "last")
    context = {
        "form": form,
        "is_narrowed": wanted.is_narrowed,
        "past": past,
        "kept": [one for one in request.GET.items() if one[0] not in places],
        "all_url": _all_url(project, past),
    }
    try:
        page = claim_page(project, request.user, wanted, _place(request))
    except SearchTooLong as error:
        add_error(form, error)
        return context
    may_choose = past is None and request.access.allows(Permission.MODERATE)
    lines = claim_lines(page.rows, request.user, request.access.sight)
    query = past.query if past else None
    drawn = draw_lines(lines, project, past_query=query, may_choose=may_choose)
    return context | {"page": page, "lines": drawn, "may_choose": may_choose}


def _place(request: SignedInRequest) -> Place[int]:
    """Read from the address where the page begins; nonsense is the latest."""
    asked = {name: request.GET.get(name, "") for name in ("before", "after")}
    numbers = {name: int(one) for name, one in asked.items() if one.isdecimal()}
    if len(numbers) != 1:
        return Place(is_last="last" in request.GET)
    return Place(before=numbers.get("before"), after=numbers.get("after"))


@require_safe
@project_page()
def claim_detail(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Show one claim whole, as it is or was known: places, chains, statements, judgements,
    history.
    """
    rows = Claim.objects.filter(project=project, number=number)
    if not rows.visible_to(request.user).exists():
        return hidden_or_404(request, rows, _("claim"))
    past = asked_past(request, project)
    if past is None:
        return render(request, "claims/detail.html", _shown(request, project, number))
    now = view_claim(find_claim(request.user, project, number), request.user, request.access.sight)
    history = claim_history(now, request.user, request.access.sight)
    before, since = parted(history, past.moment)
    with as_known(request, past, rows):
        context = _shown(request, project, number, before)
        return render(request, "claims/detail.html", context | {"past": past, "since": since})


def _shown(
    request: SignedInRequest, project: Project, number: int, history: list[Step] | None = None
) -> dict[str, Any]:
    """Read what the page of one claim shows; its history too, unless it is given."""
    claim = find_claim(request.user, project, number)
    sight = request.access.sight
    view = view_claim(claim, request.user, sight)
    decisions = decisions_of(claim, request.user, request.access.role)
    others = Review.objects.visible_to(request.user).kept().filter(claim=claim)
    return {
        "view": view,
        "claim": claim,
        "stage": stage_badge(decisions.judging.stage),
        "decisions": decisions,
        "looks_again": looks_again_by_claim([claim.pk], request.user).get(claim.pk, []),
        "review_form": review_form(view),
        "others": with_what_they_rest_on(others.exclude(reviewer=request.user), request.user),
        "statements": _statements(view, request.user, sight),
        "evidence": show_evidence(claim, request.user, sight),
        "comments": show_comments(claim, request.user, sight),
        "is_followed": is_following(request.user, TargetKind.CLAIM, claim.uid),
        "history": claim_history(view, request.user, sight) if history is None else history,
        "work": work_on(claim, request.user),
        "may_assign": request.access.allows(Permission.MODERATE) and not claim.round_id,
        "today": localdate(),
        **origins_of(claim, request.user),
    }


def _all_url(project: Project, past: ShownPast | None) -> str:
    """Return the address of the whole list, of the same moment."""
    url = reverse("claim-list", kwargs={"slug": project.slug})
    return url if past is None else f"{url}?{past.query}"


def _statements(
    view: ClaimView, viewer: User, sight: Sight
) -> list[tuple[Statement, list[EventLine]]]:
    """Return the statements the claim rests on, with what became of each."""
    found: dict[int, Statement] = {}
    direct = view.claim.statement
    if direct is not None and sight.shows(direct):
        found[direct.pk] = direct
    for one in view.kept_mentions:
        found |= {hop.statement.pk: hop.statement for hop in one.chain if hop.statement}
    lines: dict[int, list[EventLine]] = {pk: [] for pk in found}
    for line in events_of(viewer, sight, statement__in=list(found)):
        lines[line.event.statement_id or 0].append(line)
    return [(statement, lines[pk]) for pk, statement in found.items()]
