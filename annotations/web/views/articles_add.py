"""Adding an article or a version: hand in a text, wait while it is read, check it, save it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.accounts.roles import Permission
from annotations.articles import uploads
from annotations.articles.by_address import upload_address
from annotations.articles.errors import AddressTaken
from annotations.articles.models import Article, ArticleUpload, UploadState
from annotations.articles.permissions import check_add_article, check_add_version
from annotations.captures.permissions import check_take_capture
from annotations.lib.errors import DomainError
from annotations.projects.models import Project
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.articles import HandInForm
from annotations.web.views.articles_save import save_article, save_version
from annotations.web.views.articles_wait import find_upload, show_wait
from annotations.web.views.claims_find import may, visible_article


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def article_create(request: SignedInRequest, project: Project) -> HttpResponse:
    """Hand in the text of a new article."""
    check_add_article(request.user, project)
    return _hand_in(request, project, None)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def version_create(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Hand in a further version of an article."""
    article = visible_article(request.user, project, uid)
    if article is None:
        raise Http404
    check_add_version(request.user, article)
    return _hand_in(request, project, article)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def upload_check(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show how far reading has come; then what was read, to be checked and saved."""
    upload = find_upload(request, project, uid)
    if upload.state == UploadState.SAVED and upload.article and not upload.found:
        if request.method != "POST":
            return redirect("workbench", slug=project.slug, uid=upload.article.uid)
        if "title" in request.POST:
            return save_article(request, project, upload)
        return save_version(request, project, upload, upload.article)
    if upload.state != UploadState.READY:
        return show_wait(request, upload)
    if upload.article is not None:
        return save_version(request, project, upload, upload.article)
    return save_article(request, project, upload)


@require_POST
@project_page(Permission.ANNOTATE)
def upload_encoding(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Read the file in the encoding the person recognised."""
    upload = find_upload(request, project, uid)
    try:
        uploads.upload_pick_encoding(
            actor=request.user, upload=upload, encoding=request.POST.get("encoding", "")
        )
    except DomainError as error:
        return show_wait(request, upload, error)
    return redirect("article-upload", slug=project.slug, uid=upload.uid)


def _hand_in(request: SignedInRequest, project: Project, article: Article | None) -> HttpResponse:
    is_sent = request.method == "POST"
    asked = {name: request.GET.get(name, "") for name in ("url", "page")}
    form = HandInForm(request.POST, request.FILES) if is_sent else HandInForm(initial=asked)
    taken: Article | None = None
    if request.method == "POST" and form.is_valid():
        try:
            upload = _take_in(request, project, form, article)
        except DomainError as error:
            taken = error.article if isinstance(error, AddressTaken) else None
            if taken is None:
                add_error(form, error)
            else:
                form.add_error("url", _("This article is here already; see above."))
        else:
            return redirect("article-upload", slug=project.slug, uid=upload.uid)
    status = 400 if request.method == "POST" else 200
    context = {
        "form": form,
        "article": article,
        "taken": taken,
        "may_refresh": taken is not None and may(check_add_version, request.user, taken),
    }
    return render(request, "articles/hand_in.html", context, status=status)


def _take_in(
    request: SignedInRequest, project: Project, form: HandInForm, article: Article | None
) -> ArticleUpload:
    values, file = form.cleaned_data, form.handed_in
    if values["url"]:
        check_take_capture(request.user, project)
        return upload_address(
            actor=request.user, project=project, url=values["url"], article=article
        )
    if file is None:
        return uploads.upload_paste(
            actor=request.user,
            project=project,
            text=values["text"],
            article=article,
            url=values["page"],
        )
    uploads.check_upload_size(file.size or 0)
    return uploads.upload_file(
        actor=request.user,
        project=project,
        content=file.read(),
        name=file.name or "",
        article=article,
    )
