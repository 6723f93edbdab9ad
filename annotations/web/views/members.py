"""Pages about who belongs to a project."""

import uuid

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.accounts.models import Invitation, User
from annotations.accounts.roles import Permission, Role
from annotations.projects import members
from annotations.projects.invitations import invitation_link
from annotations.projects.models import Membership, Project
from annotations.web.access import SignedInRequest, project_page
from annotations.web.forms.projects import InvitationForm, RoleForm

SHOWN_ONCE = "invitation_shown_once"


@require_safe
@project_page()
def member_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show the members; admins also see open invitations and the form to invite."""
    return render_members(request, project, InvitationForm())


def render_members(
    request: SignedInRequest, project: Project, form: InvitationForm, status: int = 200
) -> HttpResponse:
    """Answer with the members' page, `form` as it stands."""
    rows = Membership.objects.filter(project=project).select_related("user")
    values: dict[str, object] = {"memberships": rows, "roles": Role.choices}
    if request.access.allows(Permission.MANAGE):
        open_ones = Invitation.objects.filter(
            project=project, accepted_at__isnull=True, revoked_at__isnull=True
        ).select_related("invited_by")
        values |= {
            "invitations": open_ones,
            "now": timezone.now(),
            "form": form,
            "fresh": _shown_once(request, project),
        }
    return render(request, "projects/members.html", values, status=status)


@require_POST
@project_page(Permission.MANAGE)
def member_edit(request: SignedInRequest, project: Project, uid: uuid.UUID) -> HttpResponse:
    """Give a member another role."""
    membership = _get_member(project, uid)
    form = RoleForm(request.POST)
    role = form.cleaned_data["role"] if form.is_valid() else request.POST.get("role", "")
    changed = members.member_change_role(actor=request.user, membership=membership, role=role)
    _stay_signed_in(request, changed.user)
    messages.success(
        request,
        _("%(name)s is now %(role)s and was signed out everywhere.")
        % {"name": changed.user.display_name, "role": changed.get_role_display()},
    )
    return redirect("member-list", slug=project.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.MANAGE)
def member_remove(request: SignedInRequest, project: Project, uid: uuid.UUID) -> HttpResponse:
    """Take someone out of the project, after asking once."""
    membership = _get_member(project, uid)
    if request.method != "POST":
        return render(request, "projects/member_remove.html", {"membership": membership})
    members.member_remove(
        actor=request.user,
        membership=membership,
        reason=request.POST.get("reason", "").strip(),
    )
    _stay_signed_in(request, membership.user)
    messages.success(
        request, _("%(name)s left the project.") % {"name": membership.user.display_name}
    )
    if membership.user_id == request.user.pk:
        return redirect("project-list")
    return redirect("member-list", slug=project.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def member_leave(request: SignedInRequest, project: Project) -> HttpResponse:
    """Leave the project oneself, after asking once."""
    if request.method != "POST":
        return render(request, "projects/leave.html")
    members.member_leave(actor=request.user, project=project)
    _stay_signed_in(request, request.user)
    messages.success(request, _("You left %(project)s.") % {"project": project.name})
    return redirect("project-list")


def _get_member(project: Project, uid: uuid.UUID) -> Membership:
    rows = Membership.objects.filter(project=project).select_related("user", "project")
    return get_object_or_404(rows, uid=uid)


def _stay_signed_in(request: SignedInRequest, changed: User) -> None:
    """Keep this one session of someone who has just changed their own role."""
    if changed.pk == request.user.pk:
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)


def _shown_once(request: SignedInRequest, project: Project) -> dict[str, str] | None:
    """Return the link of the invitation just made, the first time the page is shown after it."""
    uid = request.session.pop(SHOWN_ONCE, None)
    made = Invitation.objects.filter(project=project, uid=uid).first() if uid else None
    return {"email": made.email, "link": invitation_link(made)} if made else None
