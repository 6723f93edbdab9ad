"""Watched pages: the list, one with its checks, and starting, pausing, resuming, checking."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.accounts.roles import Permission
from annotations.articles.models import Article
from annotations.lib.errors import DomainError
from annotations.lifecycle.services import Subject
from annotations.lifecycle.watches import services
from annotations.lifecycle.watches.choices import CheckOutcome, WatchState
from annotations.lifecycle.watches.looking import check_looked_at
from annotations.lifecycle.watches.models import Watch
from annotations.lifecycle.watches.permissions import check_change_watch, check_watch_page
from annotations.lifecycle.watches.reading import (
    EYES,
    changes_unseen,
    check_lines,
    check_to_look_at,
    checks_of,
    watches_of,
    watches_shown,
)
from annotations.lifecycle.watches.recording import removal_is_recorded
from annotations.projects.models import Project
from annotations.projects.visibility import Sight
from annotations.sources.models import Source
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.watches import PauseForm
from annotations.web.views.claims_find import hidden_or_404, may, visible_article
from annotations.web.views.statements import statements_of

PAGE_SIZE = 25
# Of the changes that nobody has looked at, beside the check that waits.
MOST_EARLIER = 5


@require_safe
@project_page()
def watch_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show the project's watched pages, what needs somebody's eyes first."""
    show = request.GET.get("show", "")
    found = watches_shown(project, request.user, show)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    waiting = watches_shown(project, request.user, EYES).count()
    kinds = [
        ("", _("All")),
        (EYES, _("To look at (%(n)d)") % {"n": waiting} if waiting else _("To look at")),
        *CheckOutcome.choices,
        (WatchState.PAUSED.value, WatchState.PAUSED.label),
    ]
    rows = [(one, _source(one, request.access.sight)) for one in page]
    values = {"page": page, "rows": rows, "kinds": kinds, "show": show}
    return render(request, "watches/list.html", values)


