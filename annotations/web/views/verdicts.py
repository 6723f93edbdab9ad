"""Deciding of a claim: adjudicating, publishing, correcting, rescinding, reopening."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.claims.models import Claim
from annotations.lib.errors import DomainError, StaleVersion
from annotations.lifecycle.looks_again import looks_again_by_claim
from annotations.projects.models import Project
from annotations.verification.standards.models import RatingValue
from annotations.verification.verdicts import services
from annotations.verification.verdicts.adjudicating import (
    adjudication_create,
    can_be_adjudicated,
)
from annotations.verification.verdicts.models import Verdict, VerdictState
from annotations.verification.verdicts.permissions import (
    check_adjudicate_claim,
    check_publish_verdict,
    check_reopen_claim,
)
from annotations.verification.verdicts.reading import Judging, judging_of
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.form_drafts import draft_served
from annotations.web.forms.verdicts import (
    AdjudicationForm,
    ReopenForm,
    RescindForm,
    VerdictForm,
    changed_since,
)
from annotations.web.once import form_key, once, refused
from annotations.web.views.claims_find import find_claim
from annotations.web.views.verdicts_find import (
    Decisions,
    decisions_of,
    find_verdict,
    pieces_of,
)

PAGE_SIZE = 25
WRITING = ["GET", "HEAD", "POST"]


@require_safe
@project_page()
def verdict_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show what the project has published, the latest first, with every correction."""
    rows = Verdict.objects.visible_to(request.user).filter(project=project)
    found = rows.select_related("claim", "created_by", "ended_by").order_by("-pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    again = looks_again_by_claim([one.claim_id for one in page.object_list], request.user)
    for one in page.object_list:
        # Of verdicts that ended there is nothing to be looked at.
        one.shown_again = again.get(one.claim_id, []) if one.state == VerdictState.CURRENT else []
    return render(request, "verdicts/list.html", {"page": page})


@require_http_methods(WRITING)
@project_page()
def claim_adjudicate(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Decide between reviews that differ, side by side and field by field."""
    claim = find_claim(request.user, project, number)
    check_adjudicate_claim(request.user, claim)
    judging = judging_of(claim, request.user)
    form = _adjudication_form(judging, request.POST or None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            make = partial(adjudication_create, actor=request.user, claim=claim, **form.decided())
            return redirect(_once(request, claim, "adjudication.create", make))
        except DomainError as error:
            form, status = _again(request, claim, judging, form, error), error.status
    context = {"claim": claim, "form": form, "decisions": _decisions(request, claim)}
    context["draft"] = _draft(claim, "adjudication.create")
    status = 400 if form.is_bound and status == 200 else status
    context["is_open"] = can_be_adjudicated(judging)
    return render(request, "verdicts/adjudicate.html", context, status=status)


@require_http_methods(WRITING)
@project_page()
def verdict_publish(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Publish a verdict, or one in the place of that which stands."""
    claim = find_claim(request.user, project, number)
    check_publish_verdict(request.user, claim)
    decisions = _decisions(request, claim)
    former = _former(request, decisions)
    action = "verdict.supersede" if former else "verdict.publish"
    form = _verdict_form(request, claim, former)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            make = _publish(request, claim, form, former)
            return redirect(_once(request, claim, action, make))
        except DomainError as error:
            _present(request, claim, form, error)
            refused(form, error)
            status = error.status
    context = {"claim": claim, "form": form, "decisions": decisions, "former": former}
    context["draft"] = _draft(claim, action)
    status = 400 if form.is_bound and status == 200 else status
    return render(request, "verdicts/publish.html", context, status=status)


@require_http_methods(WRITING)
@project_page()
def verdict_rescind(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Take a verdict back in public."""
    verdict = find_verdict(request.user, project, uid)
    check_publish_verdict(request.user, verdict.claim)
    form = RescindForm(request.POST or None, initial={"revision": verdict.revision})
    status = 200
    if form.is_bound:
        status = 400
        if form.is_valid():
            try:
                services.verdict_rescind(actor=request.user, verdict=verdict, **form.cleaned_data)
            except DomainError as error:
                add_error(form, error)
                status = error.status
            else:
                draft_served(request, project, _draft(verdict.claim, "verdict.rescind"))
                messages.success(request, _("Rescinded."))
                return redirect(_address(verdict.claim))
    context = {"claim": verdict.claim, "verdict": verdict, "form": form}
    context["draft"] = _draft(verdict.claim, "verdict.rescind")
    return render(request, "verdicts/rescind.html", context, status=status)


@require_http_methods(WRITING)
@project_page()
def claim_reopen(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Have a published claim judged anew."""
    claim = find_claim(request.user, project, number)
    check_reopen_claim(request.user, claim)
    form = ReopenForm(request.POST or None)
    status = 200
    if form.is_bound:
        status = 400
        if form.is_valid():
            try:
                services.claim_reopen(actor=request.user, claim=claim, **form.cleaned_data)
            except DomainError as error:
                add_error(form, error)
                status = error.status
            else:
                draft_served(request, project, _draft(claim, "claim.reopen"))
                messages.success(request, _("Reopened."))
                return redirect(_address(claim))
    context = {"claim": claim, "form": form, "draft": _draft(claim, "claim.reopen")}
    return render(request, "verdicts/reopen.html", context, status=status)


def _once(request: SignedInRequest, claim: Claim, action: str, make: Callable[[], object]) -> str:
    """Do it unless this very form was sent before; return the address that shows it."""
    address = _address(claim)

    def made() -> str:
        make()
        draft_served(request, claim.project, _draft(claim, action))
        return address

    key = form_key(request.POST)
    shown = once(user=request.user, route=action, action=action, key=key, make=made)
    messages.success(request, _("Saved."))
    return shown


def _publish(
    request: SignedInRequest, claim: Claim, form: VerdictForm, former: Verdict | None
) -> Callable[[], Verdict]:
    """Return what publishes the verdict, in the place of `former` where the form corrects that."""
    if former is None:
        return partial(services.verdict_publish, actor=request.user, claim=claim, **form.said())
    former.claim = claim
    return partial(
        services.verdict_supersede,
        actor=request.user,
        verdict=former,
        revision=form.cleaned_data["revision"] or 0,
        correction_note=form.cleaned_data["correction_note"],
        **form.said(),
    )


def _again(
    request: SignedInRequest,
    claim: Claim,
    judging: Judging,
    form: AdjudicationForm,
    error: DomainError,
) -> AdjudicationForm:
    """Return the form with what was typed; a stale one for the reviews as they stand now, with
    nothing taken from one that says something else by now.
    """
    if isinstance(error, StaleVersion):
        sent = request.POST.copy()
        present = find_claim(request.user, claim.project, claim.number)
        judging = judging_of(present, request.user)
        for name in changed_since(sent, judging.reviews):
            del sent[name]
        sent["claim_revision"] = str(present.content_revision)
        sent["seen"] = " ".join(f"{one.uid}:{one.revision}" for one in judging.reviews)
        form = _adjudication_form(judging, sent)
        form.is_valid()
    refused(form, error)
    return form


def _adjudication_form(judging: Judging, sent: QueryDict | None) -> AdjudicationForm:
    claim = judging.claim
    ratings = RatingValue.objects.filter(scale=claim.project.rating_scale_id).order_by("n")
    names = list(ratings.values_list("name", flat=True)) if claim.project.rating_scale_id else []
    return AdjudicationForm(judging.reviews, claim.content_revision, sent, ratings=names)


def _verdict_form(request: SignedInRequest, claim: Claim, former: Verdict | None) -> VerdictForm:
    return VerdictForm(
        pieces_of(claim, request.user),
        request.POST or None,
        claim_revision=claim.content_revision,
        revision=former.revision if former else None,
    )


def _former(request: SignedInRequest, decisions: Decisions) -> Verdict | None:
    """Return the verdict that the form is a correction of; as it was sent, whatever stands now.

    A form that is sent twice must be what it was, though it has made a verdict in the meantime.
    """
    verdicts = decisions.judging.verdicts
    if request.method != "POST":
        return decisions.judging.verdict
    return verdicts[0] if verdicts and request.POST.get("revision") else None


def _present(request: SignedInRequest, claim: Claim, form: VerdictForm, error: DomainError) -> None:
    """Let a stale form be sent again, knowingly, for the claim and the verdict as they stand."""
    if isinstance(error, StaleVersion):
        present = judging_of(find_claim(request.user, claim.project, claim.number), request.user)
        sent = request.POST.copy()
        sent["claim_revision"] = str(present.claim.content_revision)
        if present.verdict and sent.get("revision"):
            sent["revision"] = str(present.verdict.revision)
        form.data = sent


def _decisions(request: SignedInRequest, claim: Claim) -> Decisions:
    return decisions_of(claim, request.user, request.access.role)


def _draft(claim: Claim, action: str) -> str:
    """Return what a draft of the form is about."""
    return f"{action.replace('.', '-')}:{claim.number}"


def _address(claim: Claim) -> str:
    names = {"slug": claim.project.slug, "number": claim.number}
    return f"{reverse('claim-detail', kwargs=names)}#verdict"
