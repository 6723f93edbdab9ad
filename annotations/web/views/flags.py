"""Asking moderators to look at a thing, and what became of that."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.lib.errors import DomainError
from annotations.moderation.choices import FlagKind
from annotations.moderation.flags import flag_raise
from annotations.moderation.models import Flag
from annotations.moderation.permissions import check_flag
from annotations.moderation.targets import find_target, targets_of
from annotations.projects.models import Project
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.moderation import FlagForm

PAGE_SIZE = 25
_PAGES = {
    FlagKind.ARTICLE: "workbench",
    FlagKind.EVIDENCE: "evidence-detail",
    FlagKind.EVENT: "event-detail",
}


@dataclass(frozen=True, slots=True)
class FlagLine:
    """One flag of mine; thing and address are empty where I no longer see the thing."""

    flag: Flag
    thing: Any
    url: str


def address_of(project: Project, kind: str, thing: Any) -> str:
    """Return the page on which a thing is shown; a comment stands on its claim's."""
    if kind in _PAGES:
        return reverse(_PAGES[FlagKind(kind)], kwargs={"slug": project.slug, "uid": thing.uid})
    claim = thing.claim if kind == FlagKind.COMMENT else thing
    return reverse("claim-detail", kwargs={"slug": project.slug, "number": claim.number})


@require_safe
@project_page()
def flag_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show what I have flagged here, latest first."""
    rows = Flag.objects.filter(project=project, created_by=request.user).order_by("-id")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    things = targets_of(page.object_list, request.user)
    lines = []
    for flag in page.object_list:
        thing = things.get(flag.target)
        url = "" if thing is None else address_of(project, flag.kind, thing)
        lines.append(FlagLine(flag, thing, url))
    return render(request, "moderation/flags.html", {"page": page, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def flag_create(request: SignedInRequest, project: Project, kind: str, uid: UUID) -> HttpResponse:
    """Ask moderators to look at a thing that I see."""
    thing = find_target(request.user, project, kind, uid)
    if thing is None:
        raise Http404
    check_flag(request.user, project)
    form = FlagForm(request.POST or None)
    back = address_of(project, kind, thing)
    if form.is_bound and form.is_valid():
        try:
            _flag, is_new = flag_raise(
                actor=request.user, project=project, kind=kind, target=uid, **form.cleaned_data
            )
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _said(is_new=is_new))
            return redirect(back)
    context = {"form": form, "thing": thing, "kind_in_words": FlagKind(kind).label, "back": back}
    return render(request, "moderation/flag.html", context, status=400 if form.is_bound else 200)


def _said(*, is_new: bool) -> str:
    if is_new:
        return _("Thank you. A moderator will look at it.")
    return _("You have flagged this before; it still waits for a moderator.")
