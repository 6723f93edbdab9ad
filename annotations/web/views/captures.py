"""Captures of an article's address: the list, one of them, files to be saved, and others' captures.

What was fetched is never shown as a page: its words are in versions, its bytes in files.
"""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from annotations.accounts.roles import Permission
from annotations.articles.capturing import capture_queue
from annotations.articles.models import Article, ArticleVersion
from annotations.articles.permissions import check_add_version
from annotations.captures.copies import copy_queue
from annotations.captures.download import MOST_CAPTURES, wacz_response, warc_response
from annotations.captures.models import Capture
from annotations.captures.permissions import check_take_capture
from annotations.captures.querysets import CaptureQuerySet
from annotations.captures.uploading import captures_upload
from annotations.lib.errors import DomainError
from annotations.projects.models import Project
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.captures import CaptureFileForm, CopyForm
from annotations.web.views.claims_find import hidden_or_404, may, visible_article


@require_safe
@project_page()
def article_captures(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show the captures of an article's address, the latest first."""
    article = visible_article(request.user, project, uid)
    if article is None:
        rows = Article.objects.filter(project=project, uid=uid)
        return hidden_or_404(request, rows, gettext_lazy("article"))
    return _list(request, project, article, CaptureFileForm(), CopyForm())


@require_POST
@project_page(Permission.ANNOTATE)
def capture_take(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Have the article's page fetched now."""
    article = _find_article(request, project, uid)
    check_take_capture(request.user, project)
    capture_queue(actor=request.user, project=project, url=article.url)
    messages.success(request, _("The page is being fetched. It will stand here in a moment."))
    return redirect("article-captures", slug=project.slug, uid=article.uid)


@require_POST
@project_page(Permission.ANNOTATE)
def capture_upload(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Take in a WARC or WACZ file that was made elsewhere."""
    article = _find_article(request, project, uid)
    check_take_capture(request.user, project)
    form = CaptureFileForm(request.POST, request.FILES)

    def keep() -> None:
        file = form.cleaned_data["file"]
        found = captures_upload(
            actor=request.user, project=project, content=file.read(), name=file.name or ""
        ).answers
        said = ngettext(
            "The file is kept. %(n)d page is being read from it.",
            "The file is kept. %(n)d pages are being read from it.",
            found,
        )
        messages.success(request, said % {"n": found})

    return _kept(request, project, article, form, keep) or _list(
        request, project, article, form, CopyForm()
    )


@require_POST
@project_page(Permission.ANNOTATE)
def capture_copy(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Have the copy fetched that a web archive keeps of the article's page."""
    article = _find_article(request, project, uid)
    check_take_capture(request.user, project)
    form = CopyForm(request.POST)

    def keep() -> None:
        copy_queue(
            actor=request.user,
            project=project,
            url=form.cleaned_data["url"],
            original=article.canonical_url,
        )
        messages.success(request, _("The copy is being fetched. It will stand here in a moment."))

    return _kept(request, project, article, form, keep) or _list(
        request, project, article, CaptureFileForm(), form
    )


@require_safe
@project_page()
def article_wacz(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Send the captures of an article's address as one archive, to be saved."""
    article = _find_article(request, project, uid)
    captures = _captures(request, article).select_related("file")[:MOST_CAPTURES]
    name = f"{project.slug}-{article.uid}"
    # A file on its way: a response all the same.
    return wacz_response(captures, title=article.title, name=name)  # type: ignore[return-value]


@require_safe
@project_page()
def capture_detail(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show what one capture brought home, and how it was judged."""
    capture = _find_capture(request, project, uid)
    articles = Article.objects.visible_to(request.user)
    article = articles.filter(project=project, canonical_url=capture.canonical_url).first()
    return render(request, "captures/detail.html", {"capture": capture, "article": article})


@require_safe
@project_page()
def capture_warc(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Send a capture's WARC file, to be saved."""
    return warc_response(_find_capture(request, project, uid))


def _find_article(request: SignedInRequest, project: Project, uid: UUID) -> Article:
    article = visible_article(request.user, project, uid)
    if article is None:
        raise Http404
    return article


def _find_capture(request: SignedInRequest, project: Project, uid: UUID) -> Capture:
    seen = Capture.objects.visible_to(request.user).select_related("file", "created_by")
    return get_object_or_404(seen, project=project, uid=uid)


def _captures(request: SignedInRequest, article: Article) -> CaptureQuerySet:
    """Return the captures of the article's address that the person may see, the latest first.

    A version's own capture is among them, though another address may have led there.
    """
    read = ArticleVersion.objects.filter(article=article, capture__isnull=False)
    wanted = Q(pk__in=read.values("capture"))
    if article.canonical_url:
        wanted |= Q(canonical_url=article.canonical_url)
    rows = Capture.objects.visible_to(request.user).filter(project=article.project)
    return rows.filter(wanted).order_by("-taken_at", "-id")


def _kept(
    request: SignedInRequest,
    project: Project,
    article: Article,
    form: forms.Form,
    keep: Callable[[], None],
) -> HttpResponse | None:
    """Do what the form asks for and go back to the list; None where something is wrong with it."""
    if not form.is_valid():
        return None
    try:
        keep()
    except DomainError as error:
        add_error(form, error)
        return None
    return redirect("article-captures", slug=project.slug, uid=article.uid)


def _list(
    request: SignedInRequest,
    project: Project,
    article: Article,
    file_form: forms.Form,
    copy_form: forms.Form,
) -> HttpResponse:
    captures = list(_captures(request, article).select_related("created_by")[:MOST_CAPTURES])
    context = {
        "article": article,
        "captures": captures,
        "is_archived": any(capture.file_id for capture in captures),
        "most": MOST_CAPTURES,
        "file_form": file_form,
        "copy_form": copy_form,
        "may_take": may(check_take_capture, request.user, project),
        "may_refresh": may(check_add_version, request.user, article),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "captures/list.html", context, status=status)
