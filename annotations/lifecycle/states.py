"""What a statement's events say has become of it, kept in the statement for lists."""

from annotations.lifecycle import choices
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.state_rule import state_after
from annotations.projects.editing import write_changes
from annotations.statements.models import Statement


def statement_state_refresh(statement: Statement) -> None:
    """Derive the state from the events that are neither refuted nor hidden by moderation.

    Everyone who sees the statement reads its state, so it must not tell of a hidden event. Call
    with the row locked.

    In order of when each can first have happened, else was noticed, else of our clock; ties go to
    the one recorded later.
    """
    rows = [
        event
        for event in LifecycleEvent.objects.filter(
            statement=statement, moderation__hidden_at__isnull=True
        ).with_standing()
        if event.standing != choices.Standing.REFUTED
    ]
    rows.sort(
        key=lambda event: (
            event.happened_earliest or event.noticed_earliest or event.created_at,
            event.pk,
        )
    )
    left = state_after(rows)
    event = left.event.pk if left.event is not None else None
    write_changes(statement, {"state": left.state, "state_event_id": event})
