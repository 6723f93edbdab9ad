"""Who acts and why: set for the transaction, read by the history triggers."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from annotations.accounts.models import User

SETTING = "pghistory.context_metadata"
_open: ContextVar[dict[str, object] | None] = ContextVar("audit_context", default=None)


@contextmanager
def context(*, actor: "User", action: str, reason: str = "") -> Iterator[None]:
    """Open one transaction whose history rows carry `actor`, `action` and `reason`.

    Nested use keeps the outermost actor and action, because one intention of one person is one
    transaction; the innermost non-empty reason wins while it is open. The setting is local to the
    transaction, so a pooled connection never carries it to the next request.
    """
    before = _open.get()
    stored: dict[str, object] = dict(before or {"actor": actor.pk, "action": action})
    if reason:
        # PostgreSQL keeps no NUL, neither in text nor in JSON.
        stored["reason"] = reason.replace("\0", "")
    if stored == before:
        # One intention is undone whole, so an inner part needs no savepoint of its own.
        with transaction.atomic(savepoint=False):
            yield
        return
    opens_transaction = not connection.in_atomic_block
    token = _open.set(stored)
    try:
        with transaction.atomic():
            _set(stored)
            yield
            # On an exception the savepoint rolls the setting back by itself.
            if not opens_transaction:
                _set(before)
    finally:
        _open.reset(token)


def _set(stored: dict[str, object] | None) -> None:
    value = json.dumps(stored, ensure_ascii=False) if stored else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, value])
