"""Rounds of independent marking: the project's list, and one round's page."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.claims.rounds import MarkingRound, RoundState
from annotations.claims.rounds_querysets import RoundQuerySet
from annotations.projects.models import Project
from annotations.verification.agreement_words import stated
from annotations.verification.rounds.originals import Originals, originals_of
from annotations.verification.rounds.people import Part, people_of
from annotations.verification.rounds.permissions import check_manage_round, check_merge_round
from annotations.verification.rounds.scores import COUNTED, SpanAgreement, span_agreement_in
from annotations.web.access import SignedInRequest, project_page
from annotations.web.forms.rounds import RoundPersonForm, may_mark
from annotations.web.views.claims_find import may
from annotations.web.views.rounds_groups import (
    KINDS,
    LEFT,
    Refusal,
    is_left,
    view_groups,
    wanted_groups,
)

PAGE_SIZE = 25
GROUPS_SHOWN = 20


@require_safe
@project_page()
def round_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show the project's rounds, the latest first; `?article=` those of one article."""
    rows = _rounds(request.user, project).order_by("-pk")
    article = request.GET.get("article", "")
    if article:
        rows = rows.filter(article__uid=_uid(article))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    rounds = list(page.object_list)
    people = people_of(rounds, request.user, moderates=_sees_all(request))
    lines = [(one, people[one.pk]) for one in rounds]
    context = {"page": page, "lines": lines, "is_narrowed": bool(article)}
    return render(request, "rounds/list.html", context)


@require_safe
@project_page()
def round_detail(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show who marks a text, and what was marked side by side, as far as the person may see it."""
    return draw_round(request, find_round(request.user, project, uid), request.GET)


def draw_round(
    request: SignedInRequest,
    found: MarkingRound,
    asked: Mapping[str, str],
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw a round's page, with what was refused beside the form that was sent."""
    parts = people_of([found], request.user, moderates=_sees_all(request))[found.pk]
    mine = next((one for one in parts if one.is_mine), None)
    there = originals_of(found, request.user)
    kind = asked.get("kind", "")
    wanted = wanted_groups(there, kind)
    page = Paginator(wanted, GROUPS_SHOWN).get_page(asked.get("page"))
    groups = view_groups(found, there, list(page.object_list), request.user, request.access.sight)
    if refused is not None and refused.chosen is not None:
        groups = [
            replace(one, sent=refused.chosen) if refused.where == f"group-{one.number}" else one
            for one in groups
        ]
    context = {
        "round": found,
        "parts": _with_counts(request, found, parts, there),
        "mine": mine,
        "page": page,
        "groups": groups,
        "kind": kind,
        "kinds": [*KINDS.items()],
        "counts": _counts(there),
        "refused": refused,
        "left_count": sum(is_left(there, one) for one in there.groups),
        "group_count": len(there.groups),
        **_scores(request, found),
        **_doings(request, found, parts),
    }
    return render(request, "rounds/detail.html", context, status=status)


def find_round(user: User, project: Project, uid: UUID) -> MarkingRound:
    """Return the round with article and version; 404 unless the person may know of it."""
    found: MarkingRound = get_object_or_404(_rounds(user, project), uid=uid)
    found.project = found.article.project = project
    return found


def _rounds(user: User, project: Project) -> RoundQuerySet:
    rows: RoundQuerySet = MarkingRound.objects.visible_to(user).filter(project=project)
    return rows.select_related("article", "version", "created_by").defer("version__text")


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _sees_all(request: SignedInRequest) -> bool:
    return request.access.allows(Permission.SEE_ALL_REVIEWS)


def _with_counts(
    request: SignedInRequest, found: MarkingRound, parts: list[Part], there: Originals
) -> list[tuple[Part, int | None]]:
    """Return each part with how many claims that person marked; None where others' are not read."""
    takes_part = any(one.is_mine for one in parts)
    if found.state == RoundState.OPEN:
        reads = _sees_all(request) and not takes_part
    elif found.state == RoundState.HANDED_IN:
        reads = _sees_all(request) or takes_part
    else:
        reads = _sees_all(request) or found.state == RoundState.MERGED
    marked = Counter(one.created_by_id for one in there.claims.values())
    return [(one, marked[one.assignee.pk] if reads or one.is_mine else None) for one in parts]


def _counts(there: Originals) -> list[tuple[str, object, int]]:
    """Return each kind with its words and how many groups are of it."""
    groups = there.groups
    return [
        (value, words, sum(one.kind == value for one in groups)) for value, words in KINDS.items()
    ]


def _scores(request: SignedInRequest, found: MarkingRound) -> dict[str, object]:
    """Return how far the people of a complete round agree, for who sees such numbers."""
    if found.state not in COUNTED or not _sees_all(request):
        return {}
    return {"span": span_context(span_agreement_in(found))}


def span_context(found: SpanAgreement) -> dict[str, object]:
    """Return numbers of spans as templates show them."""
    return {
        "rounds": found.rounds,
        "marks": found.marks,
        "alpha": stated(found.alpha),
        "pairs": [(one, stated(one.exact), stated(one.overlap)) for one in found.pairs],
    }


def _doings(request: SignedInRequest, found: MarkingRound, parts: list[Part]) -> dict[str, object]:
    """Return what the person may do with the round as it stands."""
    is_open = found.state == RoundState.OPEN
    manages = may(check_manage_round, request.user, found)
    doings: dict[str, object] = {
        "is_open": is_open,
        "is_handed_in": found.state == RoundState.HANDED_IN,
        "may_call_off": manages and found.state in (RoundState.OPEN, RoundState.HANDED_IN),
        "may_change_people": manages and is_open,
        "may_merge": found.state == RoundState.HANDED_IN
        and may(check_merge_round, request.user, found),
        "left_filter": LEFT,
    }
    if manages and is_open:
        there = {one.assignee.pk for one in parts}
        others = [one for one in may_mark(found.project) if one.pk not in there]
        doings["person_form"] = RoundPersonForm(people=others, initial={"revision": found.revision})
        doings["has_others"] = bool(others)
    return doings
