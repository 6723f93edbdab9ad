"""Requests about the retraction ledger, and verdicts to be looked at again."""

from typing import Any

from tests.matrix.asks import Ask, uid_of
from tests.matrix.scene import Rows

WHY = "The UN counted on its own."


def kept(rows: Rows) -> dict[str, Any]:
    return {"reason": WHY, "revision": rows.look_again.revision}


LEDGER_PAGES = {
    ("ledger-page", "GET"): Ask(),
    ("look-again-list", "GET"): Ask(),
    ("look-again-detail", "GET"): Ask("look_again", uid_of("look_again")),
    ("look-again-detail", "POST"): Ask("look_again", uid_of("look_again"), kept),
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
