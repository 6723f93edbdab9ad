"""What became of a statement or article, in order, as one viewer may read it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from annotations.accounts.models import User
from annotations.claims.chains import Chain, chains_of_events, in_order
from annotations.claims.models import Attribution, Claim
from annotations.lifecycle import choices
from annotations.lifecycle.models import EventAssessment, LifecycleEvent
from annotations.projects.visibility import Sight
from annotations.sources.models import Source
from annotations.statements.models import Statement


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event for display: its standing now, who reports it, every assessment so far."""

    event: LifecycleEvent
    standing: str
    chain: Chain
    actor: Source | None
    on_behalf_of: Source | None
    assessments: list[tuple[EventAssessment, Source | None]]

    @property
    def standing_text(self) -> str:
        """Return the standing in words."""
        return str(choices.Standing(self.standing).label)

    @property
    def group(self) -> str:
        """Return the event's group: withdrawal, removal, ..."""
        return choices.GROUP_OF[self.event.type]

    @property
    def reporters(self) -> str:
        """Return who reports it, the nearest to us last."""
        return in_order(hop.name for hop in self.chain if hop.is_named)


def events_of(user: User, sight: Sight, **subject: Any) -> list[EventLine]:
    """Return the events of `statement=`, `article=` or `pk=`, by when they happened; 3 queries.

    Ordered by `LifecycleEvent.order`.
    """
    latest = EventAssessment.objects.order_by("id").select_related(
        "reporter__merged_into", "created_by"
    )
    events = list(
        LifecycleEvent.objects.visible_to(user)
        .filter(**subject)
        .select_related("created_by", "statement", "article", "claim")
        .select_related("actor__merged_into", "on_behalf_of__merged_into")
        .prefetch_related(Prefetch("assessments", queryset=latest))
    )
    events.sort(key=lambda one: one.order)
    chains = chains_of_events([event.pk for event in events], sight)
    return [_line(event, chains.get(event.pk, ()), sight) for event in events]


def _line(event: LifecycleEvent, chain: Chain, sight: Sight) -> EventLine:
    assessments = [(one, _named(one.reporter, sight)) for one in event.assessments.all()]
    return EventLine(
        event=event,
        standing=assessments[-1][0].standing if assessments else choices.Standing.REPORTED,
        chain=chain,
        actor=_named(event.actor, sight),
        on_behalf_of=_named(event.on_behalf_of, sight),
        assessments=assessments,
    )


def _named(source: Source | None, sight: Sight) -> Source | None:
    """Return whom an event names, as the source that one is now, where the viewer may see it."""
    current = source.current if source else None
    return current if sight.shows(current) else None


def statement_claims(statement: Statement, user: User) -> QuerySet[Claim]:
    """Return the kept claims that rest on the statement, by a hop or directly, by number.

    Hops of places that the person may not see do not count.
    """
    hops = Attribution.objects.crediting_claims(user).filter(statement=statement)
    resting = Q(statement=statement) | Q(pk__in=hops.values("mention__claim"))
    return Claim.objects.listed_to(user).kept().filter(resting).order_by("number")
