"""Telling followers what happened, and reviewers that their reviews became stale."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from annotations.accounts.models import User
from annotations.claims.models import Claim, Mention
from annotations.inbox.happenings import (
    FOLLOWED_HAPPENINGS,
    Happening,
    Window,
    stale_reviews,
)
from annotations.notifications.kinds import Kind
from annotations.notifications.models import Follow, FollowersTold, Notification
from annotations.notifications.services import notify

# Rows of a transaction that is still open are seen by nobody yet: history is read up to where the
# oldest one began, but for one that hangs. The seconds are for clocks that differ.
_UNTIL = """
    SELECT greatest(least(now(), min(xact_start)), now() - interval '10 minutes')
           - make_interval(secs => %s)
      FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
CLOCKS = timedelta(seconds=10)


def happenings_tell(timestamp: int = 0, *, clocks: timedelta = CLOCKS) -> None:
    """Tell of what history holds since the last time. One at a time; another one does nothing."""
    with transaction.atomic():
        told = FollowersTold.objects.select_for_update(skip_locked=True).first()
        until = _until(clocks)
        if told is None:
            # The first time there is nothing to look back to; two at once make one row.
            FollowersTold.objects.get_or_create(pk=1, defaults={"until": until})
            return
        if until <= told.until:
            return
        window = Window(told.until, until)
        for happening, reviewers in stale_reviews(window):
            _tell(happening, reviewers, Kind.REVIEW_STALE)
        if Follow.objects.exists():
            for read in FOLLOWED_HAPPENINGS:
                for happening in read(window):
                    _tell(happening, _followers(happening, window), Kind.FOLLOWED_CHANGED)
        told.until = until
        told.save(update_fields=["until"])


def _until(clocks: timedelta) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(_UNTIL, [clocks.total_seconds()])
        until: datetime = cursor.fetchone()[0]
    return until


def _tell(happening: Happening, people: Iterable[int], kind: Kind) -> None:
    actor = None
    if happening.actor_id is not None:
        actor = User(pk=happening.actor_id)
    notify(
        project=happening.project_id,
        recipients=people,
        kind=kind,
        actor=actor,
        target=happening.target,
    )


def _followers(happening: Happening, window: Window) -> set[int]:
    """Return who follows the claims, what they stand in, who said them, or the things themselves.

    But for those who follow since later, and those who were just told of it as their own.
    """
    uids = {*happening.things, *_around(happening.claims)}
    follows = Follow.objects.filter(
        project=happening.project_id, target_uid__in=uids, created_at__lte=window.until
    )
    people = set(follows.values_list("user_id", flat=True))
    return people - _told_already(happening, people, window) if people else people


def _around(claims: Iterable[int]) -> set[UUID]:
    """Return the uids of the claims, of the articles they stand in and of the sources behind."""
    ids = list(claims)
    if not ids:
        return set()
    mentions = Mention.objects.kept().filter(claim__in=ids)
    rows = mentions.values_list("claim__uid", "article__uid", "attributions__source__uid")
    found = {uid for row in rows for uid in row if uid is not None}
    for row in Claim.objects.filter(pk__in=ids).values_list("uid", "statement__source__uid"):
        found |= {uid for uid in row if uid is not None}
    return found


def _told_already(happening: Happening, people: set[int], window: Window) -> set[int]:
    """Return who has been told of this very thing, or of its claim, while it happened."""
    target = happening.target
    same = Q(target_uid=target.uid)
    if target.claim_number is not None:
        same |= Q(claim_number=target.claim_number)
    told = Notification.objects.filter(
        same,
        project=happening.project_id,
        recipient__in=people,
        read_at__isnull=True,
        latest_at__gte=window.since,
    )
    told = told.exclude(kind=Kind.FOLLOWED_CHANGED)
    return set(told.values_list("recipient_id", flat=True))
