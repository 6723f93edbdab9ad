"""What a statement's events, in order, leave it in; the rule is told types, and reads no rows."""

from collections.abc import Iterable
from typing import Generic, NamedTuple, Protocol, TypeVar

from annotations.lifecycle.choices import GROUP_OF, EventGroup, EventType
from annotations.statements.models import StatementState


class Typed(Protocol):
    """Whatever has the type of an event."""

    type: str


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
