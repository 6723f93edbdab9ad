"""Raising a flag, and deciding it."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.audit.context import context
from annotations.lib.errors import Conflict, InvalidInput
from annotations.moderation.choices import FlagKind, FlagOutcome, FlagReason, FlagState
from annotations.moderation.models import Flag
from annotations.moderation.services import clean_reason, row_hide, row_lock
from annotations.moderation.targets import find_target
from annotations.notifications.kinds import Kind
from annotations.notifications.services import notify
from annotations.projects.editing import check_choice, check_length, lock_row, write_changes
from annotations.projects.members import people_with
from annotations.projects.models import Project

WORDS_LENGTH = 2000
_DONE = {FlagOutcome.HIDE: row_hide, FlagOutcome.LOCK: row_lock}


def flag_raise(
    *, actor: User, project: Project, kind: str, target: UUID, reason: str, words: str = ""
) -> tuple[Flag, bool]:
    """Ask moderators to look at a thing; say whether that is new.

    While a flag of the person on it is open, that one is returned as it is. Whether they may see
    the thing is the caller's to check.
    """
    check_choice(kind, FlagKind.values, "kind")
    check_choice(reason, FlagReason.values, "reason")
    words = check_length(words, WORDS_LENGTH, "words")
    if reason == FlagReason.OTHER and not words:
        raise InvalidInput(_("Say in your own words what is wrong."), field="words")
    if find_target(None, project, kind, target) is None:
        raise InvalidInput(_("There is nothing with this uid in the project."), field="target")
    with context(actor=actor, action="flag.raise"):
        open_one = Flag.objects.open().filter(target=target, created_by=actor).first()
        if open_one is not None:
            return open_one, False
        try:
            with transaction.atomic():
                flag = Flag.objects.create(
                    project=project,
                    kind=kind,
                    target=target,
                    reason=reason,
                    words=words,
                    created_by=actor,
                )
        except IntegrityError:
            # The same form was sent twice at once.
            return Flag.objects.open().get(target=target, created_by=actor), False
        moderators = people_with(project.pk, Permission.MODERATE)
        notify(project=project, recipients=moderators, kind=Kind.FLAGGED, actor=actor, target=flag)
    return flag, True


def flag_accept(
    *, actor: User, flag: Flag, outcome: str, reason: str, revision: int | None = None
) -> Flag:
    """Agree that something was wrong, and hide or lock the thing or do nothing further.

    `reason` is kept in history, given as why the thing is hidden, and said to whoever raised it.
    Already so changes nothing; Conflict where it was decided otherwise.
    """
    check_choice(outcome, FlagOutcome.values, "outcome")
    words = clean_reason(reason)
    with context(actor=actor, action="flag.accept", reason=words):
        current = lock_row(flag, revision)
        if not _decide(current, actor, FlagState.ACCEPTED, words, outcome):
            return current
        service: Any = _DONE.get(FlagOutcome(outcome))
        if service is not None:
            row = find_target(None, current.project, current.kind, current.target)
            service(actor=actor, row=row, reason=words)
    return current


def flag_dismiss(*, actor: User, flag: Flag, reason: str, revision: int | None = None) -> Flag:
    """Say that nothing needs to be done, and why. Already so changes nothing; else Conflict."""
    words = clean_reason(reason)
    with context(actor=actor, action="flag.dismiss", reason=words):
        current = lock_row(flag, revision)
        _decide(current, actor, FlagState.DISMISSED, words, "")
    return current


def _decide(flag: Flag, actor: User, state: str, words: str, outcome: str) -> bool:
    """Store the decision; False where it was made before."""
    if not flag.is_open:
        if (flag.state, flag.outcome) == (state, outcome):
            return False
        raise Conflict(_("This flag was decided before."))
    columns = {"state": state, "outcome": outcome, "answer": words}
    write_changes(flag, {**columns, "decided_at": timezone.now(), "decided_by": actor})
    if flag.created_by_id != actor.pk:
        # Not by whom, as with what is hidden: they read the answer alone.
        notify(
            project=flag.project_id,
            recipients=[flag.created_by_id],
            kind=Kind.FLAG_DECIDED,
            actor=None,
            target=flag,
        )
    return True
