"""Who is working on what just now, as everybody in the project may see it."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from annotations.verification.assignments.choices import AssignmentMode
from annotations.verification.assignments.models import Assignment


def at_work_on_claims(claim_ids: Iterable[int], viewer_id: int | None) -> dict[int, list[str]]:
    """Return the names of the others at work on each claim, by its id; one query."""
    return _names(_running(viewer_id).filter(claim__in=list(claim_ids)), "claim_id")


def at_work_on_articles(article_ids: Iterable[int], viewer_id: int | None) -> dict[int, list[str]]:
    """Return the names of the others at work on each article, by its id; one query."""
    return _names(_running(viewer_id).filter(article__in=list(article_ids)), "article_id")


def _running(viewer_id: int | None) -> "QuerySet[Assignment]":
    """Return the others' assignments whose lease runs, whatever has become of them.

    Were a name to go when its owner has judged, or handed back, its going would tell which. It
    goes when the lease ends, for all alike (docs/decisions/0022).
    """
    rows = Assignment.objects.filter(mode=AssignmentMode.OPEN, leased_until__gt=timezone.now())
    return rows.exclude(assignee=viewer_id)


def _names(rows: "QuerySet[Assignment]", column: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    named = rows.order_by("assignee__display_name", "assignee_id")
    for row_id, name in named.values_list(column, "assignee__display_name"):
        if name not in found[row_id]:
            found[row_id].append(name)
    return found
