"""Rounds of independent marking: who takes part, handing in, calling off."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, role_allows
from annotations.articles.models import Article, ArticleVersion
from annotations.audit.context import context
from annotations.claims.rounds import MarkingRound, RoundState
from annotations.lib.errors import Conflict, InvalidInput, StaleVersion
from annotations.notifications.kinds import Kind
from annotations.notifications.services import notify
from annotations.projects.editing import check_length, write_changes
from annotations.projects.marking import TAKING_PART
from annotations.projects.permissions import role_of
from annotations.verification.assignments.models import (
    UNFINISHED,
    Assignment,
    AssignmentMode,
    AssignmentState,
)

FEWEST = 2
MOST = 20
NOTE_LENGTH = 1000
UNDER_WAY = (RoundState.OPEN, RoundState.HANDED_IN)


def round_open(
    *,
    actor: User,
    article: Article,
    people: Sequence[User],
    due: date | None = None,
    note: str = "",
) -> MarkingRound:
    """Give the article's current text to several people, each to mark it without the others.

    The same people again while nobody has handed in change nothing. Raises InvalidInput for fewer
    than two or for somebody who may not mark; Conflict where a round of the article is under way.
    """
    people = list(dict.fromkeys(people))
    note = check_length(note, NOTE_LENGTH, "note")
    if not FEWEST <= len(people) <= MOST:
        raise InvalidInput(
            _("Choose %(fewest)d people at least, and %(most)d at most."),
            field="people",
            params={"fewest": FEWEST, "most": MOST},
        )
    with context(actor=actor, action="round.open"):
        Article.objects.select_for_update(of=("self",), no_key=True).get(pk=article.pk)
        before = MarkingRound.objects.filter(article=article).under_way().first()
        if before is not None:
            return _same_round(before, people)
        version = ArticleVersion.objects.filter(article=article).order_by("-number")[0]
        found = MarkingRound.objects.create(
            project_id=article.project_id, article=article, version=version, created_by=actor
        )
        for person in people:
            _add(actor, found, person, due, note)
        _tell(actor, found, people, Kind.ASSIGNED)
    return found


def round_add_person(
    *,
    actor: User,
    found: MarkingRound,
    person: User,
    due: date | None = None,
    note: str = "",
    revision: int | None = None,
) -> MarkingRound:
    """Let one more person mark the text. Who takes part already stays as they are."""
    note = check_length(note, NOTE_LENGTH, "note")
    with context(actor=actor, action="round.add_person"):
        current = lock_round(found, revision)
        check_state(current, RoundState.OPEN)
        parts = taking_part(current)
        if any(part.assignee_id == person.pk for part in parts):
            return current
        if len(parts) >= MOST:
            raise Conflict(_("%(most)d people at most mark one text."), params={"most": MOST})
        _add(actor, current, person, due, note)
        count_up(current)
        _tell(actor, current, [person], Kind.ASSIGNED)
    return current


def round_withdraw_person(
    *,
    actor: User,
    found: MarkingRound,
    person: User,
    reason: str = "",
    revision: int | None = None,
) -> MarkingRound:
    """Take one person out of the round; what they marked stays theirs and is not brought together.

    Who does not take part changes nothing. Where all others have handed in, the round is complete.
    """
    with context(actor=actor, action="round.withdraw_person", reason=reason):
        current = lock_round(found, revision)
        parts = taking_part(current)
        part = next((one for one in parts if one.assignee_id == person.pk), None)
        if part is None:
            return current
        check_state(current, RoundState.OPEN)
        if len(parts) <= FEWEST:
            raise Conflict(
                _("At least two people mark a text in a round. Add somebody, or call it off.")
            )
        _end(part, AssignmentState.WITHDRAWN)
        _tell(actor, current, [person], Kind.REASSIGNED)
        close_if_all_in(actor, current)
        count_up(current)
    return current


def round_call_off(
    *, actor: User, found: MarkingRound, reason: str, revision: int | None = None
) -> MarkingRound:
    """End a round without bringing anything together. What was marked stays its maker's to read."""
    reason = check_length(reason, NOTE_LENGTH, "reason")
    if not reason:
        raise InvalidInput(_("Say why the round is called off."), field="reason")
    with context(actor=actor, action="round.call_off", reason=reason):
        current = lock_round(found, revision)
        if current.state == RoundState.CALLED_OFF:
            return current
        check_state(current, *UNDER_WAY)
        unfinished = [part for part in taking_part(current) if part.state in UNFINISHED]
        for part in unfinished:
            _end(part, AssignmentState.WITHDRAWN)
        _tell(actor, current, [part.assignee_id for part in unfinished], Kind.REASSIGNED)
        write_changes(current, {"state": RoundState.CALLED_OFF})
    return current


