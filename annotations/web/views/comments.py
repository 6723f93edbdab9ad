"""Commenting on a claim: saying something, changing it, taking it back, settling a thread."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.accounts.roles import Permission
from annotations.claims.models import Claim
from annotations.comments import services
from annotations.comments.models import Comment
from annotations.comments.permissions import (
    check_add_comment,
    check_edit_comment,
    check_reply_comment,
    check_resolve_comment,
)
from annotations.lib.errors import DomainError, StaleVersion
from annotations.projects.models import Membership, Project
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error, form_again
from annotations.web.forms.claims import ReasonForm
from annotations.web.forms.comments import CommentForm, NewCommentForm
from annotations.web.once import form_key, once, refused
from annotations.web.views.claims_find import find_claim


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def comment_create(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Comment on a claim, or reply to a comment on it."""
    claim = find_claim(request.user, project, number)
    check_add_comment(request.user, claim)
    form = NewCommentForm(request.POST or None)
    thread = None
    if form.is_bound and form.is_valid():
        if form.cleaned_data["thread"]:
            thread = find_comment(request, project, form.cleaned_data["thread"])
            check_reply_comment(request.user, thread)
        try:
            address = _make(request, claim, thread, form)
        except DomainError as error:
            refused(form, error, "form_key")
        else:
            return HttpResponseRedirect(address)
    shown = {"claim": claim, "thread": thread, "form": form}
    return render(request, "comments/create.html", shown, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def comment_edit(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Change a comment of mine; what it said before stays in the claim's history."""
    comment = find_comment(request, project, uid)
    check_edit_comment(request.user, comment)
    initial = {name: getattr(comment, name) for name in ("text", "confidential", "revision")}
    form = CommentForm(request.POST or None, initial=initial)
    shown: dict[str, Any] = {"comment": comment, "claim": comment.claim, "form": form}
    if form.is_bound and form.is_valid():
        wanted = dict(form.cleaned_data)
        revision = wanted.pop("revision") or 0
        try:
            services.comment_update(
                actor=request.user, comment=comment, revision=revision, **wanted
            )
        except StaleVersion as error:
            stored = find_comment(request, project, uid)
            form = form_again(request, form, error, stored.revision)
            shown |= {"form": form, "stale": stored}
            return render(request, "comments/edit.html", shown, status=412)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return _to(comment)
    return render(request, "comments/edit.html", shown, status=400 if form.is_bound else 200)


@require_POST
@project_page()
def comment_resolve(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Say that a thread is settled."""
    return _settle(request, project, uid, services.thread_resolve)


@require_POST
@project_page()
def comment_reopen(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Open a settled thread again."""
    return _settle(request, project, uid, services.thread_reopen)


@require_POST
@project_page()
def comment_discard(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Take a comment of mine back."""
    return _turn(request, project, uid, services.comment_discard, _("Taken back."))


@require_POST
@project_page()
def comment_restore(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Bring a comment of mine back."""
    return _turn(request, project, uid, services.comment_restore, _("Restored."))


@require_safe
@project_page(Permission.ANNOTATE)
def member_names(request: SignedInRequest, project: Project) -> HttpResponse:
    """Answer with the names that an @ can stand before."""
    rows = Membership.objects.filter(project=project, user__is_active=True)
    names = rows.order_by("user__display_name").values_list("user__display_name", flat=True)
    return JsonResponse({"names": [name for name in names.distinct() if name]})


def find_comment(request: SignedInRequest, project: Project, uid: UUID) -> Comment:
    """Return the comment with its claim and thread; 404 unless the person may read it."""
    rows = Comment.objects.visible_to(request.user).filter(project=project)
    comment: Comment = get_object_or_404(rows.select_related("claim", "thread"), uid=uid)
    for row in (comment, comment.claim, comment.beginning):
        row.project = project
    return comment


def _make(
    request: SignedInRequest, claim: Claim, thread: Comment | None, form: NewCommentForm
) -> str:
    def make() -> str:
        comment = services.comment_create(
            actor=request.user,
            claim=claim,
            text=form.cleaned_data["text"],
            thread=thread,
            confidential=form.cleaned_data["confidential"],
        )
        comment.claim = claim
        return _address(comment)

    return once(
        user=request.user,
        route="comment-create",
        action="comment.create",
        key=form_key(request.POST, "form_key"),
        make=make,
    )


def _settle(
    request: SignedInRequest,
    project: Project,
    uid: UUID,
    service: Callable[..., Comment],
) -> HttpResponse:
    comment = find_comment(request, project, uid)
    check_resolve_comment(request.user, comment)
    service(actor=request.user, comment=comment)
    return _to(comment)


def _turn(
    request: SignedInRequest,
    project: Project,
    uid: UUID,
    service: Callable[..., Comment],
    said: str,
) -> HttpResponse:
    comment = find_comment(request, project, uid)
    check_edit_comment(request.user, comment)
    form = ReasonForm(request.POST)
    form.is_valid()
    service(actor=request.user, comment=comment, **form.turn())
    messages.success(request, said)
    return _to(comment)


def _address(comment: Comment) -> str:
    names = {"slug": comment.claim.project.slug, "number": comment.claim.number}
    return f"{reverse('claim-detail', kwargs=names)}#comment-{comment.uid}"


def _to(comment: Comment) -> HttpResponseRedirect:
    return HttpResponseRedirect(_address(comment))
