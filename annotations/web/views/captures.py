"""Captures of the address of an article or a statement: lists, files, and those made elsewhere.

What was fetched is never shown as a page: its words are in versions, its bytes in files.
"""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from annotations.accounts.roles import Permission
from annotations.articles.capturing import capture_queue
from annotations.articles.models import Article
from annotations.articles.permissions import check_add_version
from annotations.captures.copies import copy_queue
from annotations.captures.download import MOST_CAPTURES, wacz_response, warc_response
from annotations.captures.models import Capture
from annotations.captures.permissions import check_take_capture
from annotations.captures.uploading import captures_upload
from annotations.lib.errors import DomainError
from annotations.projects.models import Project
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.captures import CaptureFileForm, CopyForm
from annotations.web.views.captures_of import (
    Captured,
    captured_of_address,
    find_captured,
    hidden_captured,
)
from annotations.web.views.claims_find import may


@require_safe
@project_page()
def capture_list(request: SignedInRequest, project: Project, uid: UUID, of: str) -> HttpResponse:
    """Show the captures of the address of an article or a statement, the latest first."""
    try:
        subject = find_captured(request, project, uid, of)
    except Http404:
        return hidden_captured(request, project, uid, of)
    return _list(request, subject, CaptureFileForm(), CopyForm())


@require_POST
@project_page(Permission.ANNOTATE)
def capture_take(request: SignedInRequest, project: Project, uid: UUID, of: str) -> HttpResponse:
    """Have the page fetched now."""
    subject = find_captured(request, project, uid, of)
    check_take_capture(request.user, project)
    capture_queue(actor=request.user, project=project, url=subject.url)
    messages.success(request, _("The page is being fetched. It will stand here in a moment."))
    return _back(subject)


@require_POST
@project_page(Permission.ANNOTATE)
def capture_upload(request: SignedInRequest, project: Project, uid: UUID, of: str) -> HttpResponse:
    """Take in a WARC or WACZ file that was made elsewhere."""
    subject = find_captured(request, project, uid, of)
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

    return _kept(subject, form, keep) or _list(request, subject, form, CopyForm())


@require_POST
@project_page(Permission.ANNOTATE)
def capture_copy(request: SignedInRequest, project: Project, uid: UUID, of: str) -> HttpResponse:
    """Have the copy fetched that a web archive keeps of the page."""
    subject = find_captured(request, project, uid, of)
    check_take_capture(request.user, project)
    form = CopyForm(request.POST)

    def keep() -> None:
        copy_queue(
            actor=request.user,
            project=project,
            url=form.cleaned_data["url"],
            original=subject.canonical_url,
        )
        messages.success(request, _("The copy is being fetched. It will stand here in a moment."))

    return _kept(subject, form, keep) or _list(request, subject, CaptureFileForm(), form)


@require_safe
@project_page()
def capture_archive(request: SignedInRequest, project: Project, uid: UUID, of: str) -> HttpResponse:
    """Send the captures of an address as one archive, to be saved."""
    subject = find_captured(request, project, uid, of)
    captures = subject.captures(request).select_related("file")[:MOST_CAPTURES]
    name = f"{project.slug}-{subject.row.uid}"
    # A file on its way: a response all the same.
    return wacz_response(captures, title=subject.title, name=name)  # type: ignore[return-value]


@require_safe
@project_page()
def capture_detail(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show what one capture brought home, and how it was judged."""
    capture = _find_capture(request, project, uid)
    subject = captured_of_address(request, capture)
    return render(request, "captures/detail.html", {"capture": capture, "subject": subject})


@require_safe
@project_page()
def capture_warc(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Send a capture's WARC file, to be saved."""
    return warc_response(_find_capture(request, project, uid))


def _find_capture(request: SignedInRequest, project: Project, uid: UUID) -> Capture:
    seen = Capture.objects.visible_to(request.user).select_related("file", "created_by")
    return get_object_or_404(seen, project=project, uid=uid)


def _back(subject: Captured) -> HttpResponse:
    return redirect(subject.routes["list"], slug=subject.row.project.slug, uid=subject.row.uid)


def _kept(subject: Captured, form: forms.Form, keep: Callable[[], None]) -> HttpResponse | None:
    """Do what the form asks for and go back to the list; None where something is wrong with it."""
    if not form.is_valid():
        return None
    try:
        keep()
    except DomainError as error:
        add_error(form, error)
        return None
    return _back(subject)


def _list(
    request: SignedInRequest, subject: Captured, file_form: forms.Form, copy_form: forms.Form
) -> HttpResponse:
    captures = list(subject.captures(request).select_related("created_by")[:MOST_CAPTURES])
    context = {
        "subject": subject,
        "captures": captures,
        "is_archived": any(capture.file_id for capture in captures),
        "most": MOST_CAPTURES,
        "file_form": file_form,
        "copy_form": copy_form,
        "may_take": may(check_take_capture, request.user, subject.row.project),
        "may_refresh": _may_refresh(request, subject),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "captures/list.html", context, status=status)


def _may_refresh(request: SignedInRequest, subject: Captured) -> bool:
    """Say whether to offer to hold an article against its page as it is now."""
    is_article = isinstance(subject.row, Article)
    return is_article and may(check_add_version, request.user, subject.row)
