"""Marking in a round: which claims belong to it, how they are numbered, who may change them."""

from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion
from annotations.claims.models import Claim
from annotations.claims.rounds import MarkingRound, RoundState
from annotations.lib.errors import Conflict, InvalidInput, Refused
from annotations.projects.marking import TAKING_PART, marks_nowhere, rounds_marked_by
from annotations.projects.models import Project

# Originals have numbers of their own, a run for each person and round: from the numbers of a
# project, which are handed out one by one, each could count what the others have made meanwhile.
FIRST_ORIGINAL = 10_000_000
MOST_ORIGINALS = 10_000
_HANDED_IN = _(
    "You have handed in. Take it back to go on marking; ask a moderator if it is closed."
)


# The row lock of this update hands out numbers one by one, without gaps between commits; it gives
# none for a text that the actor marks independently.
_NUMBER = """
    UPDATE annotations_project SET last_claim_number = last_claim_number + 1
     WHERE id = %s AND NOT EXISTS (
           SELECT FROM annotations_markinground r JOIN annotations_assignment a ON a.round_id = r.id
            WHERE r.state = 'open' AND r.article_id = %s AND a.assignee_id = %s
              AND a.state = ANY (%s))
 RETURNING last_claim_number
"""


def claim_number(
    actor: User, project: Project, version: ArticleVersion | None
) -> tuple[int, MarkingRound | None]:
    """Return the number of a new claim, and the round it belongs to where the actor marks its text
    independently. Raises Conflict as `original_place`.
    """
    article = version.article_id if version else None
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER, [project.pk, article, actor.pk, list(TAKING_PART)])
        found = cursor.fetchone()
    if found:
        return int(found[0]), None
    assert version is not None
    marked, number = original_place(actor, version)
    return number, marked


def original_place(actor: User, version: ArticleVersion) -> tuple[MarkingRound, int]:
    """Return the round that the person marks the article in, and the number of their next claim.

    Locks their part, so that nothing is added once it is handed in. Raises Conflict for another
    version of the text, or after that.
    """
    found = rounds_marked_by(actor.pk).filter(article=version.article_id).first()
    if found is None:
        # It was closed in this very moment.
        raise Conflict(_HANDED_IN)
    part = _own_part(actor, found)
    if version.pk != found.version_id:
        raise Conflict(
            _("You mark version %(number)d of this text independently. Mark it there."),
            params={"number": found.version.number},
        )
    before = found.assignments.model.objects.filter(
        project=found.project_id, round__isnull=False, pk__lt=part.pk
    )
    first = FIRST_ORIGINAL + MOST_ORIGINALS * before.count()
    run = Claim.objects.filter(
        project=found.project_id, number__gte=first, number__lt=first + MOST_ORIGINALS
    )
    number = (run.aggregate(last=Max("number"))["last"] or first) + 1
    if number == first + MOST_ORIGINALS:
        raise InvalidInput(_("More claims than one person can mark in a round."), field="ranges")
    return found, number


def check_original_stands(actor: User, claim: Claim) -> None:
    """Raise Conflict unless a claim of a round, if it is one, is still its maker's to change.

    Call with the claim locked.
    """
    if claim.round is None:
        return
    if claim.created_by_id != actor.pk or claim.round.state != RoundState.OPEN:
        raise Conflict(_of_its_maker(claim))
    _own_part(actor, claim.round)


def check_place_in_round(actor: User, claim: Claim, version: ArticleVersion) -> None:
    """Raise Conflict where a further mention would mix a round with the shared set."""
    if claim.round is not None:
        if claim.round.version_id != version.pk:
            raise Conflict(
                _("A claim of a round stands in the text of that round alone. Add the claim anew.")
            )
    elif not marks_nowhere(actor) and _marks(actor, version):
        raise Conflict(
            _(
                "You mark this text independently: make a claim of these words anew. What is the"
                " same is brought together when all have handed in."
            )
        )


def _marks(actor: User, version: ArticleVersion) -> bool:
    return rounds_marked_by(actor.pk).filter(article=version.article_id).exists()


def check_changes_original(user: User, claim: Claim) -> None:
    """Raise Refused unless the claim is in the shared set, or its maker marks it still."""
    if claim.round_id is None:
        return
    marked = claim.round
    assert marked is not None
    if claim.created_by_id != user.pk or marked.state != RoundState.OPEN:
        raise Refused(_of_its_maker(claim))
    if not marked.assignments.filter(assignee=user, ended_at__isnull=True).exists():
        raise Refused(_HANDED_IN)


def check_no_original(claim: Claim, sentence: Any) -> None:
    """Raise Refused with the sentence where the claim is of a round."""
    if claim.round_id is not None:
        raise Refused(sentence)


def _of_its_maker(claim: Claim) -> Any:
    assert claim.round is not None
    if claim.round.state == RoundState.OPEN:
        return _("This is being marked independently: only who made it may change it.")
    return _("This was marked independently and stays as it was handed in.")


def _own_part(actor: User, found: MarkingRound) -> Any:
    """Lock the person's assignment in an open round; raise Conflict once it is handed in."""
    parts = found.assignments.select_for_update(of=("self",), no_key=True)
    part = parts.filter(assignee=actor).order_by("-pk").first()
    if part is None or part.ended_at is not None:
        raise Conflict(_HANDED_IN)
    found.refresh_from_db(fields=["state"])
    if found.state != RoundState.OPEN:
        raise Conflict(_HANDED_IN)
    return part
