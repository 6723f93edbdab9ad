"""Pages about invitations: make, revoke, accept."""

import uuid

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotations.accounts.models import Invitation, User
from annotations.accounts.roles import Permission
from annotations.lib.errors import DomainError
from annotations.projects import invitations
from annotations.projects.models import Membership, Project
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.projects import AcceptAsNewForm, InvitationForm
from annotations.web.views.members import SHOWN_ONCE, render_members

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_POST
@project_page(Permission.MANAGE)
def invitation_create(request: SignedInRequest, project: Project) -> HttpResponse:
    """Invite someone; the link is mailed, and shown once on the page that follows."""
    form = InvitationForm(request.POST)
    if form.is_valid():
        try:
            made = invitations.invitation_create(
                actor=request.user, project=project, **form.cleaned_data
            )
        except DomainError as error:
            add_error(form, error)
        else:
            request.session[SHOWN_ONCE] = str(made.uid)
            return redirect("member-list", slug=project.slug)
    return render_members(request, project, form, status=400)


@require_POST
@project_page(Permission.MANAGE)
def invitation_revoke(request: SignedInRequest, project: Project, uid: uuid.UUID) -> HttpResponse:
    """Make an open invitation useless."""
    invitation = get_object_or_404(Invitation, project=project, uid=uid)
    invitations.invitation_revoke(actor=request.user, invitation=invitation)
    messages.success(request, _("The invitation is revoked."))
    return redirect("member-list", slug=project.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Join a project by a link: signed in, or as someone new."""
    invitation = invitations.invitation_find(token)
    if invitation is None:
        return render(request, "projects/invitation_gone.html", status=404)
    known = User.objects.filter(email__iexact=invitation.email).first()
    if known is None and not request.user.is_authenticated:
        return _accept_as_new(request, invitation, token)
    if request.method == "POST" and isinstance(request.user, User):
        return _joined(request, invitations.invitation_accept(actor=request.user, token=token))
    values = {"invitation": invitation, "known": known}
    return render(request, "projects/invitation.html", values)


def _accept_as_new(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = AcceptAsNewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            membership = invitations.invitation_accept_as_new(token=token, **form.cleaned_data)
        except DomainError as error:
            add_error(form, error)
        else:
            login(request, membership.user, backend=BACKEND)
            return _joined(request, membership)
    values = {"invitation": invitation, "form": form}
    status = 400 if form.is_bound else 200
    return render(request, "projects/invitation.html", values, status=status)


def _joined(request: HttpRequest, membership: Membership) -> HttpResponse:
    messages.success(
        request,
        _("Welcome to %(project)s. You are a %(role)s here.")
        % {"project": membership.project.name, "role": membership.get_role_display()},
    )
    return redirect("project-home", slug=membership.project.slug)
