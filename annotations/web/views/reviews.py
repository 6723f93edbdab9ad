"""My judgement of a claim."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.claims.models import Claim
from annotations.lib.errors import DomainError, StaleVersion
from annotations.projects.models import Project
from annotations.verification import services
from annotations.verification.labels import judgement_of
from annotations.verification.models import Review
from annotations.verification.permissions import check_review_claim
from annotations.verification.standards.offered import Offered, offered_for
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.form_drafts import draft_served
from annotations.web.forms.claims import ReasonForm
from annotations.web.forms.reviews import JudgementForm
from annotations.web.views.claims_find import find_claim, version_of_address
from annotations.web.views.claims_saved import after_change
from annotations.web.views.workbench_card import drafts_on, view_claim


@require_POST
@project_page()
def review_save(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Store my label, confidence and reasons for the claim as I read it."""
    claim = find_claim(request.user, project, number)
    check_review_claim(request.user, claim)
    form = _sent(request, claim)
    status = 400
    if form.is_valid():
        try:
            services.review_save(actor=request.user, claim=claim, **form.judgement())
        except StaleVersion as error:
            # To be saved again for the claim's words as they stand beside it now.
            form = _sent(request, claim, claim_revision=str(claim.content_revision))
            form.is_valid()
            add_error(form, error)
            status = error.status
        except DomainError as error:
            add_error(form, error)
            status = error.status
        else:
            draft_served(request, project, f"review:{number}")
            if not request.htmx:
                messages.success(request, _("Saved."))
            return after_change(request, project, number)
    return _form_again(request, claim, form, status)


@require_POST
@project_page()
def review_discard(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Take my judgement of the claim as it stands back; nothing is erased."""
    return _turn(request, project, number, services.review_discard, _("Taken back."))


@require_POST
@project_page()
def review_restore(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Let my judgement that I took back stand again."""
    return _turn(request, project, number, services.review_restore, _("Restored."))


def _turn(
    request: SignedInRequest,
    project: Project,
    number: int,
    service: Callable[..., Review],
    said: str,
) -> HttpResponse:
    claim = find_claim(request.user, project, number)
    check_review_claim(request.user, claim)
    mine = Review.objects.filter(claim=claim, reviewer=request.user).select_related("claim")
    review = mine.order_by("-claim_revision").first()
    if review is None:
        raise Http404(_("You have not judged this claim."))
    form = ReasonForm(request.POST)
    form.is_valid()
    service(actor=request.user, review=review, reason=form.turn()["reason"])
    if not request.htmx:
        messages.success(request, said)
    return after_change(request, project, number)


def _sent(request: SignedInRequest, claim: Claim, **changed: str) -> JudgementForm:
    """Return what was sent as a form, with some of it changed. What could be chosen is read where
    something was: a label alone asks nothing more.
    """
    chosen = [*request.POST.getlist("rating"), *request.POST.getlist("evidence")]
    offered = Offered()
    if any(chosen):
        mine, taken_back = judgement_of(claim, request.user)
        review = mine.review if mine else taken_back
        offered = offered_for(claim, request.user, review, has_evidence=True)
    sent = request.POST.copy()
    for name, value in changed.items():
        sent[name] = value
    return JudgementForm(sent, auto_id="review_%s", offered=offered)


def _form_again(
    request: SignedInRequest, claim: Claim, form: JudgementForm, status: int
) -> HttpResponse:
    """Show the form with what was typed, beside the claim as it stands."""
    view = view_claim(claim, request.user, request.access.sight)
    form.offer(view.offered)
    context = {
        "view": view,
        "claim": claim,
        "review_form": form,
        "drafts": drafts_on(view, request.user),
        "version": version_of_address(request, claim.project),
    }
    template = "workbench/_opened.html" if request.htmx else "claims/review.html"
    return render(request, template, context, status=status)
