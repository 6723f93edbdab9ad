"""The check page of an upload: save it as an article, as a copy, or as a version of another."""

import re
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from annotations.articles import uploads
from annotations.articles.errors import AddressTaken, SavedAlready, TextKnown
from annotations.articles.extraction import begin_with, begins_with
from annotations.articles.models import Article, ArticleUpload, UploadState
from annotations.articles.permissions import check_add_article, check_add_version
from annotations.articles.saved import check_said
from annotations.lib.errors import DomainError, StaleVersion
from annotations.projects.models import Project
from annotations.projects.refusals import sentence
from annotations.projects.visibility import sight_for_role
from annotations.search.choices import outlets_of
from annotations.web.access import SignedInRequest
from annotations.web.errors import add_error
from annotations.web.forms.articles import ArticleCheckForm, TextForm
from annotations.web.forms.projects import COMMON_LANGUAGES
from annotations.web.views.versions_compare import changes_between

# Of the text's beginning the page shows so many lines, and code points of each.
LINES_SHOWN, LONGEST_LINE, LONGEST_LOOKED_AT = 3, 200, 4_000


def save_article(request: SignedInRequest, project: Project, upload: ArticleUpload) -> HttpResponse:
    """Check an upload and make an article of it; offer what its address or text suggests."""
    check_add_article(request.user, project)
    found = uploads.found_of(upload)
    former = _former(request, found)
    form = ArticleCheckForm(
        request.POST if request.method == "POST" else None,
        initial=ArticleCheckForm.initial_of(found),
    )
    offer: DomainError | None = None
    if _is_saving(request) and form.is_valid():
        try:
            return _save(request, project, upload, form, former=former)
        except (AddressTaken, TextKnown, SavedAlready) as error:
            offer = error
        except DomainError as error:
            add_error(form, error)
    context = {"form": form, "upload": upload, **_offered(offer)}
    context["beginning"] = beginning_of(whole_text(form, form["title"].value(), former))
    context["former"] = former
    sight = sight_for_role(request.user, request.access.role)
    context |= {"languages": COMMON_LANGUAGES, "outlets": outlets_of(project, sight)}
    status = 409 if offer else 400 if form.is_bound and _is_saving(request) else 200
    return render(request, "articles/check.html", context, status=status)


def save_version(
    request: SignedInRequest, project: Project, upload: ArticleUpload, article: Article
) -> HttpResponse:
    """Check an upload and give it to its article as a further version."""
    check_add_version(request.user, article)
    found = uploads.found_of(upload)
    form = TextForm(
        request.POST if request.method == "POST" else None, initial={"text": found.text}
    )
    former = _former(request, found)
    text = whole_text(form, article.title)
    if begins_with(text_of(form), former):
        # The page's own headline, which may have been changed since: that is for all to see.
        text = text_of(form)
    offer: DomainError | None = None
    latest = article.versions.latest("number")
    after, status = _after(request) or latest.number, 200
    if form.is_bound and _is_saving(request):
        status = 400
    if status == 400 and form.is_valid():
        try:
            return _add_version(request, upload, article, text)
        except SavedAlready as error:
            offer, status = error, error.status
        except StaleVersion as error:
            add_error(form, error)
            latest = article.versions.latest("number")
            after, status = latest.number, error.status
        except DomainError as error:
            add_error(form, error)
    context = {"form": form, "upload": upload, "article": article, **_offered(offer)}
    context |= {"former": former, "beginning": beginning_of(text), "after": after}
    if upload.is_refresh and found.text:
        context |= {"latest": latest, "changes": changes_between(latest.text, found.text)}
    return render(request, "articles/check_version.html", context, status=status)


def text_of(form: TextForm) -> str:
    """Return the text that stands in the form, checked or not."""
    return (form["text"].value() or "").replace("\r\n", "\n")


