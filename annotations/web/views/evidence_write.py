"""Adding evidence to a claim, and changing what was entered about it."""

import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.accounts.roles import Permission
from annotations.claims.models import Claim
from annotations.lib.errors import DomainError, StaleVersion
from annotations.projects.models import Project
from annotations.projects.visibility import Sight
from annotations.verification.evidence import services
from annotations.verification.evidence.files import GivenFile
from annotations.verification.evidence.models import Evidence
from annotations.verification.evidence.permissions import (
    check_attach_evidence,
    check_edit_evidence,
)
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error, form_again
from annotations.web.form_drafts import draft_served
from annotations.web.forms.evidence import EvidenceForm, NewEvidenceForm
from annotations.web.once import FormKey, form_key, once, refused
from annotations.web.views.claims_find import find_claim
from annotations.web.views.evidence_find import evidence_rows, find_evidence


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def evidence_create(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Add a new piece of evidence to a claim."""
    claim = find_claim(request.user, project, number)
    check_attach_evidence(request.user, claim)
    draft = f"evidence:{number}"
    form = NewEvidenceForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            address = _make(request, claim, form)
        except DomainError as error:
            refused(form, error, "form_key")
        else:
            draft_served(request, project, draft)
            messages.success(request, _("Saved."))
            return redirect(address)
    return _page(request, "evidence/create.html", form, {"claim": claim, "draft": draft})


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def evidence_edit(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Change what was entered about evidence; a stale form shows both texts."""
    evidence = find_evidence(request.user, project, uid)
    check_edit_evidence(request.user, evidence)
    sight = request.access.sight
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        initial=EvidenceForm.initial_of(evidence, sight),
    )
    shown: dict[str, Any] = {"evidence": evidence, "draft": f"evidence-edit:{uid}"}
    if form.is_bound and form.is_valid():
        try:
            _change(request, evidence, form)
        except StaleVersion as error:
            stored = evidence_rows(request.user, project).get(pk=evidence.pk)
            form = form_again(request, form, error, stored.revision)
            stored.source = stored.source if sight.shows(stored.source) else None
            return _page(request, "evidence/edit.html", form, {**shown, "stale": stored}, 412)
        except DomainError as error:
            add_error(form, error)
        else:
            draft_served(request, project, shown["draft"])
            messages.success(request, _("Saved."))
            return redirect("evidence-detail", slug=project.slug, uid=uid)
    return _page(request, "evidence/edit.html", form, shown)


def _make(request: SignedInRequest, claim: Claim, form: NewEvidenceForm) -> str:
    file = form.given_file()

    def make() -> str:
        made = services.evidence_create(
            actor=request.user,
            project=claim.project,
            claim=claim,
            stance=form.cleaned_data["stance"],
            file=file,
            **form.wanted(),
        )
        names = {"slug": claim.project.slug, "number": claim.number}
        return f"{reverse('claim-detail', kwargs=names)}#evidence-{made.uid}"

    return once(
        user=request.user,
        route="evidence-create",
        action="evidence.create",
        key=_key_with(form_key(request.POST, "form_key"), file),
        make=make,
    )


def _key_with(key: FormKey, file: GivenFile | None) -> FormKey:
    """Count the file among what the form holds: the same words with another are sent anew."""
    if file is None or not key.key:
        return key
    digest = hashlib.sha256(key.digest.encode() + file.content).hexdigest()
    return FormKey(key.key, digest)


def _change(request: SignedInRequest, evidence: Evidence, form: EvidenceForm) -> None:
    services.evidence_update(
        actor=request.user,
        evidence=evidence,
        revision=form.cleaned_data["revision"] or 0,
        file=form.given_file(),
        remove_file=form.cleaned_data["remove_file"],
        **form.wanted(),
        **_cleared_source(form, evidence, request.access.sight),
    )


def _cleared_source(form: EvidenceForm, evidence: Evidence, sight: Sight) -> dict[str, object]:
    """Return the wish to take the source away: only who saw the name can have cleared it."""
    is_cleared = not form.cleaned_data["source_name"].strip()
    if is_cleared and evidence.source_id is not None and sight.shows(evidence.source):
        return {"source": None}
    return {}


def _page(
    request: SignedInRequest,
    template: str,
    form: EvidenceForm,
    shown: dict[str, Any],
    status: int = 0,
) -> HttpResponse:
    """Show the form: 200 when fresh, 400 (or `status`) when it was sent and is not acceptable."""
    # A browser gives no chosen file back, so the page has to ask for it again.
    values = {"form": form, "file_lost": bool(request.FILES), **shown}
    return render(request, template, values, status=status or (400 if form.is_bound else 200))
