"""What evidence says of a claim: putting it there, changing the stance, taking it off."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.accounts.roles import Permission
from annotations.claims.models import Claim
from annotations.lib.errors import DomainError, InvalidInput
from annotations.projects.models import Project
from annotations.verification.evidence import links
from annotations.verification.evidence.models import ClaimEvidence
from annotations.verification.evidence.permissions import (
    check_attach_evidence,
    check_discard_link,
    check_edit_link,
    check_use_evidence,
)
from annotations.verification.evidence.querysets import EvidenceQuerySet
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.claims import ReasonForm
from annotations.web.forms.evidence import AttachForm, StanceForm
from annotations.web.views.claims_find import find_claim
from annotations.web.views.evidence_find import evidence_rows, find_evidence, find_link

PAGE_SIZE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def evidence_attach(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Put evidence of another claim on this one too."""
    claim = find_claim(request.user, project, number)
    check_attach_evidence(request.user, claim)
    form = AttachForm(request.POST or None)
    if form.is_bound and form.is_valid():
        evidence = find_evidence(request.user, project, form.cleaned_data["evidence"])
        check_use_evidence(request.user, evidence)
        stance = form.cleaned_data["stance"]
        try:
            links.evidence_attach(actor=request.user, claim=claim, evidence=evidence, stance=stance)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return _to_claim(project, claim, evidence.uid)
    rows = _others(request, project, claim)
    context = {
        "claim": claim,
        "form": form,
        "query": request.GET.get("q", ""),
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "chosen": form.data.get("evidence", "") if form.is_bound else "",
    }
    return render(request, "evidence/attach.html", context, status=400 if form.is_bound else 200)


@require_POST
@project_page()
def evidence_link_edit(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Change what the evidence says of the claim."""
    link = find_link(request.user, project, uid)
    check_edit_link(request.user, link)
    form = StanceForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(_("Choose what the evidence says of the claim."), field="stance")
    links.link_update(actor=request.user, link=link, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return _to_claim(project, link.claim, link.evidence.uid)


@require_POST
@project_page()
def evidence_link_discard(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Take evidence off a claim; nothing is erased."""
    return _turn(request, project, uid, links.link_discard, _("Taken off the claim."))


@require_POST
@project_page()
def evidence_link_restore(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Put evidence back on a claim."""
    return _turn(request, project, uid, links.link_restore, _("Restored."))


def _turn(
    request: SignedInRequest,
    project: Project,
    uid: UUID,
    service: Callable[..., ClaimEvidence],
    said: str,
) -> HttpResponse:
    link = find_link(request.user, project, uid)
    check_discard_link(request.user, link)
    form = ReasonForm(request.POST)
    form.is_valid()
    service(actor=request.user, link=link, **form.turn())
    messages.success(request, said)
    return _to_claim(project, link.claim, link.evidence.uid)


def _others(request: SignedInRequest, project: Project, claim: Claim) -> EvidenceQuerySet:
    """Return the evidence that could be put on the claim, found by words, latest first."""
    there = ClaimEvidence.objects.filter(claim=claim, discarded_at__isnull=True)
    rows = evidence_rows(request.user, project).kept().matching(request.GET.get("q", ""))
    others: EvidenceQuerySet = rows.exclude(pk__in=there.values("evidence_id")).order_by("-id")
    return others


def _to_claim(project: Project, claim: Claim, evidence: UUID) -> HttpResponseRedirect:
    address = reverse("claim-detail", kwargs={"slug": project.slug, "number": claim.number})
    return HttpResponseRedirect(f"{address}#evidence-{evidence}")
