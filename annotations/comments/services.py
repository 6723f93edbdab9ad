"""Every change to comments, and telling those whom it concerns."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, roles_with
from annotations.audit.context import context
from annotations.claims.models import Claim
from annotations.comments.models import Comment
from annotations.comments.names import people_named
from annotations.comments.querysets import CommentQuerySet
from annotations.lib.errors import Conflict, InvalidInput
from annotations.lib.text import normalise
from annotations.notifications.kinds import Kind
from annotations.notifications.services import notify
from annotations.projects.editing import (
    RESTORED,
    check_fields,
    discard_row,
    lock_row,
    write_changes,
)
from annotations.projects.models import Membership, Project

TEXT_LENGTH = 5000
EDITABLE = frozenset({"text", "confidential"})


def comment_create(
    *,
    actor: User,
    claim: Claim,
    text: str,
    thread: Comment | None = None,
    confidential: bool = False,
) -> Comment:
    """Say something about a claim; with `thread`, in reply to that comment or its thread.

    A reply in a confidential thread is confidential too. Tells whom the text names with @, those in
    the thread, and the claim's author. Raises InvalidInput, and Conflict where the thread is
    resolved or its beginning was taken back.
    """
    words = _clean(text)
    if thread is not None and thread.claim_id != claim.pk:
        raise InvalidInput(_("That comment is about another claim."), field="thread")
    with context(actor=actor, action="comment.create"):
        begins = None if thread is None else _lock_open(thread.beginning)
        comment = Comment.objects.create(
            project_id=claim.project_id,
            claim=claim,
            thread=begins,
            text=words,
            confidential=confidential or (begins is not None and begins.confidential),
            named=_named(claim.project, words),
            created_by=actor,
        )
        _tell(actor, comment, begins)
    return comment


def comment_update(*, actor: User, comment: Comment, revision: int, **changes: Any) -> Comment:
    """Change one's own comment's `text` or `confidential`; what it said before stays in history.

    `revision` is the one the person saw (StaleVersion otherwise). Whom it names anew is told.
    """
    check_fields(changes, EDITABLE)
    columns = dict(changes)
    if "text" in columns:
        columns["text"] = _clean(columns["text"])
    with context(actor=actor, action="comment.update"):
        current = lock_row(comment, revision)
        _check_kept(current)
        if current.thread is not None and current.thread.confidential:
            columns["confidential"] = True
        before = set(current.named)
        if columns.get("text", current.text) != current.text:
            columns["named"] = _named(current.project, columns["text"])
            columns["edited_at"] = timezone.now()
        write_changes(current, columns)
        _tell_named(actor, current, set(current.named) - before)
    return current


def comment_discard(
    *, actor: User, comment: Comment, reason: str = "", revision: int | None = None
) -> Comment:
    """Take one's own comment back: it stays readable with a mark, and nobody waits for an answer.

    Already so changes nothing. `revision` is given by who undoes an action of theirs.
    """
    with context(actor=actor, action="comment.discard", reason=reason):
        current = lock_row(comment, revision)
        discard_row(current, actor, reason)
    return current


def comment_restore(
    *, actor: User, comment: Comment, reason: str = "", revision: int | None = None
) -> Comment:
    """Bring a comment back that was taken back. Already so changes nothing."""
    with context(actor=actor, action="comment.restore", reason=reason):
        current = lock_row(comment, revision)
        write_changes(current, RESTORED)
    return current


def thread_resolve(*, actor: User, comment: Comment) -> Comment:
    """Say that a thread is settled; nobody in it waits for an answer. Already so: nothing."""
    with context(actor=actor, action="comment.resolve"):
        current = _lock_beginning(comment)
        if current.resolved_at is None:
            write_changes(current, {"resolved_at": timezone.now(), "resolved_by": actor})
    return current


def thread_reopen(*, actor: User, comment: Comment) -> Comment:
    """Open a resolved thread again. Already so changes nothing."""
    with context(actor=actor, action="comment.reopen"):
        current = _lock_beginning(comment)
        if current.resolved_at is not None:
            write_changes(current, {"resolved_at": None, "resolved_by": None})
    return current


def comments_waiting_for(user: User, project: Project | None = None) -> CommentQuerySet:
    """Return the comments that name the person with @ and wait for an answer, latest first.

    Answered: the person wrote in the thread since, or the thread is resolved.
    """
    rows = Comment.objects.waiting_for(user).select_related("claim", "created_by", "project")
    if project is not None:
        rows = rows.filter(project=project)
    waiting: CommentQuerySet = rows.order_by("-id")
    return waiting


def _clean(text: str) -> str:
    words = normalise(text).strip()
    if not words:
        raise InvalidInput(_("Write something."), field="text")
    if len(words) > TEXT_LENGTH:
        raise InvalidInput(
            _("A comment has at most %(limit)d characters."),
            field="text",
            params={"limit": TEXT_LENGTH},
        )
    return words


def _lock_beginning(comment: Comment) -> Comment:
    if comment.thread_id is not None:
        raise InvalidInput(_("Only a whole thread can be resolved, by its first comment."))
    current = lock_row(comment, None)
    _check_kept(current)
    return current


def _lock_open(begins: Comment) -> Comment:
    """Lock the thread, so that nobody resolves or takes back what is being answered."""
    current = lock_row(begins, None)
    _check_kept(current)
    if current.resolved_at is not None:
        raise Conflict(_("This thread is resolved. Reopen it before you reply."))
    return current


def _check_kept(comment: Comment) -> None:
    if comment.discarded_at is not None:
        raise Conflict(_("This comment was taken back. Restore it first."))


def _named(project: Project, text: str) -> list[int]:
    """Return the keys of the members whom the text names; no query for one without an @."""
    if "@" not in text:
        return []
    members = Membership.objects.filter(project=project, user__is_active=True)
    people: dict[str, list[int]] = defaultdict(list)
    for pk, name in members.values_list("user_id", "user__display_name"):
        people[name].append(pk)
    return people_named(text, people)


def _tell(actor: User, comment: Comment, begins: Comment | None) -> None:
    named = set(comment.named)
    _tell_named(actor, comment, named)
    others = {comment.claim.created_by_id}
    if begins is not None:
        replies = Comment.objects.filter(thread=begins).values_list("created_by_id", flat=True)
        others = {begins.created_by_id, *replies}
    # Replies to one thread are counted up; one that not everybody in it may see stands alone.
    about = comment if comment.confidential or begins is None else begins
    notify(
        project=comment.project_id,
        recipients=_who_may_see(comment, others - named - {actor.pk}),
        kind=Kind.COMMENTED,
        actor=actor,
        target=about,
    )


def _tell_named(actor: User, comment: Comment, people: Iterable[int]) -> None:
    notify(
        project=comment.project_id,
        recipients=_who_may_see(comment, set(people) - {actor.pk}),
        kind=Kind.MENTIONED,
        actor=actor,
        target=comment,
    )


def _who_may_see(comment: Comment, people: set[int]) -> set[int]:
    if not people or not comment.confidential:
        return people
    seers = Membership.objects.filter(
        project=comment.project_id,
        user_id__in=people,
        role__in=roles_with(Permission.SEE_CONFIDENTIAL),
    )
    return set(seers.values_list("user_id", flat=True))
