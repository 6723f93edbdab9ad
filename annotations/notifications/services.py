"""Telling people, what they have read of it, what they follow, and what they want by mail."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from annotations.accounts.models import User
from annotations.lib.ids import uuid7
from annotations.notifications.kinds import FOLLOWED, Kind, TargetKind
from annotations.notifications.models import Follow, MailChoice, Notification
from annotations.notifications.targets import Target, target_of
from annotations.projects.editing import check_choice
from annotations.projects.models import Project

# One statement, whatever the number of people: only active members of the project are told, and
# what is unread already is counted up.
_TELL = """
    INSERT INTO annotations_notification AS known
           (uid, project_id, recipient_id, kind, actor_id, target_kind, target_uid, claim_number,
            times, created_at, latest_at)
    SELECT given.uid, %(project)s, person.id, %(kind)s, %(actor)s, %(target_kind)s,
           %(target_uid)s, %(claim_number)s, 1, %(now)s, %(now)s
      FROM unnest(%(people)s::bigint[], %(uids)s::uuid[]) AS given (person, uid)
      JOIN annotations_user person ON person.id = given.person AND person.is_active
      LEFT JOIN annotations_membership member
        ON member.user_id = person.id AND member.project_id = %(project)s
     WHERE member.id IS NOT NULL OR (%(operators)s AND person.is_superuser)
     ORDER BY person.id
    ON CONFLICT (recipient_id, kind, target_kind, target_uid) WHERE read_at IS NULL
    DO UPDATE SET times = known.times + 1, actor_id = excluded.actor_id,
                  latest_at = excluded.latest_at,
                  mail_settled_at = CASE
                      WHEN %(rests)s::float IS NULL
                        OR known.mail_settled_at > %(now)s - make_interval(secs => %(rests)s)
                      THEN known.mail_settled_at END
"""


def notify(
    *,
    project: Project | int,
    recipients: Iterable[User | int],
    kind: str,
    actor: User | None,
    target: Any,
    operators: bool = False,
    mail_again_after: timedelta | None = None,
) -> None:
    """Tell people that `actor` (None: the machine) did something to `target`.

    `recipients` are people or their ids; `target` is a row or a Target. The actor is never told of
    their own deed, nor anyone who is not an active member (or, with `operators`, an operator); a
    thing that is unread already is counted up. Written in the caller's transaction by one
    statement, or none where nobody is left to tell. Mail follows by itself: a periodic job gathers
    what is unread after some minutes. What was mailed and stays unread is mailed again when it is
    counted up with `mail_again_after`, and the mail is as old as that.
    Whether somebody may see the target is asked anew whenever they are shown that they were told.
    """
    actor_id = None if actor is None else actor.pk
    people = {one if isinstance(one, int) else one.pk for one in recipients} - {actor_id}
    if not people:
        return
    about = target if isinstance(target, Target) else target_of(target)
    with connection.cursor() as cursor:
        cursor.execute(
            _TELL,
            {
                "project": project if isinstance(project, int) else project.pk,
                "kind": Kind(kind).value,
                "actor": actor_id,
                "target_kind": about.kind.value,
                "target_uid": about.uid,
                "claim_number": about.claim_number,
                "operators": operators,
                "now": timezone.now(),
                "rests": None if mail_again_after is None else mail_again_after.total_seconds(),
                # In one order, so that two who tell the same people do not wait for each other.
                "people": sorted(people),
                "uids": [uuid7() for _one in people],
            },
        )


def notifications_read(*, actor: User, uids: Iterable[UUID]) -> int:
    """Mark one's own notifications as read; return how many were unread."""
    mine = Notification.objects.filter(recipient=actor, read_at__isnull=True, uid__in=list(uids))
    return mine.update(read_at=timezone.now())


def notifications_read_all(*, actor: User, project: Project | None = None) -> int:
    """Mark everything one was told as read, or everything in one project."""
    mine = Notification.objects.filter(recipient=actor, read_at__isnull=True)
    if project is not None:
        mine = mine.filter(project=project)
    return mine.update(read_at=timezone.now())


def follow_start(*, actor: User, project: Project, target: Any) -> tuple[Follow, bool]:
    """Follow an article, claim, source or statement; say whether that is new. Already so: nothing.

    Whether the person may see it is the caller's to check.
    """
    about = target if isinstance(target, Target) else target_of(target)
    check_choice(about.kind, [one.value for one in FOLLOWED], "kind")
    return Follow.objects.get_or_create(
        user=actor,
        target_kind=about.kind,
        target_uid=about.uid,
        defaults={"project": project},
    )


def follow_stop(*, actor: User, kind: str, uid: UUID) -> bool:
    """Follow something no longer; say whether it was followed."""
    rows = Follow.objects.filter(user=actor, target_kind=kind, target_uid=uid)
    return bool(rows.delete()[0])


def is_following(user: User, kind: TargetKind, uid: UUID) -> bool:
    """Say whether the person follows the thing; one query."""
    return Follow.objects.filter(user=user, target_kind=kind, target_uid=uid).exists()


def mail_choose(*, actor: User, no_mail: bool, by_mail: Iterable[str]) -> MailChoice:
    """Store what the person wants by mail: the kinds of `by_mail`, or nothing at all."""
    wanted = list(by_mail)
    for one in wanted:
        check_choice(one, Kind.values, "by_mail")
    choice, _made = MailChoice.objects.update_or_create(
        user=actor,
        defaults={
            "no_mail": no_mail,
            "not_by_mail": [one for one in Kind.values if one not in wanted],
        },
    )
    return choice


def mail_stop(*, user: User) -> None:
    """Send the person no mail any more; what was chosen by kind is kept. Already so: nothing."""
    with transaction.atomic():
        choice, _made = MailChoice.objects.select_for_update().get_or_create(user=user)
        if not choice.no_mail:
            choice.no_mail = True
            choice.save(update_fields=["no_mail"])
