"""What can be decided about rows of the desk's lists, one request for each action.

A route is that of the list with the action behind a `#`. What a list's own line sends is not here.
"""

from collections.abc import Callable
from typing import Any

from annotations.accounts.models import User
from tests.matrix.asks import Ask, nothing
from tests.matrix.asks_verdicts import agreed
from tests.matrix.rows import Rows

# What is moderated, by the model's name and the row's in Rows.
MODERATED = {
    **{name: name for name in ("article", "claim", "comment", "evidence", "source", "statement")},
    "lifecycleevent": "event",
}


def _deactivated(rows: Rows, actor: Any) -> None:
    User.objects.filter(pk=rows.person.pk).update(is_active=False)


def _operator(rows: Rows, actor: Any) -> None:
    User.objects.filter(pk=rows.person.pk).update(is_superuser=True)


def _action(
    model: str,
    action: str,
    name: str,
    before: Callable[[Rows, Any], None] | None = None,
    **more: Any,
) -> dict[tuple[str, str], Ask]:
    """The request that decides about one row; of `more`, what is a function is asked with rows."""

    def body(rows: Rows) -> dict[str, Any]:
        return {
            "action": action,
            "_selected_action": [getattr(rows, name).pk],
            "decided": "1",
            "reason": "As was agreed.",
            **{key: value(rows) if callable(value) else value for key, value in more.items()},
        }

    route = f"admin:annotations_{model}_changelist#{action}"
    return {(route, "POST"): Ask(name, nothing, body, before=before)}


def _people(action: str, before: Callable[[Rows, Any], None] | None = None) -> Any:
    return _action("user", action, "person", before)


DESK = {
    **{
        key: ask
        for action in ("restore_rows", "lock_rows", "unlock_rows")
        for model, name in MODERATED.items()
        for key, ask in _action(model, action, name).items()
    },
    **_action("claim", "publish_verdicts", "claim", agreed),
    **_action(
        "claim",
        "merge_claims",
        "claim",
        into=lambda rows: rows.other_claim.number,
        previewed=lambda rows: rows.other_claim.pk,
    ),
    **_action(
        "source",
        "merge_sources",
        "source",
        into=lambda rows: rows.other_source.name,
        previewed=lambda rows: rows.other_source.pk,
    ),
    **_action("flag", "accept_flags", "flag", outcome="hide"),
    **_action(
        "assignment",
        "reassign_assignments",
        "assignment",
        assignee=lambda rows: rows.project.memberships.get(role="moderator").user_id,
    ),
    **_action("redaction", "look_again", "redaction"),
    **_action("project", "unarchive_projects", "project"),
    **_people("deactivate_users"),
    **_people("reactivate_users", _deactivated),
    **_people("remove_second_steps"),
    **_people("make_operators"),
    **_people("stop_operators", _operator),
    **_people("pseudonymise_users"),
}
