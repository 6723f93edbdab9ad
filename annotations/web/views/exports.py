"""Exporting a project: the page that offers it, and the download."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from annotations.accounts.roles import Permission
from annotations.exchange.download import download
from annotations.exchange.models import ExportRelease
from annotations.exchange.services import export_open
from annotations.lib.errors import DomainError
from annotations.projects.known_at import asked_moment
from annotations.projects.models import Project
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.exports import ExportForm

PAGE_SIZE = 25


@require_safe
@project_page(Permission.EXPORT)
def export_page(request: SignedInRequest, project: Project) -> HttpResponse:
    """Offer the formats, and list the exports made before."""
    return _page(request, project, ExportForm())


@require_POST
@project_page(Permission.EXPORT)
def export_download(request: SignedInRequest, project: Project) -> HttpResponse:
    """Stream what the person may see, as a file."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _page(request, project, form, status=400)
    known_at = form.cleaned_data["known_at"]
    try:
        export = export_open(
            actor=request.user,
            project=project,
            format=form.cleaned_data["format"],
            with_history=form.cleaned_data["with_history"],
            seen_by=request.user,
            known_at=asked_moment(project, known_at) if known_at else None,
        )
    except DomainError as error:
        add_error(form, error)
        return _page(request, project, form, status=error.status)
    return download(export)  # type: ignore[return-value]  # Streamed: a response all the same.


def _page(
    request: SignedInRequest, project: Project, form: ExportForm, *, status: int = 200
) -> HttpResponse:
    releases = ExportRelease.objects.visible_to(request.user).filter(project=project)
    page = Paginator(
        releases.select_related("created_by", "seen_by").order_by("-created_at", "-id"), PAGE_SIZE
    ).get_page(request.GET.get("page"))
    return render(request, "exports/page.html", {"form": form, "page": page}, status=status)
