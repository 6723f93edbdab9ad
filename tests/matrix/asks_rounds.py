"""Requests about rounds of independent marking, to pages and to the API."""

from typing import Any

from annotations.claims.rounds import RoundState
from annotations.verification.assignments.models import AssignmentState
from annotations.verification.rounds.services import round_add_person
from tests.matrix.asks import Ask, Names, slug, uid_of
from tests.matrix.rows import Rows

IN_ROUND: Names = uid_of("round")


def open_again(rows: Rows, actor: Any) -> None:
    """Let the round be marked still: whoever opened it has not handed in."""
    found = rows.round
    type(found)._base_manager.filter(pk=found.pk).update(state=RoundState.OPEN, closed_at=None)
    found.assignments.filter(assignee=found.created_by).update(
        state=AssignmentState.IN_PROGRESS, ended_at=None
    )
    found.refresh_from_db()


def as_stored(rows: Rows, actor: Any) -> None:
    """Read the round again: what other requests did to it was undone."""
    rows.round.refresh_from_db()


def handed_in_by_one(rows: Rows, actor: Any) -> None:
    """Let everybody but the author of the desk be done."""
    open_again(rows, actor)
    author = rows.claim.created_by
    rows.round.assignments.filter(assignee=author).update(
        state=AssignmentState.IN_PROGRESS, ended_at=None
    )
    rows.round.assignments.filter(assignee=rows.round.created_by).update(
        state=AssignmentState.HANDED_IN, ended_at=rows.round.created_at
    )


def with_three(rows: Rows, actor: Any) -> None:
    """Let a third take part, who can be taken out."""
    open_again(rows, actor)
    round_add_person(actor=rows.round.created_by, found=rows.round, person=a_member(rows))
    rows.round.refresh_from_db()


def a_member(rows: Rows) -> Any:
    """Somebody of the project who takes no part: the moderator, or another admin elsewhere."""
    taking = rows.round.assignments.values("assignee")
    others = rows.project.memberships.exclude(user__in=taking).exclude(role="reader")
    return others.order_by("-role").first().user if others else rows.claim.created_by


def people(rows: Rows) -> list[str]:
    return [str(one.uid) for one in (a_member(rows), rows.round.created_by)]


def given(rows: Rows) -> dict[str, Any]:
    return {"people": people(rows), "note": "Both"}


def given_by_api(rows: Rows) -> dict[str, Any]:
    return {**given(rows), "article": str(rows.article.uid)}


def one_more(rows: Rows) -> dict[str, Any]:
    return {"person": str(a_member(rows).uid), "revision": rows.round.revision}


def third(rows: Rows) -> Any:
    return rows.round.assignments.order_by("-pk")[0].assignee


def one_less(rows: Rows) -> dict[str, Any]:
    return {"person": str(third(rows).uid), "revision": rows.round.revision}


def without_revision(fields: Any) -> Any:
    return lambda rows: {k: v for k, v in fields(rows).items() if k != "revision"}


def why(rows: Rows) -> dict[str, Any]:
    return {"reason": "Wrong text", "revision": rows.round.revision}


def chosen(rows: Rows) -> dict[str, Any]:
    return {"originals": [str(rows.original.number)]}


def left_out(rows: Rows) -> dict[str, Any]:
    return {"original": str(rows.original.number), "reason": "No claim"}


PAGES = {
    ("round-list", "GET"): Ask(),
    ("round-create", "GET"): Ask("article", uid_of("article")),
    ("round-create", "POST"): Ask("article", uid_of("article"), given),
    ("round-detail", "GET"): Ask("round", IN_ROUND),
    ("round-hand-in", "POST"): Ask("round", IN_ROUND, before=open_again),
    ("round-take-back", "POST"): Ask("round", IN_ROUND, before=handed_in_by_one),
    ("round-person-add", "POST"): Ask("round", IN_ROUND, one_more, before=open_again),
    ("round-person-withdraw", "POST"): Ask("round", IN_ROUND, one_less, before=with_three),
    ("round-call-off", "POST"): Ask("round", IN_ROUND, why, before=as_stored),
    ("round-accept", "POST"): Ask("round", IN_ROUND, chosen),
    ("round-accept-same", "POST"): Ask("round", IN_ROUND),
    ("round-reject", "POST"): Ask("round", IN_ROUND, left_out),
    ("round-finish", "POST"): Ask("round", IN_ROUND, why, before=as_stored),
}
API = {
    ("api-rounds", "GET"): Ask(),
    ("api-rounds", "POST"): Ask("article", slug, given_by_api),
    ("api-round", "GET"): Ask("round", IN_ROUND),
    ("api-round-person-add", "POST"): Ask(
        "round", IN_ROUND, without_revision(one_more), match="round", before=open_again
    ),
    ("api-round-person-withdraw", "POST"): Ask(
        "round", IN_ROUND, without_revision(one_less), match="round", before=with_three
    ),
    ("api-round-call-off", "POST"): Ask(
        "round", IN_ROUND, lambda rows: {"reason": "Wrong text"}, match="round", before=as_stored
    ),
    ("api-round-hand-in", "POST"): Ask("round", IN_ROUND, before=open_again),
    ("api-round-take-back", "POST"): Ask("round", IN_ROUND, before=handed_in_by_one),
    ("api-round-groups", "GET"): Ask("round", IN_ROUND),
    ("api-round-accept", "POST"): Ask(
        "round", IN_ROUND, lambda rows: {"originals": [str(rows.original.uid)]}
    ),
    ("api-round-accept-same", "POST"): Ask("round", IN_ROUND),
    ("api-round-reject", "POST"): Ask(
        "round",
        IN_ROUND,
        lambda rows: {"original": str(rows.original.uid), "reason": "No claim"},
    ),
    ("api-round-finish", "POST"): Ask(
        "round",
        IN_ROUND,
        lambda rows: {"rest_reason": "No claims"},
        match="round",
        before=as_stored,
    ),
    ("api-span-agreement", "GET"): Ask(),
}
