"""Requests about flags, merging and the audit."""

from typing import Any

from tests.matrix.asks import Ask, Names, nothing, number, uid_of
from tests.matrix.rows import Rows

WHY = "They say the same."


def flag_names(rows: Rows) -> dict[str, Any]:
    """The claim, as the thing that is flagged."""
    return {"slug": rows.project.slug, "kind": "claim", "uid": rows.claim.uid}


def flagged(rows: Rows) -> dict[str, Any]:
    return {"kind": "claim", "target": rows.claim.uid, "reason": "wrong"}


def _into(name: str) -> Any:
    """The body that merges a row into the other one of its kind."""
    return lambda rows: {
        "into": getattr(rows, f"other_{name}").uid,
        "revision": getattr(rows, name).revision,
        "reason": WHY,
    }


def _into_for_api(name: str) -> Any:
    return lambda rows: {"into": getattr(rows, f"other_{name}").uid, "reason": WHY}


def _merge(name: str, names: Names) -> dict[tuple[str, str], Ask]:
    return {
        (f"{name}-merge", "GET"): Ask(name, names),
        (f"{name}-merge", "POST"): Ask(name, names, _into(name)),
    }


def decided(rows: Rows) -> dict[str, Any]:
    return {"state": "accepted", "outcome": "hide", "reason": "A person is named."}


MODERATION_PAGES = {
    ("flag-list", "GET"): Ask(),
    ("flag-create", "GET"): Ask("claim", flag_names),
    ("flag-create", "POST"): Ask("claim", flag_names, lambda rows: {"reason": "wrong"}),
    **_merge("claim", number),
    **_merge("source", uid_of("source")),
}
MODERATION_API = {
    ("api-claim-merge", "POST"): Ask(
        "claim", uid_of("claim"), _into_for_api("claim"), match="claim"
    ),
    ("api-source-merge", "POST"): Ask(
        "source", uid_of("source"), _into_for_api("source"), match="source"
    ),
    ("api-flags", "GET"): Ask(),
    ("api-flags", "POST"): Ask("claim", body=flagged),
    ("api-flag", "GET"): Ask("flag", uid_of("flag")),
    ("api-flag-decide", "POST"): Ask("flag", uid_of("flag"), decided, match="flag"),
}
MODERATION_ADMIN = {
    ("admin:audit", "GET"): Ask(names=nothing),
    ("admin:audit_csv", "GET"): Ask(names=nothing),
}