@require_safe
@project_page()
def watch_detail(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show one watch with its checks, the latest first."""
    watch = _find(request, project, uid)
    return _detail(request, watch, PauseForm(initial={"revision": watch.revision}))


@require_safe
@project_page()
def watch_state(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show how a watch stands, as the part of its page that a script puts in place."""
    watch = _find(request, project, uid)
    return render(request, "watches/_state.html", _standing(request, watch))


@require_POST
@project_page(Permission.ANNOTATE)
def watch_pause(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Pause a watch, with a reason."""
    watch = _find(request, project, uid)
    check_change_watch(request.user, watch)
    form = PauseForm(request.POST)
    if form.is_valid():
        try:
            services.watch_pause(actor=request.user, watch=watch, **form.cleaned_data)
        except DomainError as error:
            add_error(form, error)
            return _detail(request, watch, form, error.status)
        messages.success(request, _("Paused: the page is not looked at until it is resumed."))
        return redirect("watch-detail", slug=project.slug, uid=uid)
    return _detail(request, watch, form, 400)


@require_POST
@project_page(Permission.ANNOTATE)
def watch_resume(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Look at the page again from now on."""
    watch = _find(request, project, uid)
    check_change_watch(request.user, watch)
    services.watch_resume(actor=request.user, watch=watch)
    messages.success(request, _("Resumed: the page is looked at again from now on."))
    return redirect("watch-detail", slug=project.slug, uid=uid)


@require_POST
@project_page(Permission.ANNOTATE)
def watch_check(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Have the page looked at as soon as its site may be asked."""
    watch = _find(request, project, uid)
    check_change_watch(request.user, watch)
    services.watch_check_now(actor=request.user, watch=watch)
    messages.success(request, _("The page is looked at as soon as its site may be asked."))
    return redirect("watch-detail", slug=project.slug, uid=uid)


@require_POST
@project_page(Permission.ANNOTATE)
def watch_look(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Say that one has looked at the check that waited for it."""
    watch = _find(request, project, uid)
    check_change_watch(request.user, watch)
    try:
        seen = UUID(request.POST.get("check", ""))
    except ValueError:
        raise Http404 from None
    check_looked_at(actor=request.user, watch=watch, check=seen)
    return redirect("watch-detail", slug=project.slug, uid=uid)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def article_watch(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Watch the page of an article, or go to its watch."""
    article = visible_article(request.user, project, uid)
    if article is None:
        rows = Article.objects.filter(project=project, uid=uid)
        return hidden_or_404(request, rows, gettext_lazy("article"))
    return _start(request, project, article, reverse("workbench", args=[project.slug, uid]))


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def statement_watch(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Watch the page of a statement, or go to its watch."""
    statement = get_object_or_404(statements_of(project, request.user), uid=uid)
    return _start(
        request, project, statement, reverse("statement-detail", args=[project.slug, uid])
    )


def _start(
    request: SignedInRequest, project: Project, subject: Subject, address: str
) -> HttpResponse:
    """Ask before a page is watched; start on POST, and go to the watch there is."""
    known = services.watch_of(subject)
    error = None
    if request.method == "POST":
        check_watch_page(request.user, subject)
        try:
            known, is_new = services.watch_start(actor=request.user, subject=subject)
        except DomainError as refused:
            error = refused
        else:
            if is_new:
                messages.success(request, _("The page is watched from now on."))
    if known is not None:
        return redirect("watch-detail", slug=project.slug, uid=known.uid)
    values = {
        "subject": subject,
        "subject_url": address,
        "is_article": isinstance(subject, Article),
        "may_watch": may(check_watch_page, request.user, subject),
        "error": error,
    }
    return render(request, "watches/start.html", values, status=error.status if error else 200)


def _source(watch: Watch, sight: Sight) -> Source | None:
    """Return who made the watched statement, if the viewer may know."""
    source = watch.statement.source if watch.statement is not None else None
    return source if sight.shows(source) else None


def _find(request: SignedInRequest, project: Project, uid: UUID) -> Watch:
    watch = watches_of(project, request.user).filter(uid=uid).first()
    if watch is None:
        raise Http404
    watch.project = watch.subject.project = project
    return watch


def _detail(
    request: SignedInRequest, watch: Watch, form: PauseForm, status: int = 200
) -> HttpResponse:
    values = {**_standing(request, watch), "form": form}
    return render(request, "watches/detail.html", values, status=status)


def _standing(request: SignedInRequest, watch: Watch) -> dict[str, object]:
    """Return what the page of a watch and the part of it that changes are drawn from."""
    turn = watch.turn
    page = Paginator(checks_of(watch, request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    is_waiting_for = watch.is_due and watch.project.archived_at is None
    to_look = check_to_look_at(watch, request.user)
    unseen = list(changes_unseen(watch, request.user)[:MOST_EARLIER]) if to_look else []
    shown = list(page.object_list)
    lines = check_lines(watch, [*shown, *unseen], request.user)
    page.object_list, earlier = lines[: len(shown)], lines[len(shown) :]
    return {
        "watch": watch,
        "turn": turn,
        "source": _source(watch, request.access.sight),
        "page": page,
        "to_look": to_look,
        "earlier": earlier,
        "more": unseen[0].found - len(unseen) if unseen else 0,
        "is_gone": turn.outcome == CheckOutcome.SUSPECTED_REMOVAL or removal_is_recorded(turn),
        "is_waiting_for": is_waiting_for,
        "said": _said(watch, is_waiting_for),
        "may_change": may(check_change_watch, request.user, watch),
    }


def _said(watch: Watch, is_waiting_for: bool) -> str:
    """Say in a sentence how the check stands; the same words are read out when they change."""
    if watch.turn.is_under_way:
        return _("The page is being checked now.")
    if is_waiting_for:
        return _("The page is checked as soon as its site may be asked.")
    outcome = watch.turn.get_outcome_display()
    return _("The check has ended: %(outcome)s.") % {"outcome": outcome} if outcome else ""
