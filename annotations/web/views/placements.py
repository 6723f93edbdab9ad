"""Where mentions of earlier versions stand in a later one: what people look at and decide."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion
from annotations.audit.timeline import timeline
from annotations.claims.permissions import check_decide_placement
from annotations.claims.placements.models import MentionPlacement, State
from annotations.claims.placements.services import (
    find_words,
    placement_confirm,
    placement_mark_gone,
    placement_select,
)
from annotations.lib.errors import DomainError, InvalidInput, StaleVersion
from annotations.projects.models import Project
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.placements import DecisionForm, WordsForm
from annotations.web.views.claims_find import find_version
from annotations.web.views.placements_read import (
    MOST_LISTED,
    MOST_SHOWN,
    count_placements,
    listed_placements,
    view_placements,
    with_rows,
)


@require_safe
@project_page()
def placement_list(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show how the mentions of earlier versions stand in this one, those to decide first."""
    version = find_version(request.user, project, uid)
    rows = listed_placements(request, version)
    counted = count_placements(rows)
    undecided = rows.filter(state=State.NEEDS_REVIEW)
    gone = rows.filter(state=State.ORPHANED)
    decided = rows.filter(decided_by__isnull=False).exclude(state=State.ORPHANED)
    parts = [
        list(with_rows(part)[:limit])
        for part, limit in ((undecided, MOST_SHOWN), (gone, MOST_LISTED), (decided, MOST_LISTED))
    ]
    views = iter(view_placements(request, version, [row for part in parts for row in part]))
    shown = [[next(views) for _row in part] for part in parts]
    context = {
        "version": version,
        "article": version.article,
        "counted": counted,
        "undecided": shown[0],
        "left": counted.open - len(shown[0]),
        "gone": shown[1],
        "gone_left": counted.by_state.get(State.ORPHANED, 0) - len(shown[1]),
        "decided": shown[2],
    }
    return render(request, "placements/list.html", context)


@require_safe
@project_page()
def placement_detail(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show one placement with its history, and the form to say where the words stand."""
    row = find_placement(request.user, project, uid)
    return _detail(request, row)


@require_POST
@project_page()
def placement_confirm_page(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Say that the mention stands at the proposed place."""
    row, form = _asked(request, project, uid)
    placement_confirm(actor=request.user, placement=row, revision=form.cleaned_data["revision"])
    return _next(request, row, _("Confirmed: claim %(number)d stands there."))


@require_POST
@project_page()
def placement_gone_page(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Say that the version no longer holds the words."""
    row, form = _asked(request, project, uid)
    placement_mark_gone(actor=request.user, placement=row, **form.cleaned_data)
    return _next(request, row, _("Marked as gone: claim %(number)d."))


@require_POST
@project_page()
def placement_select_page(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Say where the words stand: typed or pasted, or by their places in the text."""
    row = find_placement(request.user, project, uid)
    check_decide_placement(request.user, row.mention)
    form, status = WordsForm(request.POST), 400
    if form.is_valid():
        sent = form.cleaned_data
        try:
            placement_select(
                actor=request.user,
                placement=row,
                revision=sent["revision"],
                ranges=find_words(row, sent["words"]),
            )
        except StaleVersion:
            raise
        except DomainError as error:
            add_error(form, error)
            status = error.status
        else:
            return _next(request, row, _("Selected: claim %(number)d stands there."))
    return _detail(request, row, form, status=status)


def find_placement(user: User, project: Project, uid: UUID) -> MentionPlacement:
    """Return the placement with its mention and version; 404 unless the person may read it."""
    rows = MentionPlacement.objects.visible_to(user).filter(project=project, uid=uid)
    near = ("mention__claim__round", "mention__article", "version", "decided_by")
    row = rows.select_related(*near, "placed_from__version").first()
    if row is None:
        raise Http404
    row.project = row.mention.project = project
    row.mention.claim.project = row.mention.article.project = project
    row.version.project, row.version.article = project, row.mention.article
    return row


def _asked(
    request: SignedInRequest, project: Project, uid: UUID
) -> tuple[MentionPlacement, DecisionForm]:
    row = find_placement(request.user, project, uid)
    check_decide_placement(request.user, row.mention)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(_("The page was sent incompletely. Load it again, then try."))
    return row, form


def _next(request: SignedInRequest, row: MentionPlacement, words: str) -> HttpResponse:
    """Return to the list, where the next one stands first."""
    messages.success(request, words % {"number": row.mention.claim.number})
    address = reverse("placement-list", args=[row.project.slug, row.version.uid])
    return HttpResponseRedirect(f"{address}#next")


def _detail(
    request: SignedInRequest,
    row: MentionPlacement,
    form: WordsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    version: ArticleVersion = row.version
    (view,) = view_placements(request, version, [row])
    if form is None:
        form = WordsForm(initial={"revision": row.revision, "words": view.offered_words})
    context = {
        "view": view,
        "version": version,
        "article": version.article,
        "form": form,
        "history": timeline([row], request.user, sight=request.access.sight),
    }
    return render(request, "placements/detail.html", context, status=status)
