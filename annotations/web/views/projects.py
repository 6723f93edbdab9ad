"""Pages about projects: mine, a new one, its settings, archiving."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.accounts.roles import Permission
from annotations.lib.errors import DomainError
from annotations.projects import services
from annotations.projects.models import Membership, Project
from annotations.projects.permissions import check_create_project
from annotations.web.access import SignedInRequest, project_page, signed_in
from annotations.web.errors import add_error
from annotations.web.forms.projects import ProjectForm


@require_safe
@signed_in
def project_list(request: SignedInRequest) -> HttpResponse:
    """Show the projects I belong to, the archived ones behind a fold."""
    memberships = (
        Membership.objects.filter(user=request.user)
        .select_related("project")
        .annotate(member_count=Count("project__memberships"))
        .order_by("project__name")
    )
    active = [one for one in memberships if one.project.archived_at is None]
    archived = [one for one in memberships if one.project.archived_at is not None]
    return render(request, "projects/list.html", {"active": active, "archived": archived})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def project_create(request: SignedInRequest) -> HttpResponse:
    """Open a project."""
    check_create_project(request.user)
    form = ProjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            project = services.project_create(actor=request.user, wanted=form.wanted())
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The project is open. Invite the people who work on it."))
            return redirect("member-list", slug=project.slug)
    status = 400 if form.is_bound else 200
    return render(request, "projects/create.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.MANAGE)
def project_settings(request: SignedInRequest, project: Project) -> HttpResponse:
    """Change how the project works."""
    form = ProjectForm(request.POST or None, initial=ProjectForm.initial_of(project))
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.project_update(
                actor=request.user,
                project=project,
                wanted=form.wanted(),
                revision=form.cleaned_data["revision"],
            )
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("project-settings", slug=saved.slug)
    status = 400 if form.is_bound else 200
    return render(request, "projects/settings.html", {"form": form}, status=status)


@require_POST
@project_page(Permission.MANAGE)
def project_archive(request: SignedInRequest, project: Project) -> HttpResponse:
    """Close the project for writing."""
    reason = request.POST.get("reason", "").strip()
    services.project_archive(actor=request.user, project=project, reason=reason)
    messages.success(request, _("The project is archived."))
    return redirect("project-settings", slug=project.slug)


@require_POST
@project_page(Permission.MANAGE)
def project_unarchive(request: SignedInRequest, project: Project) -> HttpResponse:
    """Open the project for writing again."""
    services.project_unarchive(actor=request.user, project=project)
    messages.success(request, _("The project is open again."))
    return redirect("project-settings", slug=project.slug)
