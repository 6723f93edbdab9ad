"""Correcting what is said about an article."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.accounts.roles import Permission
from annotations.articles.errors import AddressTaken
from annotations.articles.models import Article
from annotations.articles.permissions import check_edit_article
from annotations.articles.services import article_update
from annotations.lib.errors import DomainError, StaleVersion
from annotations.projects.models import Project
from annotations.projects.visibility import sight_for_role
from annotations.search.choices import outlets_of
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.articles import ArticleEditForm
from annotations.web.forms.projects import COMMON_LANGUAGES
from annotations.web.views.claims_find import visible_article


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def article_edit(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Change headline, outlet, date, language, marking state; someone else's change is shown."""
    article = visible_article(request.user, project, uid)
    if article is None:
        raise Http404
    check_edit_article(request.user, article)
    form = ArticleEditForm(
        request.POST if request.method == "POST" else None,
        initial=ArticleEditForm.initial_of(article),
    )
    theirs: Article | None = None
    taken: Article | None = None
    if request.method == "POST" and form.is_valid():
        try:
            return _update(request, article, form)
        except StaleVersion:
            theirs = visible_article(request.user, project, uid) or article
            # Saving once more is a decision made in knowledge of theirs.
            form.data = {**request.POST.dict(), "revision": theirs.revision}
        except AddressTaken as error:
            taken = error.article
            add_error(form, error)
        except DomainError as error:
            add_error(form, error)
    context = {"form": form, "article": article, "theirs": theirs, "taken": taken}
    context["differences"] = differences(form, theirs) if theirs else []
    sight = sight_for_role(request.user, request.access.role)
    context |= {"languages": COMMON_LANGUAGES, "outlets": outlets_of(project, sight)}
    status = 412 if theirs else 400 if form.is_bound else 200
    return render(request, "articles/edit.html", context, status=status)


def differences(form: ArticleEditForm, theirs: Article) -> list[tuple[str, object]]:
    """Return label and their value of each field that someone else left differently."""
    mine, now = form.wanted(), ArticleEditForm.initial_of(theirs)
    return [(str(form.fields[name].label), now[name]) for name in mine if mine[name] != now[name]]


def _update(request: SignedInRequest, article: Article, form: ArticleEditForm) -> HttpResponse:
    article_update(
        actor=request.user,
        article=article,
        revision=form.cleaned_data["revision"],
        reason=form.cleaned_data["reason"],
        **form.wanted(),
    )
    messages.success(request, _("The article is changed."))
    return redirect("workbench", slug=article.project.slug, uid=article.uid)
