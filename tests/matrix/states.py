"""Putting the row that a request is about into a state, before anyone asks for it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from annotations.accounts.models import ApiToken, Invitation, User
from annotations.audit.context import context
from annotations.lifecycle.models import EventModeration, LifecycleEvent
from annotations.notifications.models import Follow, Notification
from annotations.projects.models import Project
from annotations.verification.assignments.models import Assignment
from annotations.verification.models import Review

Row = Any


def hide(row: Row, actor: User) -> None:
    _moderate(row, hidden_at=timezone.now(), hidden_by=actor, hidden_reason="Off topic.")


def lock(row: Row, actor: User) -> None:
    _moderate(row, locked_at=timezone.now(), locked_by=actor)


def discard(row: Row, actor: User) -> None:
    _write(row, discarded_at=timezone.now(), discarded_by=actor, discard_reason="Twice.")


def make_confidential(row: Row, actor: User) -> None:
    _write(row, confidential=True)


def archive(row: Row, actor: User) -> None:
    _write(_project_of(row), archived_at=timezone.now())


def unshare(row: Row, actor: User) -> None:
    _write(_project_of(row), shared_editing=False)


def reveal(row: Row, actor: User) -> None:
    _write(_project_of(row), blind=False)


def own(row: Row, actor: User | AnonymousUser) -> None:
    """Make the one who asks the author; nobody can be, who is not signed in."""
    if not actor.is_authenticated:
        return
    if isinstance(row, Review):
        _write(row, reviewer=actor, created_by=actor)
    elif isinstance(row, Assignment):
        _write(row, assignee=actor)
    elif isinstance(row, Invitation):
        _write(row, email=actor.email)
    elif isinstance(row, (ApiToken, Follow)):
        _write(row, user=actor)
    elif isinstance(row, Notification):
        _write(row, recipient=actor)
    elif not isinstance(row, LifecycleEvent):
        _write(row, created_by=actor)


STATES: dict[str, Callable[[Row, Any], None]] = {
    "hidden": hide,
    "locked": lock,
    "discarded": discard,
    "confidential": make_confidential,
    "archived": archive,
    "unshared": unshare,
    "open": reveal,
    "own": own,
}


def put_in_state(row: Row, state: str, actor: Any, moderator: User) -> None:
    """Put `row` into a state such as `ordinary`, `hidden` or `hidden_own`.

    `own` makes whoever asks the author; an event, which never changes, has to be written by them.
    """
    with context(actor=moderator, action="test.state"):
        for part in state.split("_"):
            if part != "ordinary":
                STATES[part](row, actor if part == "own" else moderator)


def _moderate(row: Row, **columns: Any) -> None:
    if isinstance(row, LifecycleEvent):
        row, _new = EventModeration.objects.get_or_create(
            event=row, defaults={"project_id": row.project_id}
        )
    _write(row, **columns)


def _write(row: Row, **columns: Any) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**columns)


def _project_of(row: Row) -> Project:
    return row if isinstance(row, Project) else row.project
