"""Claims: the project's list, and one claim's page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.accounts.models import User
from annotations.claims.choices import ClaimType
from annotations.claims.models import Claim, Mention
from annotations.claims.summaries import ChainSummary, chain_summaries
from annotations.lifecycle.marks import marks_for
from annotations.lifecycle.timelines import EventLine, events_of
from annotations.projects.models import Project
from annotations.projects.visibility import Sight
from annotations.statements.models import Statement
from annotations.verification.evidence.reading import with_what_they_rest_on
from annotations.verification.labels import ShownLabel, labels_for
from annotations.verification.models import Review
from annotations.verification.stage_queries import stages_for
from annotations.verification.stages import Stage
from annotations.web.access import SignedInRequest, project_page
from annotations.web.forms.claims_filter import ClaimFilterForm
from annotations.web.views.claims_find import find_claim, hidden_or_404
from annotations.web.views.claims_history import claim_history
from annotations.web.views.evidence_find import show_evidence
from annotations.web.views.workbench_card import ClaimView, review_form, view_claim
from annotations.web.views.workbench_rows import marks_in_words

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim in the list."""

    claim: Claim
    who: str
    label: ShownLabel | None
    stage: Stage
    marks: Sequence[tuple[str, str]]
    places: int

    @property
    def types(self) -> str:
        """Return what sort of thing is claimed."""
        return ", ".join(str(ClaimType(one).label) for one in self.claim.types)


@require_safe
@project_page()
def claim_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show the project's claims, narrowed by the filters in the address."""
    form = ClaimFilterForm(request.GET)
    claims = Claim.objects.visible_to(request.user).filter(project=project)
    narrowed = form.narrow(claims, request.user, project).order_by("-number")
    page = Paginator(narrowed, PAGE_SIZE).get_page(request.GET.get("page"))
    sight = request.access.sight
    context = {
        "form": form,
        "page": page,
        "lines": _lines(list(page.object_list), request.user, sight),
        "is_narrowed": form.is_narrowed,
    }
    return render(request, "claims/list.html", context)


@require_safe
@project_page()
def claim_detail(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Show one claim whole: places, chains, statements, judgements, history."""
    rows = Claim.objects.filter(project=project, number=number)
    if not rows.visible_to(request.user).exists():
        return hidden_or_404(request, rows, _("claim"))
    claim = find_claim(request.user, project, number)
    sight = request.access.sight
    view = view_claim(claim, request.user, sight)
    others = Review.objects.visible_to(request.user).kept().filter(claim=claim)
    context = {
        "view": view,
        "claim": claim,
        "stage": stages_for([claim], request.user)[claim.pk],
        "review_form": review_form(view),
        "others": with_what_they_rest_on(others.exclude(reviewer=request.user), request.user),
        "statements": _statements(view, request.user, sight),
        "evidence": show_evidence(claim, request.user, sight),
        "history": claim_history(view, request.user, sight),
    }
    return render(request, "claims/detail.html", context)


def _lines(claims: Sequence[Claim], viewer: User, sight: Sight) -> list[ClaimLine]:
    """Read what the lines of one page show; as many queries for one claim as for all."""
    mentions = (
        Mention.objects.visible_to(viewer)
        .kept()
        .filter(claim__in=[claim.pk for claim in claims])
        .order_by("claim_id", "id")
    )
    first = dict(mentions.distinct("claim_id").values_list("claim_id", "id"))
    places = dict(mentions.order_by("claim_id").values_list("claim_id").annotate(n=Count("id")))
    chains = chain_summaries(first.values(), sight)
    labels = labels_for(claims, viewer)
    stages = stages_for(claims, viewer)
    marks = marks_for(claims, sight)
    return [
        ClaimLine(
            claim=claim,
            who=chains.get(first.get(claim.pk, 0), ChainSummary()).words,
            label=labels.get(claim.pk),
            stage=stages[claim.pk],
            marks=marks_in_words(marks.get(claim.pk, [])),
            places=places.get(claim.pk, 0),
        )
        for claim in claims
    ]


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