def whole_text(form: TextForm, title: str | None, former: str = "") -> str:
    """Return the text, begun with the headline if that was asked for and it is not there.

    `former` is the headline that was read, whose place the corrected one takes.
    """
    text = text_of(form)
    if not form["headline_first"].value():
        return text
    return begin_with(text, headline=(title or "").strip(), former=former)


def beginning_of(text: str) -> list[str]:
    """Return the first lines of a text, as the page shows them before it is saved."""
    lines = (line.strip() for line in text[:LONGEST_LOOKED_AT].split("\n"))
    found = islice((line for line in lines if line), LINES_SHOWN)
    return [Truncator(line).chars(LONGEST_LINE) for line in found]


def _is_saving(request: SignedInRequest) -> bool:
    """Say whether the form was sent to be saved, and not only to see how its text begins."""
    return request.method == "POST" and request.POST.get("decision") != "look"


def _former(request: SignedInRequest, found: uploads.FoundArticle) -> str:
    """Return the headline that was read; of what was saved meanwhile only the page still has it."""
    return found.title or request.POST.get("former", "")


def _after(request: SignedInRequest) -> int | None:
    """Return the number of the version that was the latest when the page was first shown."""
    sent = request.POST.get("after", "")
    return int(sent) if re.fullmatch(r"[0-9]{1,9}", sent) else None


def _offered(offer: DomainError | None) -> dict[str, Any]:
    """Return what the page tells of something in the way, and of the ways out of it."""
    return {
        "offer": offer,
        "is_taken": is_taken(offer),
        "is_saved": isinstance(offer, SavedAlready),
        "offer_sentence": sentence(offer) if offer else "",
    }


def is_taken(offer: DomainError | None) -> bool:
    """Say whether the address belongs to an article that the text can become a version of."""
    return isinstance(offer, AddressTaken) and offer.article is not None


def _save(
    request: SignedInRequest,
    project: Project,
    upload: ArticleUpload,
    form: ArticleCheckForm,
    *,
    former: str,
) -> HttpResponse:
    """Save as the pressed button says. Raises AddressTaken, TextKnown and other DomainErrors."""
    decision = request.POST.get("decision", "")
    text = whole_text(form, form.cleaned_data["title"], former)
    try:
        article = uploads.upload_save_article(
            actor=request.user,
            upload=upload,
            text=text,
            copy_ok=decision == "copy",
            **form.wanted(),
        )
        if upload.state == UploadState.SAVED:
            check_said(article, **form.wanted())
    except SavedAlready as error:
        return _further(request, upload, error, text)
    except AddressTaken as error:
        if decision != "version" or error.article is None:
            raise
        check_add_version(request.user, error.article)
        return _add_version(request, upload, error.article, text)
    messages.success(request, _("The article is saved."))
    return redirect("workbench", slug=project.slug, uid=article.uid)


def _add_version(
    request: SignedInRequest, upload: ArticleUpload, article: Article, text: str
) -> HttpResponse:
    try:
        version, is_new = uploads.upload_save_version(
            actor=request.user, upload=upload, article=article, text=text, after=_after(request)
        )
    except SavedAlready as error:
        return _further(request, upload, error, text)
    if is_new:
        messages.success(request, _("Version %(n)d is saved.") % {"n": version.number})
    else:
        messages.info(request, _("The latest version has exactly this text: nothing was added."))
    return redirect("workbench", slug=upload.project.slug, uid=article.uid)


def _further(
    request: SignedInRequest, upload: ArticleUpload, saved: SavedAlready, text: str
) -> HttpResponse:
    """Take other words than were saved as a further version, to be checked, if that was asked for;
    raise what stands in the way otherwise.
    """
    if request.POST.get("decision") != "further":
        raise saved
    check_add_version(request.user, saved.article)
    made = uploads.upload_paste(
        actor=request.user, project=upload.project, text=text, article=saved.article
    )
    return redirect("article-upload", slug=upload.project.slug, uid=made.uid)
