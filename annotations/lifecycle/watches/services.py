"""Starting a watch, pausing and resuming it, and asking for a check now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.audit.context import context
from annotations.lib.errors import Conflict, InvalidInput
from annotations.lib.text import normalise
from annotations.lifecycle.services import Subject
from annotations.lifecycle.watches.choices import Urgency, WatchState
from annotations.lifecycle.watches.hosts import host_key, host_lock
from annotations.lifecycle.watches.models import Watch, WatchTurn
from annotations.lifecycle.watches.turns import ENDED, hand_out_soon
from annotations.projects.editing import REASON_LENGTH, check_length, lock_row, write_changes

_ACTIVE: dict[str, Any] = {
    "state": WatchState.ACTIVE,
    "paused_at": None,
    "paused_by": None,
    "paused_reason": "",
}


def watch_of(subject: Subject) -> Watch | None:
    """Return the watch of an article or statement, if it has one."""
    rows = Watch.objects.filter(**_named(subject)).with_free_at()
    return rows.select_related("turn", "paused_by").first()


def watch_start(*, actor: User, subject: Subject) -> tuple[Watch, bool]:
    """Watch the page of an article or statement from now on; say whether that is new.

    Watched already changes nothing. Raises InvalidInput where the subject has no address.
    """
    if not subject.canonical_url:
        raise InvalidInput(
            _("There is no address to watch. Add the address where it was published first."),
            field="url",
        )
    known = watch_of(subject)
    if known is not None:
        return known, False
    try:
        with context(actor=actor, action="watch.start"), transaction.atomic():
            watch = Watch.objects.create(
                project=subject.project,
                created_by=actor,
                url=subject.url,
                canonical_url=subject.canonical_url,
                **_named(subject),
            )
            watch.turn = WatchTurn.objects.create(
                project=subject.project,
                watch=watch,
                host=_host(subject.canonical_url),
                next_at=timezone.now(),
                fresh_at=_fresh_at(subject),
            )
            hand_out_soon()
    except IntegrityError:
        # Somebody began to watch it at the same moment.
        known = watch_of(subject)
        if known is None:
            raise
        return known, False
    return watch, True


def watch_pause(*, actor: User, watch: Watch, reason: str, revision: int | None = None) -> Watch:
    """Look at the page no more until somebody resumes it, and say why. Already so: nothing.

    A check that is under way ends as it would.
    """
    words = check_length(normalise(reason), REASON_LENGTH, "reason")
    if not words:
        raise InvalidInput(_("Say why the page is not to be looked at."), field="reason")
    with context(actor=actor, action="watch.pause", reason=words):
        current = lock_row(watch, revision)
        if not current.is_active:
            return current
        paused = {"paused_at": timezone.now(), "paused_by": actor, "paused_reason": words}
        write_changes(current, {"state": WatchState.PAUSED, **paused})
        idle = WatchTurn.objects.filter(watch=current, check_uid__isnull=True)
        idle.update(next_at=None, urgency=Urgency.ORDINARY, asked_by=None)
    return current


def watch_resume(*, actor: User, watch: Watch, revision: int | None = None) -> Watch:
    """Look at the page again from now on, at the address that its subject has now."""
    with context(actor=actor, action="watch.resume"):
        current = lock_row(watch, revision)
        if current.is_active:
            return current
        subject = current.subject
        if not subject.canonical_url:
            raise InvalidInput(_("There is no address to watch any more."), field="url")
        address = {"url": subject.url, "canonical_url": subject.canonical_url}
        moved = current.has_moved
        write_changes(current, {**_ACTIVE, **address})
        turns = WatchTurn.objects.filter(watch=current)
        columns: dict[str, Any] = {"next_at": timezone.now(), "refusals": 0}
        if moved:
            # Nothing that was seen at the old address says anything of the new one, a check that is
            # under way there included: it ends, and whoever has it in hand finds it taken away.
            columns |= {**ENDED, "host": _host(subject.canonical_url), "good": None}
            columns |= dict.fromkeys(("away_at", "gone_at", "event", "checked_at"))
            columns |= {"fresh_at": _fresh_at(subject), "outcome": "", "why": ""}
        else:
            turns = turns.filter(check_uid__isnull=True)
        turns.update(**columns)
        hand_out_soon()
    return current


def watch_check_now(*, actor: User, watch: Watch) -> bool:
    """Have the page looked at as soon as its host may be asked; False where that is awaited.

    Raises Conflict for a paused watch.
    """
    with context(actor=actor, action="watch.check_now"):
        current = lock_row(watch, None)
        if not current.is_active:
            raise Conflict(_("This watch is paused. Resume it, and the page is checked."))
        waiting = WatchTurn.objects.filter(
            watch=current, check_uid__isnull=True, urgency=Urgency.ORDINARY
        )
        asked = waiting.update(next_at=timezone.now(), urgency=Urgency.ASKED, asked_by=actor)
        if asked:
            hand_out_soon()
    return bool(asked)


def _named(subject: Subject) -> dict[str, Subject]:
    return {"article" if isinstance(subject, Article) else "statement": subject}


def _host(canonical: str) -> str:
    """Return the host by which turns are handed out, known from now on: whoever lets go of hosts
    waits until the turn is written.
    """
    return host_lock(host_key(canonical)).host


def _fresh_at(subject: Subject) -> datetime:
    """Return when the subject was published or said; else when it came to be known here."""
    said = subject.published_earliest if isinstance(subject, Article) else subject.said_earliest
    return min(said or subject.created_at, timezone.now())
