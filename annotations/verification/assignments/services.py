"""Giving work to people: by hand and in bulk, and what may become of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, role_allows
from annotations.articles.models import Article, MarkingState
from annotations.audit.context import context
from annotations.claims.models import Claim
from annotations.lib.errors import Conflict, InvalidInput, StaleVersion
from annotations.notifications.kinds import Kind
from annotations.projects.editing import check_length, write_changes
from annotations.projects.models import Project
from annotations.verification.assignments.models import (
    Assignment,
    AssignmentMode,
    AssignmentState,
)
from annotations.verification.assignments.permissions import check_can_be_assigned
from annotations.verification.assignments.queue import finish
from annotations.verification.assignments.telling import tell_assignees, tell_givers
from annotations.verification.models import Review

# What one decision is about at most; a page shows every one of them.
MOST_AT_ONCE = 200
NOTE_LENGTH = 1000


@dataclass(slots=True)
class Given:
    """What came of giving work out: new assignments, those there before, and what was judged."""

    made: list[Assignment] = field(default_factory=list)
    already: list[Assignment] = field(default_factory=list)
    # Judged by the assignee as it stands, or marked: there is nothing left to do.
    done: list[Claim | Article] = field(default_factory=list)


def assignments_give(
    *,
    actor: User,
    project: Project,
    assignee: User,
    subjects: Sequence[Claim | Article],
    due: date | None = None,
    note: str = "",
) -> Given:
    """Give claims and articles to somebody, all or nothing; who has one already keeps it as it is.

    InvalidInput where the person could not do it; Conflict where something is discarded, hidden,
    merged or locked against them.
    """
    _check_some(subjects)
    note = check_length(note, NOTE_LENGTH, "note")
    role = check_can_be_assigned(assignee, project)
    given = Given()
    with context(actor=actor, action="assignment.give"):
        for subject in _lock_subjects(project, subjects):
            _check_workable(subject, role)
            _give(given, actor, project, assignee, subject, due, note)
        tell_assignees(actor=actor, rows=given.made, kind=Kind.ASSIGNED)
    return given


def assignment_hand_back(
    *, actor: User, assignment: Assignment, reason: str, revision: int | None = None
) -> Assignment:
    """Hand one's work back, with the reason; the queue does not offer it to the person again."""
    reason = _reason(reason)
    with context(actor=actor, action="assignment.hand_back", reason=reason):
        current = _lock(assignment, revision)
        if current.state != AssignmentState.HANDED_BACK:
            _check_unfinished(current)
            finish(current, AssignmentState.HANDED_BACK)
            tell_givers(actor=actor, rows=[current])
    return current


def assignment_send_back(
    *, actor: User, assignment: Assignment, note: str, revision: int | None = None
) -> Assignment:
    """Ask for another look at what was handed in, and say why; it is the assignee's work again."""
    note = check_length(note, NOTE_LENGTH, "note")
    if not note:
        raise InvalidInput(_("Say what is to be looked at again."), field="note")
    with context(actor=actor, action="assignment.send_back", reason=note):
        current = _lock(assignment, revision)
        if current.state not in (AssignmentState.HANDED_IN, AssignmentState.SENT_BACK):
            raise Conflict(_("Only work that was handed in can be sent back."))
        again = Assignment.objects.unfinished().filter(
            assignee=current.assignee_id, claim=current.claim_id, article=current.article_id
        )
        if again.exclude(pk=current.pk).exists():
            raise Conflict(_("The person has been given this anew already."))
        check_can_be_assigned(current.assignee, current.project)
        columns = {"state": AssignmentState.SENT_BACK, "note": note, "ended_at": None}
        # By hand from now on: the place is the person's until they hand it in.
        if write_changes(current, {**columns, "is_from_queue": False}):
            tell_assignees(actor=actor, rows=[current], kind=Kind.SENT_BACK)
    return current


def assignments_withdraw(
    *, actor: User, assignments: Sequence[Assignment], reason: str
) -> list[Assignment]:
    """Take work away from those who have it, all or nothing; withdrawn already changes nothing."""
    _check_some(assignments)
    with context(actor=actor, action="assignment.withdraw", reason=_reason(reason)):
        rows = [_lock(one, None) for one in sorted(assignments, key=_subject_order)]
        withdrawn = [row for row in rows if _withdraw(row)]
        tell_assignees(actor=actor, rows=withdrawn, kind=Kind.REASSIGNED)
    return rows


