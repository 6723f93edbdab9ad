"""Waiting for a page or file to be read: how far it has come, what came of it, why it failed."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.accounts.roles import Permission
from annotations.articles import by_address, uploads
from annotations.articles.models import ArticleUpload, UploadState
from annotations.articles.permissions import check_add_version
from annotations.articles.refreshing import Outcome
from annotations.captures.models import Capture
from annotations.captures.permissions import check_take_capture
from annotations.lib.errors import DomainError
from annotations.projects.models import Project
from annotations.projects.refusals import sentence
from annotations.web.access import SignedInRequest, project_page
from annotations.web.views.claims_find import visible_article

# How long a browser without scripts waits before it asks again.
SECONDS_BETWEEN_LOOKS = 2
# A file is read within 20 seconds or given up.
SLOW_FILE = timedelta(seconds=30)
_FETCHED = (UploadState.WAITING, UploadState.FETCHING, UploadState.READING)
_HANDED_IN = (UploadState.WAITING, UploadState.READING)


@require_safe
@project_page(Permission.ANNOTATE)
def upload_state(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show how far an upload has come, as the part of its page that a script puts in place."""
    upload = find_upload(request, project, uid)
    return render(request, "articles/_wait.html", waiting(request, upload))


@require_POST
@project_page(Permission.ANNOTATE)
def upload_again(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Fetch a page anew that could not be used."""
    upload = find_upload(request, project, uid)
    check_take_capture(request.user, project)
    by_address.upload_again(actor=request.user, upload=upload)
    return redirect("article-upload", slug=project.slug, uid=upload.uid)


@require_POST
@project_page(Permission.ANNOTATE)
def article_refresh(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Have the worker look whether an article's page has changed."""
    article = visible_article(request.user, project, uid)
    if article is None:
        raise Http404
    check_add_version(request.user, article)
    try:
        upload = by_address.article_refresh(actor=request.user, article=article)
    except DomainError as error:
        messages.error(request, sentence(error))
        return redirect("version-list", slug=project.slug, uid=article.uid)
    return redirect("article-upload", slug=project.slug, uid=upload.uid)


def find_upload(request: SignedInRequest, project: Project, uid: UUID) -> ArticleUpload:
    """Return the person's own upload, or what came of refreshing an article; 404 otherwise."""
    rows = ArticleUpload.objects.visible_to(request.user).filter(project=project, uid=uid)
    related = ("article__project", "article__outlet", "file", "capture", "project")
    return get_object_or_404(rows.select_related(*related))


def show_wait(
    request: SignedInRequest, upload: ArticleUpload, error: DomainError | None = None
) -> HttpResponse:
    """Show that a page or file is being read, why it could not be, or ask for its encoding."""
    context = waiting(request, upload, error)
    return render(request, "articles/wait.html", context, status=400 if error else 200)


def waiting(
    request: SignedInRequest, upload: ArticleUpload, error: DomainError | None = None
) -> dict[str, object]:
    """Return what the page that waits and the part of it that changes are drawn from."""
    problem = error or uploads.problem_of(upload)
    steps = _FETCHED if upload.url else _HANDED_IN
    is_under_way = upload.state in steps
    seen = Capture.objects.visible_to(request.user)
    return {
        "upload": upload,
        "is_under_way": is_under_way,
        "steps": _steps(upload, steps) if is_under_way else [],
        "said": _said(upload, problem),
        "go": _following(upload),
        "seconds": SECONDS_BETWEEN_LOOKS,
        "candidates": uploads.candidates_of(upload),
        "problem": problem,
        "problem_sentence": sentence(problem) if problem else "",
        "is_slow": _is_slow(upload),
        "capture": seen.filter(pk=upload.capture_id).first() if upload.capture_id else None,
    }


def _steps(upload: ArticleUpload, steps: tuple[UploadState, ...]) -> list[tuple[str, bool, bool]]:
    """Return the steps of the way: words, whether it is done, whether it is the present one."""
    at = steps.index(UploadState(upload.state))
    words = {
        UploadState.WAITING: _("Queued"),
        UploadState.FETCHING: _("Fetching the page"),
        UploadState.READING: _("Comparing") if upload.is_refresh else _("Reading the text"),
    }
    return [(words[step], n < at, n == at) for n, step in enumerate(steps)]


def _said(upload: ArticleUpload, problem: DomainError | None) -> str:
    """Say in a sentence where it stands; the same words are read out when they change."""
    if problem is not None:
        return sentence(problem)
    if upload.state == UploadState.SAVED:
        return _outcome_words(upload)
    is_page = bool(upload.url)
    words = {
        UploadState.WAITING: _("Waiting for the worker."),
        UploadState.FETCHING: _("The page is being fetched and archived."),
        UploadState.READING: _("The text is being read."),
        UploadState.READY: _("The page is read. Check it.") if is_page else _("The file is read."),
        UploadState.FAILED: _("The file does not say how its letters are stored."),
    }
    return words[UploadState(upload.state)]


def _outcome_words(upload: ArticleUpload) -> str:
    number = upload.found.get("version")
    words = {
        Outcome.SAME: _("The text is unchanged. The capture is kept."),
        Outcome.OLDER: _("What was fetched is older than version %(n)d. The capture is kept."),
        Outcome.VERSION: _("The text has changed: version %(n)d was added."),
    }
    outcome = upload.found.get("outcome")
    return words[Outcome(outcome)] % {"n": number} if outcome else _("Saved.")


def _following(upload: ArticleUpload) -> str:
    """Return where a page that waited goes by itself; empty where what came is shown in place."""
    is_check = upload.state == UploadState.READY
    is_article = upload.state == UploadState.SAVED and "outcome" not in upload.found
    if not is_check and not is_article:
        return ""
    return reverse("article-upload", args=[upload.project.slug, upload.uid])


def _is_slow(upload: ArticleUpload) -> bool:
    if upload.url:
        return by_address.is_slow(upload)
    return upload.state in _HANDED_IN and timezone.now() - upload.updated_at > SLOW_FILE
