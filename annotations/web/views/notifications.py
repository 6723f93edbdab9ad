"""What I was told, what I follow, and what comes by mail."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.accounts.models import User
from annotations.inbox.mail import user_of_stop_token
from annotations.inbox.shown import (
    MOST_COUNTED,
    follows_shown,
    name_targets,
    notifications_shown,
    target_find,
    unread_count,
)
from annotations.inbox.watched import watched_said
from annotations.inbox.words import beside, said
from annotations.notifications import services
from annotations.notifications.kinds import Kind
from annotations.notifications.models import Follow, MailChoice, Notification
from annotations.projects.models import Project
from annotations.web.access import SignedInRequest, project_page, signed_in
from annotations.web.forms.notifications import FollowForm, MailForm

PAGE_SIZE = 30
MOST_FOLLOWS = 200


@require_safe
@signed_in
def notification_list(request: SignedInRequest) -> HttpResponse:
    """Show what I was told, latest first, and what I follow."""
    user = request.user
    projects = list(Project.objects.visible_to(user).order_by("name"))
    chosen = next((one for one in projects if one.slug == request.GET.get("project")), None)
    rows = notifications_shown(user)
    if chosen is not None:
        rows = rows.filter(project=chosen)
    only_unread = request.GET.get("unread") == "1"
    if only_unread:
        rows = rows.filter(read_at__isnull=True)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    follows = list(follows_shown(user)[:MOST_FOLLOWS])
    names = name_targets([*page.object_list, *follows], user)
    of_pages = watched_said(page.object_list, user)
    context = {
        "projects": projects,
        "chosen": chosen,
        "only_unread": only_unread,
        "page": page,
        "rows": [
            _line(one, names[one.target_uid].title, of_pages.get(one.pk, ""))
            for one in page.object_list
        ],
        "unread": unread_count(user),
        "follows": [(one, names[one.target_uid]) for one in follows],
    }
    return render(request, "notifications/list.html", context)


@require_safe
@signed_in
def notification_count(request: SignedInRequest) -> HttpResponse:
    """Answer with how many are unread, for the bell: asked for once a page is there."""
    count = unread_count(request.user)
    return JsonResponse({"unread": count, "most": MOST_COUNTED})


@require_POST
@signed_in
def notification_open(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Count one as read, and go to what it is about."""
    row = get_object_or_404(notifications_shown(request.user), uid=uid)
    services.notifications_read(actor=request.user, uids=[uid])
    return HttpResponseRedirect(name_targets([row], request.user)[row.target_uid].path)


@require_POST
@signed_in
def notifications_read(request: SignedInRequest) -> HttpResponse:
    """Count everything as read, or everything of one project, or one thing alone."""
    given = request.POST.get("project", "")
    chosen = Project.objects.visible_to(request.user).filter(slug=given).first()
    if given and chosen is None:
        raise Http404
    services.notifications_read_all(actor=request.user, project=chosen)
    messages.success(request, _("All read."))
    return redirect("notification-list")


@require_POST
@project_page()
def follow_start(request: SignedInRequest, project: Project) -> HttpResponse:
    """Follow an article, claim, source or statement."""
    form = FollowForm(request.POST)
    if not form.is_valid():
        raise Http404
    kind, uid = form.cleaned_data["kind"], form.cleaned_data["uid"]
    target = target_find(request.user, project, kind, uid)
    if target is None:
        raise Http404
    follow, _new = services.follow_start(actor=request.user, project=project, target=target)
    messages.success(request, _("You follow this now: you are told what happens to it."))
    return _back(request, follow, project)


@require_POST
@project_page()
def follow_stop(request: SignedInRequest, project: Project) -> HttpResponse:
    """Follow something no longer."""
    form = FollowForm(request.POST)
    if not form.is_valid():
        raise Http404
    kind, uid = form.cleaned_data["kind"], form.cleaned_data["uid"]
    mine = Follow.objects.filter(user=request.user, project=project)
    follow = get_object_or_404(mine, target_kind=kind, target_uid=uid)
    services.follow_stop(actor=request.user, kind=kind, uid=uid)
    messages.success(request, _("You follow this no longer."))
    return _back(request, follow, project)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def mail_choose(request: SignedInRequest) -> HttpResponse:
    """Choose of what I am told by mail too."""
    choice = MailChoice.objects.filter(user=request.user).first() or MailChoice()
    wanted = [one for one in Kind.values if one not in choice.not_by_mail]
    initial = {"no_mail": choice.no_mail, "by_mail": wanted}
    form = MailForm(request.POST or None, initial=initial)
    if request.method == "POST":
        # A form without a tick sends nothing, and means that.
        form = MailForm(request.POST, initial=initial)
        if form.is_valid():
            services.mail_choose(actor=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("mail-choose")
    status = 400 if form.is_bound else 200
    return render(request, "notifications/mail_choose.html", {"form": form}, status=status)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """End mail to whom the link was sent, without signing in; mail programs send it themselves.

    Opening the link changes nothing, as programs that look for harm open every link of a mail.
    """
    user = user_of_stop_token(token)
    if user is None:
        raise Http404
    if request.method == "POST":
        services.mail_stop(user=user)
    return render(request, "notifications/mail_stop.html", {"is_done": _has_stopped(user)})


def _has_stopped(user: User) -> bool:
    return MailChoice.objects.filter(user=user, no_mail=True).exists()


def _line(row: Notification, title: str, of_page: str) -> dict[str, object]:
    """Return what the list shows of one; `of_page` says it of a watched page, which it names."""
    return {
        "row": row,
        "said": of_page or said(row),
        "beside": beside(row),
        "title": "" if of_page else title,
    }


def _back(request: SignedInRequest, follow: Follow, project: Project) -> HttpResponse:
    """Go back to the list of what I follow, or to the page of the thing itself."""
    if request.POST.get("back") == "list":
        return HttpResponseRedirect(f"{redirect('notification-list').url}#follows")
    follow.project = project
    return HttpResponseRedirect(name_targets([follow], request.user)[follow.target_uid].path)
