"""Asking for a redaction, choosing its files, confirming and cancelling it."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.audit.timeline import history_model
from annotations.jobs.queue import enqueue
from annotations.lib.errors import InvalidInput, Refused, StaleVersion
from annotations.moderation.redactions import permissions
from annotations.moderation.redactions.models import (
    Ground,
    Kind,
    Redaction,
    RedactionFile,
    RedactionWords,
    State,
)
from annotations.moderation.redactions.patterns import (
    clean_spellings,
    mail_pattern,
    pattern_of,
    redact,
)
from annotations.moderation.redactions.telling import tell_two
from annotations.moderation.services import clean_reason
from annotations.projects.editing import check_length
from annotations.projects.models import Project

LOOK, RUN = "redactions.look", "redactions.run"
LONGEST_REFERENCE = 500


def redaction_ask(
    *,
    actor: User,
    project: Project,
    words: str,
    ground: str,
    reference: str,
    whole_words: bool = True,
) -> Redaction:
    """Ask that words (one spelling a line) be overwritten everywhere in a project.

    Nothing is overwritten before another person confirms the places that the worker finds.
    """
    permissions.check_ask_redaction(actor, project)
    spellings = clean_spellings(words)
    pattern = pattern_of(spellings, whole_words=whole_words)
    said = _clean_reference(ground, reference, pattern)
    with context(actor=actor, action="redaction.ask"):
        redaction = Redaction.objects.create(
            kind=Kind.WORDS,
            project=project,
            ground=ground,
            reference=said,
            state=State.LOOKING,
            created_by=actor,
        )
        RedactionWords.objects.create(
            redaction=redaction, spellings=spellings, whole_words=whole_words, pattern=pattern
        )
        enqueue(LOOK, uid=str(redaction.uid))
    return redaction


def person_redaction_ask(
    *, actor: User, person: User, reference: str, ground: str = Ground.DATA_PROTECTION
) -> Redaction:
    """Ask that a person be pseudonymised: every name and address their account ever had."""
    permissions.check_pseudonymise(actor, person)
    _check_not_last_operator(person)
    past: Any = history_model(User)
    before = past.objects.filter(pgh_obj_id=person.pk)
    known = {(person.display_name, person.email), *before.values_list("display_name", "email")}
    names = sorted({name for name, _address in known if name})
    addresses = sorted({address for _name, address in known if address})
    pattern = mail_pattern(addresses, names)
    # In a text a bare name may be somebody else's; in what is kept about this person it is theirs.
    bare = pattern_of([*names, *addresses], whole_words=True)
    said = _clean_reference(ground, reference, bare)
    with context(actor=actor, action="redaction.ask"):
        if Redaction.objects.filter(person=person).exclude(state=State.CANCELLED).exists():
            raise Refused(_("This has been asked for already."))
        redaction = Redaction.objects.create(
            kind=Kind.PERSON,
            person=person,
            ground=ground,
            reference=said,
            state=State.LOOKING,
            created_by=actor,
        )
        RedactionWords.objects.create(
            redaction=redaction, spellings=[*names, *addresses], pattern=pattern
        )
        enqueue(LOOK, uid=str(redaction.uid))
    return redaction


def redaction_look_again(*, actor: User, redaction: Redaction, reason: str = "") -> Redaction:
    """Have the places looked for anew, because something changed; the files are chosen anew."""
    with context(actor=actor, action="redaction.look_again", reason=_unsaid(redaction, reason)):
        locked = _lock(redaction)
        permissions.check_stop_redaction(actor, locked)
        if locked.state != State.LOOKING:
            _store(locked, state=State.LOOKING)
        enqueue(LOOK, uid=str(locked.uid))
    return locked


def redaction_files_choose(
    *, actor: User, redaction: Redaction, replaced: Collection[int], revision: int
) -> Redaction:
    """Say which files are to be replaced as a whole by a note, by their `RedactionFile` ids."""
    with context(actor=actor, action="redaction.files"):
        locked = _lock(redaction)
        permissions.check_stop_redaction(actor, locked)
        _check_seen(locked, revision)
        if locked.state != State.FOUND:
            raise Refused(_("Wait until the places have been found."))
        files = RedactionFile.objects.filter(redaction=locked)
        files.filter(pk__in=replaced).update(is_replaced=True)
        files.exclude(pk__in=replaced).update(is_replaced=False)
        _store(locked)
    return locked


def redaction_confirm(*, actor: User, redaction: Redaction, revision: int) -> Redaction:
    """Be the second person: what was found, as it was shown, is overwritten for good.

    `revision` is what the person saw; raises StaleVersion when places or files are others now.
    """
    with context(actor=actor, action="redaction.confirm"):
        locked = _lock(redaction)
        _check_seen(locked, revision)
        permissions.check_confirm_redaction(actor, locked)
        if not locked.places and not locked.files.exists():
            raise Refused(_("Nothing was found, so there is nothing to overwrite."))
        _store(locked, state=State.CONFIRMED, confirmed_by=actor, confirmed_at=timezone.now())
        enqueue(RUN, uid=str(locked.uid))
    return locked


def redaction_cancel(*, actor: User, redaction: Redaction, reason: str) -> Redaction:
    """Give it up before it is confirmed; the words are forgotten, that it was asked is not."""
    said = _unsaid(redaction, clean_reason(reason))
    with context(actor=actor, action="redaction.cancel", reason=said):
        locked = _lock(redaction)
        permissions.check_stop_redaction(actor, locked)
        RedactionWords.objects.filter(redaction=locked).delete()
        _store(locked, state=State.CANCELLED, ended_at=timezone.now())
        tell_two(locked, actor=actor)
    return locked


def _clean_reference(ground: str, reference: str, pattern: str) -> str:
    if ground not in Ground.values:
        raise InvalidInput(_("Choose the legal ground."), field="ground")
    said = check_length(reference, LONGEST_REFERENCE, "reference")
    if not said:
        raise InvalidInput(
            _("Name the order or the request: its number, its date, who made it."),
            field="reference",
        )
    _check_unsaid(said, pattern, "reference")
    return said


def _unsaid(redaction: Redaction, reason: str) -> str:
    """Return the reason, which stays for ever and so must not hold the words."""
    words = RedactionWords.objects.filter(redaction=redaction).first()
    if words is not None:
        # As whole words: of a person, the stored pattern finds names after an @ alone.
        bare = pattern_of(words.spellings, whole_words=True)
        _check_unsaid(reason, words.pattern, "reason")
        _check_unsaid(reason, bare, "reason")
    return reason


def _check_unsaid(said: str, pattern: str, field: str) -> None:
    if redact(said, pattern)[1]:
        raise InvalidInput(_("This is kept: leave the words themselves out of it."), field=field)


def _check_seen(redaction: Redaction, revision: int) -> None:
    if redaction.revision != revision:
        raise StaleVersion(current=redaction)


def _check_not_last_operator(person: User) -> None:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
    if person.is_superuser and not others.exists():
        raise Refused(_("The installation keeps at least one operator."))


def _lock(redaction: Redaction) -> Redaction:
    rows = Redaction.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("project", "person", "created_by").get(pk=redaction.pk)


def _store(redaction: Redaction, **columns: object) -> None:
    columns["revision"] = redaction.revision + 1
    for name, value in columns.items():
        setattr(redaction, name, value)
    redaction.save(update_fields=list(columns))
