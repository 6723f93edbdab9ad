"""What a statement's events say has become of it, kept in the statement for lists."""

from collections.abc import Iterable

from annotations.lifecycle import choices
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.state_rule import state_after
from annotations.projects.editing import write_changes
from annotations.statements.models import Statement


def statement_state_refresh(statement: Statement) -> None:
    """Derive the state from the events that are neither refuted nor hidden by moderation.

    Everyone who sees the statement reads its state, so it must not tell of a hidden event. Call
    with the row locked.

    In order of `LifecycleEvent.order`.
    """
    rows = LifecycleEvent.objects.filter(statement=statement, moderation__hidden_at__isnull=True)
    kept = [one for one in rows.with_standing() if one.standing != choices.Standing.REFUTED]
    left = state_after(sorted(kept, key=lambda event: event.order))
    event = left.event.pk if left.event is not None else None
    write_changes(statement, {"state": left.state, "state_event_id": event})


def latest_kept(events: Iterable[LifecycleEvent]) -> LifecycleEvent | None:
    """Return the latest of events, given with their standing, that nobody refuted.

    That it was made or published says nothing of what has become of it since.
    """
    kept = [
        event
        for event in events
        if event.standing != choices.Standing.REFUTED
        and choices.GROUP_OF[event.type] != choices.EventGroup.ORIGIN
    ]
    return max(kept, key=lambda event: event.order, default=None)
