"""My judgement of a claim."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from annotations.claims.models import Claim
from annotations.lib.errors import DomainError, StaleVersion
from annotations.projects.models import Project
from annotations.verification.permissions import check_review_claim
from annotations.verification.services import review_save as save
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.claims import ReviewForm
from annotations.web.views.claims_find import find_claim, version_of_address
from annotations.web.views.claims_saved import after_change
from annotations.web.views.workbench_card import drafts_on, view_claim


@require_POST
@project_page()
def review_save(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Store my label, confidence and reasons for the claim as I read it."""
    claim = find_claim(request.user, project, number)
    check_review_claim(request.user, claim)
    form = ReviewForm(request.POST, auto_id="review_%s")
    status = 400
    if form.is_valid():
        try:
            save(actor=request.user, claim=claim, **form.cleaned_data)
        except StaleVersion as error:
            form = _of_present_words(request, claim)
            add_error(form, error)
            status = error.status
        except DomainError as error:
            add_error(form, error)
            status = error.status
        else:
            return after_change(request, project, number)
    view = view_claim(claim, request.user, request.access.sight)
    context = {
        "view": view,
        "claim": claim,
        "review_form": form,
        "drafts": drafts_on(view, request.user),
        "version": version_of_address(request, project),
    }
    template = "workbench/_opened.html" if request.htmx else "claims/review.html"
    return render(request, template, context, status=status)


def _of_present_words(request: SignedInRequest, claim: Claim) -> ReviewForm:
    """Return what was sent, to be saved again for the claim's words as they stand beside it now."""
    sent = request.POST.copy()
    sent["claim_revision"] = str(claim.content_revision)
    form = ReviewForm(sent, auto_id="review_%s")
    form.is_valid()
    return form
