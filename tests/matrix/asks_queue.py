"""Requests about the queue, about who works on what, and about how the project is doing."""

from typing import Any

from django.utils import timezone

from annotations.verification.assignments.models import Assignment
from tests.matrix.asks import Ask, Names, fixed, nothing, slug, uid_of
from tests.matrix.rows import Rows


def hand_in(rows: Rows, actor: Any) -> None:
    """Let the work be done."""
    Assignment.objects.filter(pk=rows.assignment.pk).update(
        state="handed_in", ended_at=timezone.now()
    )


def given(rows: Rows) -> dict[str, Any]:
    return {"assignee": rows.project.created_by.uid, "claim": rows.claim.uid}


def chosen(rows: Rows) -> dict[str, Any]:
    return {
        "assignment": rows.assignment.uid,
        "assignee": rows.project.created_by.uid,
        "reason": "On leave.",
    }


def given_by_api(rows: Rows) -> dict[str, Any]:
    return {"assignee": rows.project.created_by.uid, "claims": [rows.claim.uid]}


def withdrawn(rows: Rows) -> dict[str, Any]:
    return {"assignments": [rows.assignment.uid], "reason": "On leave."}


def reassigned(rows: Rows) -> dict[str, Any]:
    return {**withdrawn(rows), "assignee": rows.project.created_by.uid}


def both(route: str, about: str, names: Names, body: Any, **more: Any) -> Any:
    """A form: the page that shows it and the request that sends it."""
    return {
        (route, "GET"): Ask(about, names, **more),
        (route, "POST"): Ask(about, names, body, **more),
    }


ONE = ("assignment", uid_of("assignment"))
WHY = fixed(reason="Not mine.")
AGAIN = fixed(note="Which source?")
WORK = {
    ("me-page", "GET"): Ask(),
    ("dashboard-page", "GET"): Ask(),
    ("queue-next", "POST"): Ask(body=fixed(kind="claim")),
    ("assignment-list", "GET"): Ask(),
    **both("assignment-create", "claim", slug, given),
    **both("assignment-withdraw", "assignment", slug, chosen),
    **both("assignment-reassign", "assignment", slug, chosen),
    ("assignment-heartbeat", "POST"): Ask(*ONE),
    **both("assignment-hand-back", *ONE, WHY),
    **both("assignment-send-back", *ONE, AGAIN, before=hand_in),
}
WORK_API = {
    ("api-queue-next", "POST"): Ask(body=nothing),
    ("api-dashboard", "GET"): Ask(),
    ("api-assignments", "GET"): Ask(),
    ("api-assignments", "POST"): Ask("claim", slug, given_by_api),
    ("api-assignment", "GET"): Ask(*ONE),
    ("api-assignment-withdraw", "POST"): Ask("assignment", slug, withdrawn),
    ("api-assignment-reassign", "POST"): Ask("assignment", slug, reassigned),
    ("api-assignment-heartbeat", "POST"): Ask(*ONE),
    ("api-assignment-hand-back", "POST"): Ask(*ONE, WHY),
    ("api-assignment-send-back", "POST"): Ask(*ONE, AGAIN, before=hand_in),
}