def assignments_reassign(
    *, actor: User, assignments: Sequence[Assignment], assignee: User, reason: str
) -> Given:
    """Give what others have to somebody else, with its date and note, all or nothing."""
    _check_some(assignments)
    given, taken = Given(), []
    with context(actor=actor, action="assignment.reassign", reason=_reason(reason)):
        for one in sorted(assignments, key=_subject_order):
            row = _lock(one, None)
            role = check_can_be_assigned(assignee, row.project)
            if row.assignee_id == assignee.pk and row.is_unfinished:
                given.already.append(row)
                continue
            _check_unfinished(row)
            _check_workable(row.subject, role)
            _withdraw(row)
            taken.append(row)
            _give(given, actor, row.project, assignee, row.subject, row.due, row.note)
        tell_assignees(actor=actor, rows=taken, kind=Kind.REASSIGNED)
        tell_assignees(actor=actor, rows=given.made, kind=Kind.ASSIGNED)
    return given


def _give(
    given: Given,
    actor: User,
    project: Project,
    assignee: User,
    subject: Claim | Article,
    due: date | None,
    note: str,
) -> None:
    """Give one thing, which is locked, to somebody."""
    named: dict[str, Any] = {"claim" if isinstance(subject, Claim) else "article": subject}
    held = Assignment.objects.unfinished().filter(assignee=assignee, **named).first()
    if held is not None and held.is_from_queue and held.mode == AssignmentMode.OPEN:
        # Theirs by hand from now on, so that it does not go when a lease runs out.
        write_changes(held, {"is_from_queue": False, "due": due, "note": note})
    if held is not None:
        given.already.append(held)
    elif _is_done(subject, assignee):
        given.done.append(subject)
    else:
        row = Assignment(project=project, created_by=actor, assignee=assignee)
        row.due, row.note = due, note
        for name, value in named.items():
            setattr(row, name, value)
        row.save()
        given.made.append(row)


def _is_done(subject: Claim | Article, assignee: User) -> bool:
    if isinstance(subject, Article):
        return subject.marking_state == MarkingState.DONE
    current = Review.objects.kept().filter(claim_revision=F("claim__content_revision"))
    return current.filter(claim=subject, reviewer=assignee).exists()


def _withdraw(row: Assignment) -> bool:
    """Take one away; False where it was before."""
    if row.state == AssignmentState.WITHDRAWN:
        return False
    _check_unfinished(row)
    finish(row, AssignmentState.WITHDRAWN)
    return True


def _lock_subjects(project: Project, subjects: Sequence[Claim | Article]) -> list[Claim | Article]:
    """Lock and re-read claims, then articles, each in the order of their ids."""
    found: list[Claim | Article] = []
    for model in (Claim, Article):
        ids = {one.pk for one in subjects if isinstance(one, model)}
        rows = model._base_manager.select_for_update(no_key=True).filter(project=project)
        found += list(rows.filter(pk__in=ids).order_by("pk")) if ids else []
    return found


def _lock(assignment: Assignment, revision: int | None) -> Assignment:
    """Lock what is to be worked on, then the assignment; re-read it. StaleVersion as usual."""
    subject = assignment.subject
    locked = type(subject)._base_manager.select_for_update(no_key=True).get(pk=subject.pk)
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("assignee", "project")
    current = rows.get(pk=assignment.pk)
    setattr(current, "claim" if isinstance(locked, Claim) else "article", locked)
    if current.mode != AssignmentMode.OPEN:
        raise Conflict(_("Independent marking is settled in its round, not one by one."))
    if revision is not None and current.revision != revision:
        raise StaleVersion(current=current)
    return current


def _subject_order(assignment: Assignment) -> tuple[bool, int, int]:
    """Order as `_lock_subjects` locks."""
    return assignment.claim_id is None, assignment.subject_id, assignment.pk


def _check_some(rows: Sequence[object]) -> None:
    if not rows:
        raise InvalidInput(_("Choose at least one claim or article."))
    if len(rows) > MOST_AT_ONCE:
        raise InvalidInput(
            _("Choose at most %(most)d rows at a time."), params={"most": MOST_AT_ONCE}
        )


def _check_unfinished(row: Assignment) -> None:
    if not row.is_unfinished:
        raise Conflict(_("This work is finished, or was given to somebody else."))


def _check_workable(subject: Claim | Article, role: str) -> None:
    moderates = role_allows(role, Permission.MODERATE)
    off = subject.hidden_at is not None
    if isinstance(subject, Claim):
        off = off or subject.discarded_at is not None or subject.merged_into_id is not None
    if off:
        raise Conflict(
            _("“%(what)s” is hidden, discarded or merged: there is nothing to be done on it."),
            params={"what": str(subject)},
        )
    if isinstance(subject, Claim) and subject.round_id is not None:
        raise Conflict(
            _("“%(what)s” was marked independently: it can be given out once it is accepted."),
            params={"what": str(subject)},
        )
    if subject.locked_at is not None and not moderates:
        raise Conflict(
            _("“%(what)s” is locked: only a moderator can work on it."),
            params={"what": str(subject)},
        )


def _reason(reason: str) -> str:
    reason = check_length(reason, NOTE_LENGTH, "reason")
    if not reason:
        raise InvalidInput(_("Give a reason."), field="reason")
    return reason
