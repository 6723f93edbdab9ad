"""The worker's part: looking for the places, and overwriting them once two people said so."""

import json
import logging

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from annotations import jobs
from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.captures.models import StoredFile
from annotations.moderation.people import person_deactivate
from annotations.moderation.redactions import files
from annotations.moderation.redactions.models import (
    Kind,
    Redaction,
    RedactionFile,
    RedactionWords,
    State,
)
from annotations.moderation.redactions.telling import tell_second, tell_two

logger = logging.getLogger(__name__)


def redaction_look(*, uid: str) -> None:
    """Find every place and file that holds the words, for the second person to see."""
    with context(actor=User.objects.system(), action="redaction.look"):
        redaction = _lock(uid)
        words = RedactionWords.objects.filter(redaction=redaction).first()
        if redaction.state != State.LOOKING or words is None:
            return
        redaction.places = places_of(redaction, words.pattern)
        RedactionFile.objects.filter(redaction=redaction).delete()
        if redaction.kind == Kind.WORDS:
            found = list(files.files_found(redaction, words.pattern))
            RedactionFile.objects.bulk_create(found)
        _store(redaction, "places", state=State.FOUND)
        if redaction.places or redaction.files.exists():
            tell_second(redaction)
        else:
            tell_two(redaction, actor=None)


def redaction_run(*, uid: str) -> None:
    """Overwrite what was confirmed; asked again after a crash, go on where it stopped.

    Where the database refuses it, the two people are told to look again; where it was only busy,
    the job is tried again.
    """
    try:
        _overwrite(uid)
    except OperationalError:
        raise
    except DatabaseError:
        _give_back(uid)
        raise
    with context(actor=User.objects.system(), action="redaction.files_gone"):
        redaction = _lock(uid)
        if redaction.state != State.OVERWRITTEN:
            return
        files.files_forget(redaction)
        # What pages were answered may be kept there; it counts rate limits anew, and no more.
        cache.clear()
        _store(redaction, state=State.DONE, ended_at=timezone.now())
        tell_two(redaction, actor=None)


def redactions_resume(timestamp: int = 0) -> None:
    """Go on with what a worker that was stopped left lying. `timestamp` is not used."""
    unfinished = (State.LOOKING, State.CONFIRMED, State.OVERWRITTEN)
    for uid, state in Redaction.objects.filter(state__in=unfinished).values_list("uid", "state"):
        go_on = redaction_look if state == State.LOOKING else redaction_run
        try:
            go_on(uid=str(uid))
        except DatabaseError:
            logger.exception("Redaction %s could not go on", uid)


def places_of(redaction: Redaction, pattern: str) -> list[dict[str, object]]:
    """Return where the pattern matches: table, column, rows, times, digest, the first rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT factcheck_places(%s, %s, %s, %s)",
            [redaction.kind, redaction.project_id, redaction.person_id, pattern],
        )
        (places,) = cursor.fetchone()
    found: list[dict[str, object]] = json.loads(places) if isinstance(places, str) else places
    return found


def _overwrite(uid: str) -> None:
    with transaction.atomic():
        redaction = _lock(uid)
        words = RedactionWords.objects.filter(redaction=redaction).first()
        if redaction.state != State.CONFIRMED or words is None or redaction.confirmed_by is None:
            return
        with context(actor=redaction.confirmed_by, action="redaction.overwrite"):
            pattern = words.pattern
            if not _is_overwritten(redaction, pattern):
                _look_again(redaction)
                return
            files.files_overwrite(redaction, pattern)
            if redaction.person is not None:
                _shut_out(redaction.person)
                # Bundles are made by a room above this one.
                jobs.enqueue("exchange.forget_person", person_uid=str(redaction.person.uid))


def _is_overwritten(redaction: Redaction, pattern: str) -> bool:
    """Overwrite the rows; say no, and undo it, where that is not what was shown.

    A file that came while the others were searched is told by its number: none comes after the
    tables are held still.
    """
    newest = StoredFile.objects.aggregate(Max("pk"))
    if redaction.kind == Kind.WORDS and not files.files_are_as_found(redaction, pattern):
        return False
    with transaction.atomic():
        is_done = _redact(redaction) == State.OVERWRITTEN
        if is_done and StoredFile.objects.aggregate(Max("pk")) != newest:
            is_done = False
            transaction.set_rollback(True)
    return is_done


def _give_back(uid: str) -> None:
    with context(actor=User.objects.system(), action="redaction.refused"):
        redaction = _lock(uid)
        if redaction.state == State.CONFIRMED:
            _look_again(redaction)


def _look_again(redaction: Redaction) -> None:
    """Ask the two to look again: nothing was overwritten."""
    confirmer = redaction.confirmed_by_id
    _store(redaction, state=State.CHANGED, confirmed_by=None, confirmed_at=None)
    tell_two(redaction, actor=None, confirmer=confirmer)


def _redact(redaction: Redaction) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT factcheck_redact(%s)", [redaction.pk])
        (state,) = cursor.fetchone()
    return str(state)


def _shut_out(person: User) -> None:
    """End every way in: sessions, tokens, password, second steps, addresses, other sign-ins.

    Work that waited for them is free for others.
    """
    person.refresh_from_db()
    person_deactivate(actor=User.objects.system(), user=person)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()


def _lock(uid: str) -> Redaction:
    rows = Redaction.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("project", "person", "created_by", "confirmed_by").get(uid=uid)


def _store(redaction: Redaction, *changed: str, **columns: object) -> None:
    columns["revision"] = redaction.revision + 1
    for name, value in columns.items():
        setattr(redaction, name, value)
    redaction.save(update_fields=[*changed, *columns])
