"""Requests to the desk's pages of redactions that other rows have no like of."""

from typing import Any

from tests.matrix.asks import Ask, object_id
from tests.matrix.rows import Rows


def seen(rows: Rows) -> dict[str, Any]:
    return {"revision": rows.redaction.revision}


ROUTE, NAMES = "admin:annotations_redaction", object_id("redaction")
REDACTIONS = {
    (f"{ROUTE}_confirm", "GET"): Ask("redaction", NAMES),
    (f"{ROUTE}_confirm", "POST"): Ask("redaction", NAMES, seen),
    (f"{ROUTE}_files", "GET"): Ask("redaction", NAMES),
    (f"{ROUTE}_files", "POST"): Ask("redaction", NAMES, seen),
}
