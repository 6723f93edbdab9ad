"""Requests about the retraction ledger, its proof bundles, and verdicts to be looked at again."""

from typing import Any

from tests.matrix.asks import Ask, uid_of
from tests.matrix.rows import Rows
from tests.matrix.states import own

WHY = "The UN counted on its own."


def kept(rows: Rows) -> dict[str, Any]:
    return {"reason": WHY, "revision": rows.look_again.revision}


def bundle_of_theirs(rows: Rows, actor: Any) -> None:
    """A bundle is whose who asked for it; whoever asks here has asked for this one."""
    own(rows.bundle, actor)


def about_bundle(*more: Any) -> Ask:
    return Ask("bundle", *more, before=bundle_of_theirs)


LEDGER_PAGES = {
    ("ledger-page", "GET"): Ask(),
    ("look-again-list", "GET"): Ask(),
    ("look-again-detail", "GET"): Ask("look_again", uid_of("look_again")),
    ("look-again-detail", "POST"): Ask("look_again", uid_of("look_again"), kept),
    ("bundle-create", "POST"): Ask("event", uid_of("event")),
    ("bundle-detail", "GET"): about_bundle(uid_of("bundle")),
    ("bundle-file", "GET"): about_bundle(uid_of("bundle")),
}
LEDGER_API = {
    ("api-ledger-feed", "GET"): Ask(),
    ("api-ledger-table", "GET"): Ask(),
    ("api-looks-again", "GET"): Ask(),
    ("api-look-again", "GET"): Ask("look_again", uid_of("look_again")),
    ("api-look-again-keep", "POST"): Ask(
        "look_again", uid_of("look_again"), lambda rows: {"reason": WHY}, match="look_again"
    ),
}
