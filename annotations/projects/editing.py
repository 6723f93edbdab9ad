"""What every change of an editable row has in common: the lock, the stale check, the count."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.lib.errors import Conflict, InvalidInput, StaleVersion
from annotations.projects.models import Discardable, EditableEntity
from annotations.projects.times import changed_columns

Row = TypeVar("Row", bound=EditableEntity)
# Of why something was discarded, in code points.
REASON_LENGTH = 1000
# The columns of a row of ours that stands again.
RESTORED: dict[str, Any] = {"discarded_at": None, "discarded_by": None, "discard_reason": ""}
_MODERATED = ("hidden_at", "locked_at", "merged_into_id")


def lock_row(row: Row, revision: int | None) -> Row:
    """Lock and re-read the row; raise StaleVersion unless it still is at `revision`.

    None skips that check, for changes that cannot overwrite anyone's words (discard, restore).
    Raises Conflict when moderation has hidden, shown, locked, unlocked or merged the row since it
    was read: whether the person may change it was decided by what held then.
    """
    current = type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if any(getattr(current, one, None) != getattr(row, one, None) for one in _MODERATED):
        raise Conflict(_("A moderator has just decided about this. Load it again, then try."))
    if revision is not None and current.revision != revision:
        raise StaleVersion(current=current)
    return current


def write_changes(row: Row, columns: Mapping[str, Any]) -> list[str]:
    """Store what differs and count the revision up; return the changed columns' names."""
    changed = changed_columns(row, columns)
    if changed:
        for name, value in changed.items():
            setattr(row, name, value)
        row.revision += 1
        row.save(update_fields=[*changed, "revision", "updated_at"])
    return list(changed)


def count_change(row: EditableEntity) -> None:
    """Count the revision up for a change that is kept in rows below this one."""
    row.revision += 1
    row.save(update_fields=["revision", "updated_at"])


def discarded(actor: User, reason: str) -> dict[str, Any]:
    """Return the columns of a row that is taken back now; see RESTORED."""
    return {
        "discarded_at": timezone.now(),
        "discarded_by": actor,
        "discard_reason": check_length(reason, REASON_LENGTH, "reason"),
    }


def discard_row(row: EditableEntity, actor: User, reason: str) -> None:
    """Take back a row of ours that is locked. Already so changes nothing."""
    assert isinstance(row, Discardable)
    if row.discarded_at is None:
        write_changes(row, discarded(actor, reason))


def check_fields(changes: Mapping[str, Any], allowed: frozenset[str]) -> None:
    """Raise InvalidInput naming the first field that may not be changed."""
    for name in changes:
        if name not in allowed:
            raise InvalidInput(
                _("“%(name)s” cannot be changed."), field=name, params={"name": name}
            )


def check_choice(value: object, values: list[Any], field: str) -> None:
    """Raise InvalidInput unless `value` is one of the field's own words."""
    if value not in values:
        raise InvalidInput(
            _("“%(value)s” is not one of: %(values)s."),
            field=field,
            params={"value": value, "values": ", ".join(str(one) for one in values if one != "")},
        )


def check_length(value: str, limit: int, field: str) -> str:
    """Return the text without outer white space; raise InvalidInput past `limit` code points."""
    value = value.strip()
    if len(value) > limit:
        raise InvalidInput(
            _("At most %(limit)d characters fit here."), field=field, params={"limit": limit}
        )
    if "\x00" in value:
        raise InvalidInput(_("The character NUL (U+0000) is not allowed."), field=field)
    return value
