"""How far the reviewers of a project agree."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from annotations.projects.models import Project
from annotations.verification.agreement_words import Stated, stated
from annotations.verification.models import Label
from annotations.verification.permissions import check_see_agreement
from annotations.verification.project_agreement import (
    Asked,
    PairAgreement,
    ProjectAgreement,
    agreement_of,
    reviewers_of,
    scales_rated_on,
)
from annotations.verification.rounds.scores import span_agreement_of
from annotations.web.access import SignedInRequest, project_page
from annotations.web.forms.agreement import AgreementForm
from annotations.web.matrix_picture import matrix_picture
from annotations.web.views.rounds import span_context

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class PairLine:
    """One pair in the table."""

    pair: PairAgreement
    percentage: Stated
    kappa: Stated


@require_safe
@project_page()
def agreement_page(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show the numbers of everybody or of a pair, the labels they gave, and every pair."""
    check_see_agreement(request.user, project)
    people = reviewers_of(project, request.user)
    scales = scales_rated_on(project)
    form = AgreementForm(request.GET, people=people, scales=scales)
    asked = form.wanted()
    found = agreement_of(project, request.user, people, asked)
    page = Paginator(found.pairs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "asked": asked,
        "found": found,
        **_numbers(found, asked),
        "page": page,
        "lines": [_line(pair, asked) for pair in page.object_list],
        "span": _spans(request, project),
        **_matrix(found, asked),
    }
    return render(request, "agreement/page.html", context)


def _spans(request: SignedInRequest, project: Project) -> dict[str, object] | None:
    """Return the numbers of texts marked independently, where there are any."""
    found = span_agreement_of(project, request.user)
    return span_context(found) if found.rounds else None


def _numbers(found: ProjectAgreement, asked: Asked) -> dict[str, Stated | None]:
    """Return the numbers, or why there are none, in words about labels or about ratings."""
    rated = asked.scale is not None
    return {
        "alpha": stated(found.alpha, of_ratings=rated),
        "percentage": _in_hundred(stated(found.percentage, of_ratings=rated)),
        "kappa": None if found.kappa is None else stated(found.kappa, of_ratings=rated),
    }


def _line(pair: PairAgreement, asked: Asked) -> PairLine:
    kappa = stated(pair.kappa, of_ratings=asked.scale is not None)
    return PairLine(pair, _in_hundred(stated(pair.percentage)), kappa)


def _in_hundred(share: Stated) -> Stated:
    return share if share.value is None else Stated(share.value * 100)


def _matrix(found: ProjectAgreement, asked: Asked) -> dict[str, Any]:
    """Return what was given, as a picture and as the table behind it."""
    names = found.values if asked.scale else [str(label) for label in Label.labels]
    return {
        "picture": matrix_picture(found.matrix, names, from_right=get_language_bidi()),
        "names": names,
        "matrix": list(zip(names, found.matrix, strict=True)),
    }
