"""What of a watch waits for somebody's eyes: the check that told it, until a person has looked."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.lib.errors import Conflict, InvalidInput
from annotations.lifecycle.watches.choices import CheckOutcome
from annotations.lifecycle.watches.models import Watch, WatchCheck, WatchTurn
from annotations.projects.editing import lock_row, write_changes

# What weighs more is not displaced by what weighs less: a change that nobody has seen is not made
# good by the site being out of reach a moment later.
_WEIGHT = {
    CheckOutcome.SUSPECTED_REMOVAL.value: 3,
    CheckOutcome.CHANGED.value: 3,
    CheckOutcome.RETURNED.value: 3,
    CheckOutcome.FAILED.value: 2,
    CheckOutcome.UNAVAILABLE.value: 1,
}
# What check after check comes to while it lasts.
_LASTING = (CheckOutcome.SUSPECTED_REMOVAL, CheckOutcome.UNAVAILABLE, CheckOutcome.FAILED)


def waits_for_eyes(turn: WatchTurn, check: WatchCheck, *, is_telling: bool) -> int | None:
    """Return the key of the check that somebody has to look at from now on; None where none is.

    `is_telling` says whether a change may matter to somebody. Called with the watch locked, before
    the turn is written. A page that could not be read for a while, and can be again, leaves nothing
    to look at; what lasts and was looked at does not come up again with every check.
    """
    rows = WatchTurn.objects.filter(pk=turn.pk)
    before, kept, told = rows.values_list("outcome", "to_look", "to_look__outcome").get()
    outcome = str(check.outcome)
    if outcome == CheckOutcome.UNCHANGED or (outcome == CheckOutcome.CHANGED and not is_telling):
        return None if told == CheckOutcome.UNAVAILABLE else kept
    is_recorded = check.event_id is not None and check.event_id != turn.event_id
    if outcome in _LASTING and outcome == before and not is_recorded and told != outcome:
        return kept
    return check.pk if _WEIGHT[outcome] >= _WEIGHT.get(told or "", 0) else kept


def check_looked_at(*, actor: User, watch: Watch, check: UUID) -> bool:
    """Say that the person has looked at a check; False where nothing waited any more.

    Raises Conflict where another check waits, which they have not seen, and InvalidInput for a
    check of another watch.
    """
    if not WatchCheck.objects.filter(watch=watch, uid=check).exists():
        raise InvalidInput(_("This watch has no such check."), field="check")
    with context(actor=actor, action="watch.look"):
        waiting = _look(actor, watch, check)
        if waiting not in (None, check):
            raise Conflict(_("Another check has come since. Look at that one."))
    return waiting is not None


def check_recorded_from(*, actor: User, watch: Watch, check: UUID) -> None:
    """Take the check that an event was recorded from as looked at, if it is what waits."""
    with context(actor=actor, action="watch.look"):
        _look(actor, watch, check)


def _look(actor: User, watch: Watch, check: UUID) -> UUID | None:
    """Note who has looked, if that check is what waits; return what waited."""
    current = lock_row(watch, None)
    turns = WatchTurn.objects.filter(watch=current)
    waiting: UUID | None = turns.values_list("to_look__uid", flat=True).get()
    if waiting == check:
        seen = {"looked_at": timezone.now(), "looked_by": actor, "looked_check": check}
        write_changes(current, seen)
        turns.update(to_look=None)
    return waiting
