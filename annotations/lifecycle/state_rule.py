"""What a statement's events leave it in, and their order; the rule reads no rows of its own."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Generic, NamedTuple, Protocol, TypeVar

from annotations.lifecycle.choices import GROUP_OF, EventGroup, EventType
from annotations.statements.models import StatementState


class Typed(Protocol):
    """Whatever has the type of an event."""

    type: str


class Timed(Protocol):
    """Whatever has the times of an event: `earliest` <= time < `latest`; None is not known."""

    happened_earliest: datetime | None
    happened_latest: datetime | None
    noticed_earliest: datetime | None
    noticed_latest: datetime | None
    created_at: datetime


One = TypeVar("One", bound=Typed)
# Whoever stands by their words again takes their withdrawal back; a page that is back does not.
STOOD_BY_AGAIN = (EventType.REINSTATED, EventType.REAFFIRMED)
# What is written over, moved or shown again is no less withdrawn, or removed, for that.
_PASSING = {
    EventGroup.CHANGE: StatementState.CHANGED,
    EventGroup.RETURN: StatementState.RESTORED,
}
_LASTING = {
    EventGroup.WITHDRAWAL: StatementState.WITHDRAWN,
    EventGroup.REMOVAL: StatementState.REMOVED,
}


class Left(NamedTuple, Generic[One]):
    """The state, and the event that it is told of; None of a statement that stands as it was."""

    state: StatementState
    event: One | None


def order_time(event: Timed) -> datetime:
    """Return the moment that sorts an event: when it can first have happened. Where that is open,
    when it had at the latest: by the end of that time, when it was noticed, and on our clock.
    """
    if event.happened_earliest is not None:
        return event.happened_earliest
    noticed = event.noticed_earliest or _last_moment(event.noticed_latest)
    known = (_last_moment(event.happened_latest), noticed, event.created_at)
    return min(one for one in known if one is not None)


def _last_moment(latest: datetime | None) -> datetime | None:
    """What begins at `latest` comes after it."""
    return latest - timedelta.resolution if latest is not None else None


def state_after(events: Iterable[One]) -> Left[One]:
    """Return what the events leave a statement in; the earliest first, none of them refuted.

    A removal lasts until a return, a withdrawal until the words are reinstated or reaffirmed. Of
    both the later one is told, and what came back withdrawn is withdrawn still. Edits and returns
    are told of what neither lasts for, the latest of them.
    """
    lasting: dict[EventGroup, One] = {}
    passing: One | None = None
    for event in events:
        group = GROUP_OF[event.type]
        if group in _LASTING:
            # Put in anew, so that the later of the two is the last.
            lasting.pop(group, None)
            lasting[group] = event
        elif group in _PASSING:
            passing = event
        if group == EventGroup.RETURN:
            lasting.pop(EventGroup.REMOVAL, None)
        if event.type in STOOD_BY_AGAIN:
            lasting.pop(EventGroup.WITHDRAWAL, None)
    if lasting:
        group, told = list(lasting.items())[-1]
        return Left(_LASTING[group], told)
    if passing is not None:
        return Left(_PASSING[GROUP_OF[passing.type]], passing)
    return Left(StatementState.STANDING, None)
