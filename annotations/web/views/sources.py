"""Pages about sources: the list, one with its names and what it said, adding and editing."""

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.audit.timeline import Parts, timeline
from annotations.claims.models import Attribution, Claim
from annotations.lib.errors import DomainError, StaleVersion
from annotations.notifications.kinds import TargetKind
from annotations.notifications.services import is_following
from annotations.projects.models import Project
from annotations.projects.visibility import hidden_by_moderation
from annotations.sources import services
from annotations.sources.models import Source, SourceAlias, SourceKind
from annotations.sources.permissions import check_add_source, check_edit_source
from annotations.sources.querysets import SourceQuerySet
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error, form_again
from annotations.web.forms.sources import AliasForm, SourceForm
from annotations.web.views.statements import render_form, statements_of

PAGE_SIZE = 50
SHOWN_CLAIMS = 50


def sources_of(project: Project, user: User) -> SourceQuerySet:
    """Return the sources of the project that the person may see."""
    return Source.objects.visible_to(user).filter(project=project).select_related("project")


def hop_counts(sources: Iterable[Source], user: User) -> dict[int, int]:
    """Return how many hops that the person may see name each of the sources; one query."""
    hops = Attribution.objects.listed_to(user).filter(source__in=[one.pk for one in sources])
    rows = hops.order_by().values_list("source").annotate(count=Count("pk", distinct=True))
    return dict(rows)


@require_safe
@project_page()
def source_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show who can say things in this project."""
    rows = sources_of(project, request.user).unmerged().matching(request.GET.get("q", ""))
    kind = request.GET.get("kind", "")
    if kind in SourceKind.values:
        rows = rows.filter(kind=kind)
    rows = rows.prefetch_related("aliases").order_by("name", "id")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = hop_counts(page.object_list, request.user)
    values = {
        "page": page,
        "rows": [(source, counts.get(source.pk, 0)) for source in page],
        "kinds": SourceKind.choices,
        "kind": kind,
        "query": request.GET.get("q", ""),
    }
    return render(request, "sources/list.html", values)


@require_safe
@project_page()
def source_detail(request: SignedInRequest, project: Project, uid: uuid.UUID) -> HttpResponse:
    """Show one source: its names, its statements, the claims credited to it, its history."""
    hidden = hidden_by_moderation(Source.objects.filter(project=project), request.user)
    if not request.access.allows(Permission.SEE_HIDDEN) and (row := hidden.filter(uid=uid).first()):
        return render(request, "sources/hidden.html", {"source": row})
    source = get_object_or_404(
        sources_of(project, request.user).select_related("merged_into"), uid=uid
    )
    if source.merged_into is not None:
        return redirect("source-detail", slug=project.slug, uid=source.merged_into.uid)
    return _show(request, project, source, AliasForm())


def _show(
    request: SignedInRequest, project: Project, source: Source, form: AliasForm
) -> HttpResponse:
    credited = Attribution.objects.crediting_claims(request.user).filter(source=source)
    claims = (
        Claim.objects.listed_to(request.user)
        .kept()
        .filter(pk__in=credited.values("mention__claim"))
        .order_by("-number")
    )
    values = {
        "source": source,
        "aliases": source.aliases.order_by("name"),
        "statements": statements_of(project, request.user)
        .filter(source=source)
        .order_by("-said_earliest", "-id"),
        "claims": claims[:SHOWN_CLAIMS],
        "history": timeline(
            [source],
            request.user,
            parts=[Parts(SourceAlias, "source", [source])],
            sight=request.access.sight,
        ),
        "is_followed": is_following(request.user, TargetKind.SOURCE, source.uid),
        "form": form,
    }
    status = 400 if form.is_bound else 200
    return render(request, "sources/detail.html", values, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def source_create(request: SignedInRequest, project: Project) -> HttpResponse:
    """Add a source."""
    check_add_source(request.user, project)
    form = SourceForm(request.POST or None)
    if form.is_bound and form.is_valid():
        cleaned = {name: form.cleaned_data[name] for name in ("name", "kind", "description")}
        try:
            source = services.source_create(actor=request.user, project=project, **cleaned)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("source-detail", slug=project.slug, uid=source.uid)
    return render_form(request, "sources/create.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def source_edit(request: SignedInRequest, project: Project, uid: uuid.UUID) -> HttpResponse:
    """Rename or describe a source; the old name stays an alias."""
    source = get_object_or_404(sources_of(project, request.user), uid=uid)
    check_edit_source(request.user, source)
    names = ("name", "kind", "description")
    initial = {name: getattr(source, name) for name in (*names, "revision")}
    form = SourceForm(request.POST or None, initial=initial)
    stale = None
    if form.is_bound and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in names}
        revision = form.cleaned_data["revision"]
        try:
            services.source_update(actor=request.user, source=source, revision=revision, **changes)
        except DomainError as error:
            if isinstance(error, StaleVersion) and isinstance(error.current, Source):
                stale = error.current
                form = form_again(request, form, error, stale.revision)
            else:
                add_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("source-detail", slug=project.slug, uid=uid)
    status = 412 if stale else 0
    return render_form(request, "sources/edit.html", form, status, source=source, stale=stale)


@require_POST
@project_page(Permission.ANNOTATE)
def source_alias_add(request: SignedInRequest, project: Project, uid: uuid.UUID) -> HttpResponse:
    """Let a further spelling mean this source."""
    source = get_object_or_404(sources_of(project, request.user), uid=uid)
    check_edit_source(request.user, source)
    form = AliasForm(request.POST)
    if form.is_valid():
        try:
            services.alias_add(actor=request.user, source=source, name=form.cleaned_data["name"])
        except DomainError as error:
            add_error(form, error)
        else:
            return redirect("source-detail", slug=project.slug, uid=uid)
    return _show(request, project, source, form)


@require_POST
@project_page(Permission.ANNOTATE)
def source_alias_remove(request: SignedInRequest, project: Project, uid: uuid.UUID) -> HttpResponse:
    """Take a spelling away from this source."""
    source = get_object_or_404(sources_of(project, request.user), uid=uid)
    check_edit_source(request.user, source)
    services.alias_remove(actor=request.user, source=source, name=request.POST.get("name", ""))
    return redirect("source-detail", slug=project.slug, uid=uid)
