"""Hiding and locking rows, and taking either back. What was decided, and why, is in history."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.audit.context import context
from annotations.claims.models import Claim
from annotations.comments.models import Comment
from annotations.lib.errors import InvalidInput
from annotations.lifecycle.models import EventModeration, LifecycleEvent
from annotations.lifecycle.states import statement_state_refresh
from annotations.notifications.kinds import Kind
from annotations.notifications.services import notify
from annotations.projects.editing import check_length
from annotations.projects.models import Moderated
from annotations.sources.models import Source
from annotations.statements.models import Statement
from annotations.verification.evidence.models import Evidence

Row: TypeAlias = Article | Claim | Statement | Source | Evidence | LifecycleEvent | Comment
MODERATED_MODELS: tuple[type[Row], ...] = (
    Article,
    Claim,
    Statement,
    Source,
    Evidence,
    LifecycleEvent,
    Comment,
)
REASON_LENGTH = 2000


def row_hide(*, actor: User, row: Row, reason: str) -> Row:
    """Hide a row from everyone but moderators; its author is told the reason and nothing else.

    A row hidden already keeps its first reason. What was merged into it goes with it.
    """
    words = clean_reason(reason)
    with context(actor=actor, action="moderation.hide", reason=words):
        for one in (row, *merged_into_any([row])):
            state = _lock(one)
            if state.hidden_at is None:
                _write(one, state, hidden_at=timezone.now(), hidden_by=actor, hidden_reason=words)
                _tell_author(actor, one, Kind.HIDDEN)
    return row


def row_restore(*, actor: User, row: Row, reason: str) -> Row:
    """Show a hidden row again, and what was merged into it; one not hidden stays as it is."""
    words = clean_reason(reason)
    with context(actor=actor, action="moderation.restore", reason=words):
        for one in (row, *merged_into_any([row])):
            state = _lock(one, make=False)
            if state is not None and state.hidden_at is not None:
                _write(one, state, hidden_at=None, hidden_by=None, hidden_reason="")
                _tell_author(actor, one, Kind.RESTORED)
    return row


def row_lock(*, actor: User, row: Row, reason: str) -> Row:
    """Let only moderators change a row; a locked row stays as it is."""
    words = clean_reason(reason)
    with context(actor=actor, action="moderation.lock", reason=words):
        state = _lock(row)
        if state.locked_at is None:
            _write(row, state, locked_at=timezone.now(), locked_by=actor)
    return row


def row_unlock(*, actor: User, row: Row, reason: str) -> Row:
    """Let reviewers change a row again; a row that is not locked stays as it is."""
    words = clean_reason(reason)
    with context(actor=actor, action="moderation.unlock", reason=words):
        state = _lock(row, make=False)
        if state is not None and state.locked_at is not None:
            _write(row, state, locked_at=None, locked_by=None)
    return row


def merged_into_any(rows: Sequence[Row]) -> list[Any]:
    """Return the claims or sources that were merged into one of these, which are of one kind."""
    if not rows or not isinstance(rows[0], (Claim, Source)):
        return []
    into = [row.pk for row in rows]
    return list(type(rows[0])._base_manager.filter(merged_into__in=into).order_by("pk"))


def moderation_of(row: Row) -> Moderated | None:
    """Return where the row's moderation is kept: the row itself, or beside an event.

    None for an event that nothing was ever decided about.
    """
    if isinstance(row, LifecycleEvent):
        return getattr(row, "moderation", None)
    return row


def clean_reason(reason: str) -> str:
    """Return the reason tidied; raise InvalidInput when it is empty or over 2,000 characters."""
    words = check_length(reason, REASON_LENGTH, "reason")
    if not words:
        raise InvalidInput(_("Give a reason: it is kept in the history."), field="reason")
    return words


def _lock(row: Row, *, make: bool = True) -> Any:
    """Return the fresh, locked row that holds the moderation; None for an event without one.

    With `make`, an event's is made.
    """
    if isinstance(row, LifecycleEvent):
        if make:
            EventModeration.objects.get_or_create(
                event=row, defaults={"project_id": row.project_id}
            )
        return EventModeration.objects.select_for_update(no_key=True).filter(event=row).first()
    rows = type(row)._base_manager.select_for_update(no_key=True, of=("self",))
    return rows.get(pk=row.pk)


def _write(row: Row, state: Any, **columns: Any) -> None:
    """Store the decision and bring the caller's object up to date; counts as a revision."""
    if hasattr(state, "revision"):
        columns["revision"] = state.revision + 1
    for name, value in columns.items():
        setattr(state, name, value)
    touched = ["updated_at"] if hasattr(state, "updated_at") else []
    state.save(update_fields=[*columns, *touched])
    if isinstance(row, LifecycleEvent):
        row.moderation = state
        if "hidden_at" in columns:
            _follow(row)
        return
    for name, value in columns.items():
        setattr(row, name, value)


def _tell_author(actor: User, row: Row, kind: Kind) -> None:
    """Tell whose row was hidden or shown again; not by whom: its author learns the reason alone."""
    if row.created_by_id != actor.pk:
        notify(
            project=row.project_id,
            recipients=[row.created_by_id],
            kind=kind,
            actor=None,
            target=row,
        )


def _follow(event: LifecycleEvent) -> None:
    """Let the state of the statement it happened to follow a hidden or restored event."""
    if event.statement_id is not None:
        rows = Statement.objects.select_for_update(of=("self",))
        statement_state_refresh(rows.get(pk=event.statement_id))
