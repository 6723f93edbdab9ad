"""What a project judges by: the page of all of it, its guidelines, and what was judged before."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.lib.errors import DomainError, StaleVersion
from annotations.projects.models import Project
from annotations.verification.standards import services
from annotations.verification.standards.models import Guideline
from annotations.verification.standards.older import Under, older_reviews
from annotations.verification.standards.permissions import (
    check_manage_standards,
    check_see_older_reviews,
)
from annotations.verification.standards.shipped import SHIPPED
from annotations.web.access import SignedInRequest, project_page
from annotations.web.forms.standards import (
    GuidelineForm,
)
from annotations.web.once import form_key, once
from annotations.web.views.claims_find import may
from annotations.web.views.scales import again, scales_of

PAGE_SIZE = 25


@require_safe
@project_page()
def guideline_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show the guidelines and the scale that hold, and every earlier version."""
    context = {
        "guideline": project.guideline,
        "guidelines": _guidelines(project).defer("text"),
        "scale": project.rating_scale,
        "scales": scales_of(project),
        "shipped": SHIPPED.values(),
        "may_manage": may(check_manage_standards, request.user, project),
        "may_see_older": may(check_see_older_reviews, request.user, project),
    }
    return render(request, "standards/list.html", context)


@require_safe
@project_page()
def guideline_detail(request: SignedInRequest, project: Project, version: int) -> HttpResponse:
    """Show one version of the guidelines."""
    guideline = get_object_or_404(_guidelines(project), version=version)
    holds = guideline.pk == project.guideline_id
    return render(request, "standards/guideline.html", {"guideline": guideline, "holds": holds})


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def guideline_create(request: SignedInRequest, project: Project) -> HttpResponse:
    """Publish new guidelines; the words that hold are there to be changed."""
    check_manage_standards(request.user, project)
    current, status = project.guideline, 200
    form = GuidelineForm(initial=_initial(current))
    if request.method == "POST":
        form, status = GuidelineForm(request.POST), 400
        if form.is_valid():
            try:
                _publish(request, project, form)
            except DomainError as error:
                form, status = again(request, form, error), error.status
                current = getattr(error, "current", current)
            else:
                messages.success(
                    request, _("Published. Judgements from now on are made under these.")
                )
                return redirect("guideline-list", slug=project.slug)
    context = {"form": form, "current": current, "is_stale": status == StaleVersion.status}
    return render(request, "standards/guideline_create.html", context, status=status)


@require_safe
@project_page()
def guideline_older(request: SignedInRequest, project: Project) -> HttpResponse:
    """List judgements made under earlier guidelines or another scale: one's own, or everybody's for
    who sees all of them.
    """
    check_see_older_reviews(request.user, project)
    under = request.GET.get("under", "")
    under = under if under in Under.values else ""
    rows = older_reviews(project, request.user, under=under)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "under": under, "choices": Under.choices, "project": project}
    return render(request, "standards/older.html", context)


def _initial(current: Guideline | None) -> dict[str, Any]:
    seen, text = (current.version, current.text) if current else (0, "")
    return {"key": uuid4(), "seen": seen, "text": text}


def _publish(request: SignedInRequest, project: Project, form: GuidelineForm) -> None:
    def make() -> str:
        made = services.guideline_publish(actor=request.user, project=project, **form.guideline())
        return str(made.version)

    once(
        user=request.user,
        route="guideline-create",
        action="guideline.publish",
        key=form_key(request.POST),
        make=make,
    )


def _guidelines(project: Project) -> "QuerySet[Guideline]":
    rows = Guideline.objects.filter(project=project)
    return rows.select_related("created_by").order_by("-version")
