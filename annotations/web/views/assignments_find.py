"""Finds assignments and what they are about for one person."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.projects.models import Project
from annotations.verification.assignments.models import Assignment
from annotations.verification.assignments.services import MOST_AT_ONCE


def assignment_rows(user: User, project: Project) -> "QuerySet[Assignment]":
    """Return the assignments of the project that the person may see, with what lines show."""
    rows = Assignment.objects.visible_to(user).filter(project=project)
    return rows.select_related("claim", "article", "assignee", "created_by")


def find_assignment(user: User, project: Project, uid: UUID) -> Assignment:
    """Return the assignment; 404 unless the person may see it."""
    found = assignment_rows(user, project).filter(uid=uid).first()
    if found is None:
        raise Http404
    return _of(project, found)


def find_assignments(user: User, project: Project, uids: Iterable[str]) -> list[Assignment]:
    """Return the chosen assignments; 404 where one is not there for the person."""
    wanted = _uids(uids)
    found = [_of(project, one) for one in assignment_rows(user, project).filter(uid__in=wanted)]
    if len(found) != len(wanted):
        raise Http404
    return found


def find_subjects(
    user: User, project: Project, claims: Iterable[str], articles: Iterable[str]
) -> list[Claim | Article]:
    """Return the chosen claims and articles; 404 where one is not there for the person."""
    wanted_claims, wanted_articles = _uids(claims), _uids(articles)
    found: list[Claim | Article] = [
        *Claim.objects.visible_to(user).filter(project=project, uid__in=wanted_claims),
        *Article.objects.visible_to(user).filter(project=project, uid__in=wanted_articles),
    ]
    if len(found) != len(wanted_claims) + len(wanted_articles):
        raise Http404
    return found


def subject_url(project: Project, assignment: Assignment) -> str:
    """Return where the work is done: the claim's page, or the article beside its text."""
    if assignment.claim is not None:
        names = {"slug": project.slug, "number": assignment.claim.number}
        return reverse("claim-detail", kwargs=names)
    assert assignment.article is not None
    return reverse("workbench", kwargs={"slug": project.slug, "uid": assignment.article.uid})


def _of(project: Project, assignment: Assignment) -> Assignment:
    # The request's own project knows the person's role; one read with the row would not.
    assignment.project = project
    return assignment


def _uids(given: Iterable[str]) -> set[UUID]:
    try:
        wanted = {UUID(one) for one in given}
    except ValueError as error:
        raise Http404 from error
    # One more than can be decided about at once, so that the service says how many can.
    return set(sorted(wanted)[: MOST_AT_ONCE + 1])
