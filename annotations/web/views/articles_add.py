"""Adding an article or a version: hand in a text, wait while it is read, check it, save it."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from annotations.accounts.roles import Permission
from annotations.articles import uploads
from annotations.articles.models import Article, ArticleUpload, UploadState
from annotations.articles.permissions import check_add_article, check_add_version
from annotations.lib.errors import DomainError
from annotations.projects.models import Project
from annotations.projects.refusals import sentence
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.articles import HandInForm
from annotations.web.views.articles_save import save_article, save_version
from annotations.web.views.claims_find import visible_article

# How long a browser waits before it asks again, without any script.
SECONDS_BETWEEN_LOOKS = 2
# A page is read within 20 seconds or given up.
SLOW = timedelta(seconds=30)


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
    if upload.state == UploadState.SAVED and upload.article is not None:
        return redirect("workbench", slug=project.slug, uid=upload.article.uid)
    if upload.state != UploadState.READY:
        return _wait(request, upload)
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
        return _wait(request, upload, error)
    return redirect("article-upload", slug=project.slug, uid=upload.uid)


def find_upload(request: SignedInRequest, project: Project, uid: UUID) -> ArticleUpload:
    """Return the person's own upload; 404 to everyone else."""
    mine = ArticleUpload.objects.filter(project=project, created_by=request.user, uid=uid)
    return get_object_or_404(mine.select_related("article__project", "article__outlet", "file"))


def _hand_in(request: SignedInRequest, project: Project, article: Article | None) -> HttpResponse:
    form = HandInForm(request.POST, request.FILES) if request.method == "POST" else HandInForm()
    if request.method == "POST" and form.is_valid():
        try:
            upload = _take_in(request, project, form, article)
        except DomainError as error:
            add_error(form, error)
        else:
            return redirect("article-upload", slug=project.slug, uid=upload.uid)
    status = 400 if request.method == "POST" else 200
    context = {"form": form, "article": article}
    return render(request, "articles/hand_in.html", context, status=status)


def _take_in(
    request: SignedInRequest, project: Project, form: HandInForm, article: Article | None
) -> ArticleUpload:
    file = form.handed_in
    if file is None:
        text = form.cleaned_data["text"]
        return uploads.upload_paste(actor=request.user, project=project, text=text, article=article)
    uploads.check_upload_size(file.size or 0)
    return uploads.upload_file(
        actor=request.user,
        project=project,
        content=file.read(),
        name=file.name or "",
        article=article,
    )


def _wait(
    request: SignedInRequest, upload: ArticleUpload, error: DomainError | None = None
) -> HttpResponse:
    """Show that the file is being read, why it could not be, or ask for its encoding."""
    problem = uploads.problem_of(upload) if error is None else error
    context = {
        "upload": upload,
        "candidates": uploads.candidates_of(upload),
        "problem": problem,
        "is_slow": timezone.now() - upload.updated_at > SLOW,
        "problem_sentence": sentence(problem) if problem else "",
    }
    answer = render(request, "articles/wait.html", context, status=400 if error else 200)
    if upload.state != UploadState.FAILED:
        answer["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return answer
