"""The marks that events leave on every claim resting on a statement."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from annotations.claims.chains import Chain, chains_of_events, in_order
from annotations.claims.models import Attribution, Claim
from annotations.lifecycle import choices
from annotations.lifecycle.models import LifecycleEvent
from annotations.planned import IsOneOf, PlannedValues, Slot
from annotations.projects.visibility import Sight
from annotations.statements.models import Statement

MARKING_GROUPS = (
    choices.EventGroup.CHANGE,
    choices.EventGroup.COMMITMENT,
    choices.EventGroup.WITHDRAWAL,
    choices.EventGroup.REMOVAL,
    choices.EventGroup.RETURN,
)
MARKING_TYPES = tuple(kind for group in MARKING_GROUPS for kind in choices.EVENT_GROUPS[group])

# What a mark tells and what decides who sees it: whole rows would be a hundred columns.
_COLUMNS = (
    "uid",
    "type",
    "statement__uid",
    "statement__hidden_at",
    "statement__confidential",
    "statement__created_by",
    "moderation__hidden_at",
)


class ToldEvent:
    """What is told of an event in one line; whoever tells it has these of it."""

    __slots__ = ()
    event: LifecycleEvent
    standing: str
    chain: Chain

    @property
    def group(self) -> choices.EventGroup:
        """Return the event's group: withdrawal, removal, ..."""
        return choices.GROUP_OF[self.event.type]

    @property
    def standing_text(self) -> str:
        """Return the standing in words."""
        return str(choices.Standing(self.standing).label)

    @property
    def reporters(self) -> str:
        """Return who reports it, the nearest to us last; empty when none can be named."""
        return in_order(hop.name for hop in self.chain if hop.is_named)


@dataclass(frozen=True, slots=True)
class Mark(ToldEvent):
    """One event on a statement that a claim rests on, with its standing and its reporters."""

    event: LifecycleEvent
    statement: Statement
    standing: str
    chain: Chain


def marks_for(claims: Iterable[Claim], sight: Sight) -> dict[int, list[Mark]]:
    """Return each claim's marks, oldest event first; four queries whatever the number of claims.

    A claim rests on the statements of its kept mentions' hops, or directly on its own; mentions in
    articles that the viewer may not see do not count.
    Refuted events are included, with that standing: nothing is erased.
    """
    statements_of: dict[int, set[int]] = defaultdict(set)
    ids = []
    for claim in claims:
        ids.append(claim.pk)
        if claim.statement_id:
            statements_of[claim.pk].add(claim.statement_id)
    hops = _hops(ids) if sight.sees_hidden else _hops_in_shown_articles(ids)
    for claim_id, statement_id in hops:
        statements_of[claim_id].add(statement_id)
    by_statement = marks_of_statements(set().union(*statements_of.values()), sight)
    return {
        claim_id: sorted(
            (mark for one in statement_ids for mark in by_statement.get(one, [])),
            key=lambda mark: mark.event.pk,
        )
        for claim_id, statement_ids in statements_of.items()
        if any(one in by_statement for one in statement_ids)
    }


@PlannedValues
def _hops(claim_ids: Slot) -> "QuerySet[Any, Any]":
    rows = Attribution.objects.filter(
        IsOneOf("mention__claim", claim_ids),
        mention__discarded_at__isnull=True,
        statement__isnull=False,
    )
    return rows.values_list("mention__claim_id", "statement_id")


@PlannedValues
def _hops_in_shown_articles(claim_ids: Slot) -> "QuerySet[Any, Any]":
    return _hops.make(claim_ids).filter(mention__article__hidden_at__isnull=True)


def marks_of_statements(statement_ids: Iterable[int], sight: Sight) -> dict[int, list[Mark]]:
    """Return the marks of statements that the viewer may see, oldest event first."""
    wanted = list(statement_ids)
    if not wanted:
        return {}
    events = [
        event
        for event in LifecycleEvent.objects.filter(statement_id__in=wanted, type__in=MARKING_TYPES)
        .with_standing()
        .select_related("statement", "moderation")
        .only(*_COLUMNS)
        .order_by("id")
        if sight.shows(event.statement) and sight.shows(getattr(event, "moderation", None))
    ]
    if not events:
        return {}
    chains = chains_of_events([event.pk for event in events], sight)
    marks: dict[int, list[Mark]] = defaultdict(list)
    for event in events:
        assert event.statement is not None
        marks[event.statement.pk].append(
            Mark(event, event.statement, event.standing, chains.get(event.pk, ()))
        )
    return dict(marks)
