"""The scale a project rates claims on, and its versions."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.lib.errors import DomainError, StaleVersion
from annotations.projects.models import Project
from annotations.verification.standards import services
from annotations.verification.standards.models import RatingScale
from annotations.verification.standards.permissions import (
    check_manage_standards,
)
from annotations.verification.standards.shipped import SHIPPED, ShippedScale
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.standards import (
    SPARE_ROWS,
    ScaleForm,
    StandingForm,
    scale_form,
    values_sent,
)
from annotations.web.once import form_key, once, refused
from annotations.web.views.claims_find import may

MORE = "more"


@require_safe
@project_page()
def scale_detail(request: SignedInRequest, project: Project, version: int) -> HttpResponse:
    """Show one version of the scale, with what each rating means."""
    scale = get_object_or_404(scales_of(project), version=version)
    context = {
        "scale": scale,
        "holds": scale.pk == project.rating_scale_id,
        "current": project.rating_scale,
        "may_manage": may(check_manage_standards, request.user, project),
    }
    return render(request, "standards/scale.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def scale_create(request: SignedInRequest, project: Project) -> HttpResponse:
    """Make a new version of the scale; `?from=` names what it begins with."""
    check_manage_standards(request.user, project)
    current = project.rating_scale
    form, values = scale_form(_base(request, project), current.version if current else 0)
    status = 200
    if request.method == "POST":
        form = ScaleForm(request.POST)
        asks_for_rows = MORE in request.POST
        values = values_sent(request.POST, more=2 * SPARE_ROWS if asks_for_rows else 0)
        if not asks_for_rows:
            status = 400
            if form.is_valid() and values.is_valid():
                try:
                    return _make_scale(request, project, form, values)
                except DomainError as error:
                    form, status = again(request, form, error), error.status
    context = {"form": form, "values": values, "current": current, "more": MORE}
    return render(request, "standards/scale_create.html", context, status=status)


@require_POST
@project_page()
def scale_use(request: SignedInRequest, project: Project, version: int) -> HttpResponse:
    """Let an earlier version of the scale hold again."""
    check_manage_standards(request.user, project)
    scale = get_object_or_404(scales_of(project), version=version)
    services.scale_choose(actor=request.user, project=project, scale=scale, seen=_seen(request))
    messages.success(request, _("Claims are rated on this version from now on."))
    return redirect("guideline-list", slug=project.slug)


@require_POST
@project_page()
def scale_stop(request: SignedInRequest, project: Project) -> HttpResponse:
    """Go on without a scale: claims get one of the five labels, and no rating."""
    check_manage_standards(request.user, project)
    services.scale_choose(actor=request.user, project=project, scale=None, seen=_seen(request))
    messages.success(request, _("Claims get labels only from now on."))
    return redirect("guideline-list", slug=project.slug)


def again(request: SignedInRequest, form: Any, error: DomainError) -> Any:
    """Return the form with what was typed. Where another version holds by now, sending it once
    more, with that in sight, is a decision and no longer an accident.
    """
    if not isinstance(error, StaleVersion):
        refused(form, error)
        return form
    sent = request.POST.copy()
    sent["seen"] = str(getattr(error.current, "version", 0))
    sent["key"] = str(uuid4())
    again = type(form)(sent)
    add_error(again, error)
    return again


def scales_of(project: Project) -> "QuerySet[RatingScale]":
    """Return every version of the project's scale, the latest first."""
    rows = RatingScale.objects.filter(project=project)
    return rows.select_related("created_by").order_by("-version")


def _base(request: SignedInRequest, project: Project) -> RatingScale | ShippedScale | None:
    """Return what the address asks to begin with; nothing where there is no such scale."""
    named = request.GET.get("from", "")
    if named.isdecimal() and len(named) < 9:
        return scales_of(project).filter(version=int(named)).first()
    return SHIPPED.get(named)


def _make_scale(
    request: SignedInRequest, project: Project, form: ScaleForm, values: Any
) -> HttpResponse:
    def make() -> str:
        scale = services.scale_create(
            actor=request.user, project=project, values=values.values(), **form.scale()
        )
        return str(scale.version)

    once(
        user=request.user,
        route="scale-create",
        action="scale.create",
        key=form_key(request.POST),
        make=make,
    )
    messages.success(request, _("Claims are rated on this scale from now on."))
    return redirect("guideline-list", slug=project.slug)


def _seen(request: SignedInRequest) -> int | None:
    form = StandingForm(request.POST)
    return form.cleaned_data["seen"] if form.is_valid() else None
