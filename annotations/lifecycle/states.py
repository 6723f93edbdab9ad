"""What a statement's events say has become of it, kept in the statement for lists."""

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

    Latest by when it can first have happened, else by when it was noticed, else by our clock;
    ties go to the one recorded later.
    """
    rows = [
        event
        for event in LifecycleEvent.objects.filter(
            statement=statement, moderation__hidden_at__isnull=True
        ).with_standing()
        if choices.GROUP_OF[event.type] in STATE_OF_GROUP
        and event.standing != choices.Standing.REFUTED
    ]
    rows.sort(
        key=lambda event: (
            event.happened_earliest or event.noticed_earliest or event.created_at,
            event.pk,
        )
    )
    last = rows[-1] if rows else None
    state = STATE_OF_GROUP[choices.GROUP_OF[last.type]] if last else StatementState.STANDING
    write_changes(statement, {"state": state, "state_event_id": last.pk if last else None})
