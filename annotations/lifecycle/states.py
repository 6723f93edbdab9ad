"""What a statement's events say has become of it, kept in the statement for lists."""

from collections.abc import Iterable

from annotations.lifecycle import choices
from annotations.lifecycle.models import LifecycleEvent
from annotations.projects.editing import write_changes
from annotations.statements.models import Statement, StatementState

STATE_OF_GROUP: dict[str, StatementState] = {
    choices.EventGroup.CHANGE: StatementState.CHANGED,
    choices.EventGroup.WITHDRAWAL: StatementState.WITHDRAWN,
    choices.EventGroup.REMOVAL: StatementState.REMOVED,
    choices.EventGroup.RETURN: StatementState.RESTORED,
}


def statement_state_refresh(statement: Statement) -> None:
    """Derive the state from the latest event that is neither refuted nor hidden by moderation.

    Everyone who sees the statement reads its state, so it must not tell of a hidden event. Call
    with the row locked.

    Latest by `LifecycleEvent.order`.
    """
    rows = LifecycleEvent.objects.filter(statement=statement, moderation__hidden_at__isnull=True)
    changing = [one for one in rows.with_standing() if choices.GROUP_OF[one.type] in STATE_OF_GROUP]
    last = latest_kept(changing)
    state = STATE_OF_GROUP[choices.GROUP_OF[last.type]] if last else StatementState.STANDING
    write_changes(statement, {"state": state, "state_event_id": last.pk if last else None})


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
