"""Telling people what became of a watched page."""

from datetime import timedelta

from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.watches.choices import CheckOutcome
from annotations.lifecycle.watches.findings import Found
from annotations.lifecycle.watches.models import WatchCheck, WatchTurn
from annotations.lifecycle.watches.recording import removal_is_recorded
from annotations.notifications.kinds import Kind
from annotations.notifications.models import Follow
from annotations.notifications.services import notify

# A page that changes all day is mailed once a day, until that was read.
CHANGES_REST = timedelta(days=1)


def watch_tell(turn: WatchTurn, found: Found, event: LifecycleEvent | None) -> None:
    """Tell who watches the page, and who follows its article or statement, that it has changed, is
    gone or is back; of one and the same thing once.
    """
    has_turned = _has_gone_or_come(turn, found, event)
    # Also of a page that could not be found for a while, of which nobody was told.
    if not has_turned and not (found.is_there and found.is_telling):
        return
    watch = turn.watch
    follows = Follow.objects.filter(project=watch.project, target_uid=watch.subject.uid)
    notify(
        project=watch.project,
        recipients={watch.created_by_id, *follows.values_list("user_id", flat=True)},
        kind=Kind.WATCHED_CHANGED,
        actor=None,
        target=watch,
        mail_again_after=timedelta() if has_turned else CHANGES_REST,
    )


def _has_gone_or_come(turn: WatchTurn, found: Found, event: LifecycleEvent | None) -> bool:
    if event is not None and event.pk != turn.event_id:
        return True
    if found.outcome == CheckOutcome.SUSPECTED_REMOVAL:
        return not removal_is_recorded(turn) and not _was_suspected(turn)
    # Of a page that comes and goes nobody was told that it had gone.
    return found.outcome == CheckOutcome.RETURNED and (
        turn.event_id is not None or _was_suspected(turn)
    )


def _was_suspected(turn: WatchTurn) -> bool:
    """Say whether a removal was suspected before since the page was last there."""
    assert turn.check_uid is not None
    earlier = WatchCheck.objects.filter(watch=turn.watch).exclude(uid=turn.check_uid)
    there = (CheckOutcome.UNCHANGED, CheckOutcome.CHANGED, CheckOutcome.RETURNED)
    telling = earlier.filter(outcome__in=(*there, CheckOutcome.SUSPECTED_REMOVAL))
    last = telling.order_by("-id").first()
    return last is not None and last.outcome == CheckOutcome.SUSPECTED_REMOVAL
