"""Finds what an address names for one person, or says why it cannot be shown."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from annotations.accounts.models import User
from annotations.articles.models import Article, ArticleVersion
from annotations.audit.known_at import is_past
from annotations.claims.models import Claim, Mention
from annotations.lib.errors import Refused
from annotations.planned import Planned, Slot
from annotations.projects.marking import marking_of
from annotations.projects.models import Project
from annotations.projects.permissions import role_of
from annotations.projects.visibility import hidden_by_moderation, sight_for_role
from annotations.verification.evidence.models import ClaimEvidence
from annotations.web.access import SignedInRequest


@Planned
def _version(project_id: Slot, uid: Slot) -> QuerySet[ArticleVersion]:
    versions = ArticleVersion.objects.filter(project=project_id, uid=uid)
    later = ArticleVersion.objects.filter(article=OuterRef("article")).order_by("-number")
    latest = Subquery(later.values("number")[:1])
    rows = versions.select_related("article").defer("text")
    return rows.annotate(latest_number=latest)  # type: ignore[no-redef]  # declared there


def find_version(user: User, project: Project, uid: UUID) -> ArticleVersion:
    """Return the version, with its article and the number of the article's latest version.

    404 unless the person may read it.
    """
    found = _version(project.pk, uid)
    if not found:
        raise Http404
    version = found[0]
    _check_seen(user, project, version.article)
    # The request's own project knows the person's role; one read with the row would not.
    version.project = version.article.project = project
    return version


@Planned
def _claim(project_id: Slot, number: Slot) -> QuerySet[Claim]:
    """Read the claim, and whether there is any evidence on it that a judgement could rest on."""
    rows = Claim.objects.filter(project=project_id, number=number)
    on_it = ClaimEvidence.objects.filter(claim=OuterRef("pk"))
    rows = rows.select_related("statement", "created_by", "merged_into")
    return rows.annotate(has_evidence=Exists(on_it))


def find_claim(user: User, project: Project, number: int) -> Claim:
    """Return the claim of that number; 404 unless the person may read it."""
    found = _claim(project.pk, number)
    if not found:
        raise Http404
    claim = found[0]
    _check_seen(user, project, claim)
    claim.project = project
    return claim


def find_mention(user: User, project: Project, uid: UUID) -> Mention:
    """Return the mention with claim, version and span; 404 unless the person may read it."""
    mentions = Mention.objects.filter(project=project, uid=uid)
    rows = mentions.select_related("claim", "article", "version", "span").defer("version__text")
    mention = get_object_or_404(rows)
    _check_seen(user, project, mention, mention.claim, mention.article)
    for row in (mention, mention.claim, mention.article, mention.version):
        row.project = project
    return mention


def visible_article(user: User, project: Project, uid: UUID) -> Article | None:
    """Return the article if the person may read it."""
    articles = Article.objects.filter(project=project, uid=uid).select_related("outlet")
    article = articles.first()
    if article is None or not _sees(user, project, article):
        return None
    article.project = project
    return article


def _sees(user: User, project: Project, *rows: Model) -> bool:
    """Say whether the person may read all of these: as `visible_to`, with a role that is known."""
    role = role_of(user, project)
    sight = sight_for_role(user, role, marking_of(user.pk, project))
    return role is not None and all(sight.shows(row) for row in rows)


def _check_seen(user: User, project: Project, *rows: Model) -> None:
    if not _sees(user, project, *rows):
        raise Http404


def hidden_or_404(request: SignedInRequest, rows: "QuerySet[Any]", what: object) -> HttpResponse:
    """Tell the author of a hidden row why it was hidden, and nothing else; 404 to others."""
    row: Model | None = hidden_by_moderation(rows, request.user).first()
    if row is None:
        raise Http404
    reason = getattr(row, "hidden_reason", "")
    return render(request, "claims/hidden.html", {"what": what, "reason": reason})


def absent_context(user: User, project: Project, number: int) -> dict[str, object]:
    """Say that a claim cannot be shown: the same whether it is hidden or never was, but to the
    author of a hidden one.
    """
    rows = Claim.objects.filter(project=project, number=number)
    return {"absent": number, "is_hidden": hidden_by_moderation(rows, user).exists()}


def may(check: Callable[..., object], user: User, row: Model) -> bool:
    """Say whether a check passes, for showing or leaving out a button; the past has none."""
    if is_past():
        return False
    try:
        check(user, row)
    except Refused:
        return False
    return True


def version_of_address(request: SignedInRequest, project: Project) -> ArticleVersion | None:
    """Return the version a form or link says it stands beside (`in`), if it says so."""
    given = request.POST.get("in") or request.GET.get("in", "")
    if not given:
        return None
    try:
        uid = UUID(given)
    except ValueError as error:
        raise Http404 from error
    return find_version(request.user, project, uid)
