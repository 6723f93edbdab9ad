"""Proof bundles of events: asking for one, how far it is, and its file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.accounts.roles import Permission
from annotations.exchange.models import BundleState, ProofBundle
from annotations.exchange.permissions import check_make_bundle
from annotations.exchange.proof.download import bundle_response
from annotations.exchange.proof.readme import commands_of
from annotations.exchange.proof.services import bundle_ask
from annotations.projects.models import Project
from annotations.web.access import SignedInRequest, project_page
from annotations.web.views.articles_wait import SECONDS_BETWEEN_LOOKS, SLOW_FILE
from annotations.web.views.events import find_event


@require_POST
@project_page(Permission.EXPORT)
def bundle_create(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Have a proof bundle of the event made."""
    event = find_event(request, project, uid)
    check_make_bundle(request.user, event)
    bundle, is_new = bundle_ask(actor=request.user, event=event)
    if not is_new:
        messages.info(request, _("It is being made already."))
    return redirect("bundle-detail", slug=project.slug, uid=bundle.uid)


@require_safe
@project_page(Permission.EXPORT)
def bundle_detail(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show how far a bundle is, what is in it, and how it is checked."""
    bundle = _find(request, project, uid)
    waited = bundle.is_waiting_for(SLOW_FILE)
    name = f"proof-{bundle.event.uid}.zip"
    by_hand, by_tool = commands_of(name, is_stamped=bundle.stamped_at is not None)
    context = {"bundle": bundle, "waits_long": waited, "by_hand": by_hand, "by_tool": by_tool}
    answer = render(request, "exports/bundle.html", context)
    if bundle.state == BundleState.WAITING:
        answer["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return answer


@require_safe
@project_page(Permission.EXPORT)
def bundle_file(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Send a bundle's file, to be saved."""
    bundle = _find(request, project, uid)
    # A file on its way: a response all the same.
    return bundle_response(bundle, request.user)  # type: ignore[return-value]


def _find(request: SignedInRequest, project: Project, uid: UUID) -> ProofBundle:
    """Return the person's own bundle of an event they may read; 404 otherwise."""
    rows = ProofBundle.objects.visible_to(request.user).filter(project=project)
    return get_object_or_404(
        rows.select_related("file", "event__statement", "event__article"), uid=uid
    )
