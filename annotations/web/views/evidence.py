"""One piece of evidence: its page, its file, what it is independent of, discard and restore."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from annotations.accounts.models import User
from annotations.audit.timeline import Parts, TimelineEntry, timeline
from annotations.projects.models import Project
from annotations.projects.visibility import Sight
from annotations.verification.evidence import services
from annotations.verification.evidence.download import file_response
from annotations.verification.evidence.independence import independence_set
from annotations.verification.evidence.models import (
    ClaimEvidence,
    Evidence,
    EvidenceIndependence,
)
from annotations.verification.evidence.permissions import (
    check_discard_evidence,
    check_edit_evidence,
    check_use_evidence,
)
from annotations.verification.evidence.reading import same_link
from annotations.web.access import SignedInRequest, project_page
from annotations.web.forms.claims import ReasonForm
from annotations.web.forms.evidence import changed_pairs
from annotations.web.views.claims_find import hidden_or_404, may
from annotations.web.views.evidence_find import claims_of, find_evidence, pairs_of


@require_safe
@project_page()
def evidence_detail(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show one piece of evidence, the claims it stands on, and its history."""
    rows = Evidence.objects.filter(project=project, uid=uid)
    if not rows.visible_to(request.user).exists():
        return hidden_or_404(request, rows, gettext_lazy("evidence"))
    evidence = find_evidence(request.user, project, uid)
    user, sight = request.user, request.access.sight
    links = claims_of(evidence, user)
    context = {
        "evidence": evidence,
        "source": evidence.source if sight.shows(evidence.source) else None,
        "links": links,
        "pairs": pairs_of(evidence, links, user),
        "same_link": same_link(evidence, user),
        "may_edit": may(check_edit_evidence, user, evidence),
        "may_discard": may(check_discard_evidence, user, evidence),
        "may_compare": may(check_use_evidence, user, evidence),
        "history": _history(evidence, links, user, sight),
    }
    return render(request, "evidence/detail.html", context)


@require_safe
@project_page()
def evidence_file(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Send the file of the evidence, to be saved."""
    evidence = find_evidence(request.user, project, uid)
    if evidence.file is None:
        raise Http404
    return file_response(evidence)


@require_POST
@project_page()
def evidence_independence(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Say which other evidence it is independent of."""
    evidence = find_evidence(request.user, project, uid)
    check_use_evidence(request.user, evidence)
    pairs = pairs_of(evidence, claims_of(evidence, request.user), request.user)
    others = {pair.other.uid: pair.other for pair in pairs}
    changed = changed_pairs(request.POST, others)
    independence_set(
        actor=request.user,
        evidence=evidence,
        others={others[other]: said for other, said in changed.items()},
    )
    messages.success(request, _("Saved."))
    return redirect("evidence-detail", slug=project.slug, uid=uid)


@require_POST
@project_page()
def evidence_discard(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Take the evidence back on every claim; nothing is erased."""
    return _turn(request, project, uid, services.evidence_discard, _("Discarded."))


@require_POST
@project_page()
def evidence_restore(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Let discarded evidence count again."""
    return _turn(request, project, uid, services.evidence_restore, _("Restored."))


def _turn(
    request: SignedInRequest,
    project: Project,
    uid: UUID,
    service: Callable[..., Evidence],
    said: str,
) -> HttpResponse:
    evidence = find_evidence(request.user, project, uid)
    check_discard_evidence(request.user, evidence)
    form = ReasonForm(request.POST)
    form.is_valid()
    service(actor=request.user, evidence=evidence, **form.turn())
    messages.success(request, said)
    return redirect("evidence-detail", slug=project.slug, uid=uid)


def _history(
    evidence: Evidence, links: list[ClaimEvidence], user: User, sight: Sight
) -> list[TimelineEntry]:
    """Return what happened to the evidence, on claims and in comparisons too, latest first."""
    said = [Parts(EvidenceIndependence, end, [evidence]) for end in ("first", "second")]
    return timeline([evidence, *links], user, parts=said, sight=sight)
