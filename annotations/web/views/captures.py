"""Captures of the address of an article or a statement: lists, files, and those made elsewhere.

What was fetched is never shown as a page: its words are in versions, its bytes in files.
"""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
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
from annotations.projects.refusals import sentence
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.captures import CaptureFileForm, CopyForm
from annotations.web.views.captures_of import (
    Captured,
    captured_of_address,
    find_captured,
    hidden_captured,
)
from annotations.web.views.captures_wait import listed
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


@require_safe
@project_page()
def capture_state(request: SignedInRequest, project: Project, uid: UUID, of: str) -> HttpResponse:
    """Show the captures and what is waited for, as the part of the list that a script puts in."""
    subject = find_captured(request, project, uid, of)
    return render(request, "captures/_state.html", listed(request, subject))


@require_POST
@project_page(Permission.ANNOTATE)
def capture_take(request: SignedInRequest, project: Project, uid: UUID, of: str) -> HttpResponse:
    """Have the page fetched now."""
    subject = find_captured(request, project, uid, of)
    check_take_capture(request.user, project)
    try:
        uid = capture_queue(actor=request.user, project=project, url=subject.url)
    except DomainError as error:
        messages.error(request, sentence(error))
        return _back(subject)
    return _back(subject, take=uid)


@require_POST
@project_page(Permission.ANNOTATE)
def capture_upload(request: SignedInRequest, project: Project, uid: UUID, of: str) -> HttpResponse:
    """Take in a WARC or WACZ file that was made elsewhere."""
    subject = find_captured(request, project, uid, of)
    check_take_capture(request.user, project)
    form = CaptureFileForm(request.POST, request.FILES)

    def keep() -> dict[str, UUID | int]:
        file = form.cleaned_data["file"]
        kept = captures_upload(
            actor=request.user, project=project, content=file.read(), name=file.name or ""
        )
        return {"file": kept.file.uid, "pages": kept.answers}

    return _kept(subject, form, keep) or _list(request, subject, form, CopyForm())


@require_POST
@project_page(Permission.ANNOTATE)
def capture_copy(request: SignedInRequest, project: Project, uid: UUID, of: str) -> HttpResponse:
    """Have the copy fetched that a web archive keeps of the page."""
    subject = find_captured(request, project, uid, of)
    check_take_capture(request.user, project)
    form = CopyForm(request.POST)

    def keep() -> dict[str, UUID | int]:
        url, original = form.cleaned_data["url"], subject.canonical_url
        uid = copy_queue(actor=request.user, project=project, url=url, original=original)
        return {"copy": uid}

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


def _back(subject: Captured, **waited: UUID | int) -> HttpResponse:
    """Go back to the list, which waits there for what was asked of the worker."""
    names = {"slug": subject.row.project.slug, "uid": subject.row.uid}
    query = f"?{urlencode({name: str(value) for name, value in waited.items()})}" if waited else ""
    return redirect(reverse(subject.routes["list"], kwargs=names) + query)


def _kept(
    subject: Captured, form: forms.Form, keep: Callable[[], dict[str, UUID | int]]
) -> HttpResponse | None:
    """Do what the form asks for and go back to the list; None where something is wrong with it."""
    if not form.is_valid():
        return None
    try:
        waited = keep()
    except DomainError as error:
        add_error(form, error)
        return None
    return _back(subject, **waited)


def _list(
    request: SignedInRequest, subject: Captured, file_form: forms.Form, copy_form: forms.Form
) -> HttpResponse:
    context = {
        **listed(request, subject),
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