def round_hand_in(*, actor: User, found: MarkingRound) -> MarkingRound:
    """Say that one is done. With the last one the round is complete, and all see everything."""
    with context(actor=actor, action="round.hand_in"):
        current = lock_round(found, None)
        part = _own_part(actor, current)
        if part.state == AssignmentState.HANDED_IN:
            return current
        check_state(current, RoundState.OPEN)
        _end(part, AssignmentState.HANDED_IN)
        close_if_all_in(actor, current)
    return current


def round_take_back(*, actor: User, found: MarkingRound) -> MarkingRound:
    """Go on marking after handing in, as long as somebody else has not handed in."""
    with context(actor=actor, action="round.take_back"):
        current = lock_round(found, None)
        part = _own_part(actor, current)
        if part.state in UNFINISHED:
            return current
        if current.state != RoundState.OPEN:
            raise Conflict(_("All have handed in: what was marked stays as it is."))
        _check_free(current, actor)
        write_changes(part, {"state": AssignmentState.IN_PROGRESS, "ended_at": None})
    return current


def lock_round(found: MarkingRound, revision: int | None) -> MarkingRound:
    """Lock and re-read the round; StaleVersion unless it is at `revision`, where that is given.

    Not against references: who marks has a lock on their own part while their claim names the
    round, and would wait for somebody who waits for them.
    """
    rows = MarkingRound.objects.select_for_update(of=("self",), no_key=True)
    current = rows.select_related("article", "version", "project").get(pk=found.pk)
    if revision is not None and current.revision != revision:
        raise StaleVersion(current=current)
    return current


def taking_part(found: MarkingRound) -> list[Assignment]:
    """Lock and return the parts of those who belong to the round, in the order they were added."""
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    return list(rows.filter(round=found, state__in=TAKING_PART))


def check_state(found: MarkingRound, *states: RoundState) -> None:
    """Raise Conflict unless the round is in one of the states."""
    if found.state not in states:
        raise Conflict(
            _("This cannot be done any more, or not yet: the round is “%(state)s”."),
            params={"state": found.get_state_display()},
        )


def _same_round(before: MarkingRound, people: Sequence[User]) -> MarkingRound:
    there = {part.assignee_id for part in taking_part(before)}
    if before.state == RoundState.OPEN and there == {person.pk for person in people}:
        return before
    raise Conflict(
        _("This article is in a round already. End that first, or change who takes part in it."),
        field="people",
    )


def _add(actor: User, found: MarkingRound, person: User, due: date | None, note: str) -> Assignment:
    if not person.is_active or not role_allows(role_of(person, found.project), Permission.ANNOTATE):
        raise InvalidInput(
            _("%(name)s cannot mark here: that takes the role Reviewer or above."),
            field="people",
            params={"name": person.display_name},
        )
    _check_free(found, person)
    return Assignment.objects.create(
        project_id=found.project_id,
        article=found.article,
        assignee=person,
        mode=AssignmentMode.INDEPENDENT,
        round=found,
        due=due,
        note=note,
        created_by=actor,
    )


def _check_free(found: MarkingRound, person: User) -> None:
    """Raise Conflict where the person has the article as ordinary work, which is done in sight."""
    others = Assignment.objects.filter(
        article=found.article_id, assignee=person, state__in=UNFINISHED
    )
    if others.exists():
        raise Conflict(
            _("%(name)s has this article to mark already. Withdraw that first."),
            field="people",
            params={"name": person.display_name},
        )


def _own_part(actor: User, found: MarkingRound) -> Assignment:
    for part in taking_part(found):
        if part.assignee_id == actor.pk:
            return part
    raise Conflict(_("You do not take part in this round."))


def _end(part: Assignment, state: AssignmentState) -> None:
    write_changes(part, {"state": state, "ended_at": timezone.now()})


def close_if_all_in(actor: User, found: MarkingRound) -> None:
    """Complete the round with the last one, and tell who opened it; of the others, nobody."""
    rows = Assignment.objects.filter(round=found, state__in=TAKING_PART)
    if not rows.exclude(state=AssignmentState.HANDED_IN).exists():
        write_changes(found, {"state": RoundState.HANDED_IN, "closed_at": timezone.now()})
        _tell(actor, found, [found.created_by_id], Kind.HANDED_IN)


def _tell(
    actor: User, found: MarkingRound, people: Sequence[User] | Sequence[int], kind: Kind
) -> None:
    notify(project=found.project_id, recipients=people, kind=kind, actor=actor, target=found)


def count_up(found: MarkingRound) -> None:
    """Count a change of who takes part, which stands in rows of its own, as one of the round."""
    found.revision += 1
    found.save(update_fields=["revision", "updated_at"])
