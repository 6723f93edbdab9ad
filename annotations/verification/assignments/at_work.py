"""Who is working on what just now, as everybody in the project may see it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from annotations.planned import IsOneOf, PlannedValues, Slot
from annotations.verification.assignments.choices import AssignmentMode
from annotations.verification.assignments.models import Assignment


def at_work_on_claims(claim_ids: Iterable[int], viewer_id: int | None) -> dict[int, list[str]]:
    """Return the names of the others at work on each claim, by its id; one query."""
    return _by_row(_on_claims(list(claim_ids), viewer_id or 0, timezone.now()))


def at_work_on_articles(article_ids: Iterable[int], viewer_id: int | None) -> dict[int, list[str]]:
    """Return the names of the others at work on each article, by its id; one query."""
    return _by_row(_on_articles(list(article_ids), viewer_id or 0, timezone.now()))


@PlannedValues
def _on_claims(claim_ids: Slot, viewer_id: Slot, now: Slot) -> "QuerySet[Any, Any]":
    return _named(_running(viewer_id, now).filter(IsOneOf("claim", claim_ids)), "claim_id")


@PlannedValues
def _on_articles(article_ids: Slot, viewer_id: Slot, now: Slot) -> "QuerySet[Any, Any]":
    return _named(_running(viewer_id, now).filter(IsOneOf("article", article_ids)), "article_id")


def _running(viewer_id: Slot, now: Slot) -> "QuerySet[Assignment]":
    """Return the others' assignments whose lease runs, whatever has become of them.

    Were a name to go when its owner has judged, or handed back, its going would tell which. It
    goes when the lease ends, for all alike (docs/decisions/0022).
    """
    rows = Assignment.objects.filter(mode=AssignmentMode.OPEN, leased_until__gt=now)
    return rows.exclude(assignee=viewer_id)


def _named(rows: "QuerySet[Assignment]", column: str) -> "QuerySet[Any, Any]":
    named = rows.order_by("assignee__display_name", "assignee_id")
    return named.values_list(column, "assignee__display_name")


def _by_row(named: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row_id, name in named:
        if name not in found[row_id]:
            found[row_id].append(name)
    return found
