"""Requests about where mentions stand in later versions, to pages and to the API."""

from typing import Any

from tests.matrix.asks import Ask, Names, slug, uid_of
from tests.matrix.rows import Rows

IN_VERSION: Names = uid_of("later")
PLACEMENT: Names = uid_of("placement")


def seen(rows: Rows) -> dict[str, Any]:
    return {"revision": rows.placement.revision}


def words(rows: Rows) -> dict[str, Any]:
    return {"words": "about 1,900 civilians", "revision": rows.placement.revision}


def confirmed(rows: Rows) -> dict[str, Any]:
    return {"decision": "confirm"}


PAGES = {
    ("version-compare", "GET"): Ask("placed_article", uid_of("placed_article")),
    ("placement-list", "GET"): Ask("placed_article", IN_VERSION),
    ("placement-detail", "GET"): Ask("placed", PLACEMENT),
    ("placement-confirm", "POST"): Ask("placed", PLACEMENT, seen),
    ("placement-select", "POST"): Ask("placed", PLACEMENT, words),
    ("placement-gone", "POST"): Ask("placed", PLACEMENT, seen),
}
API = {
    ("api-placements", "GET"): Ask("placed", slug),
    ("api-placement", "GET"): Ask("placed", PLACEMENT),
    ("api-placement", "PATCH"): Ask("placed", PLACEMENT, confirmed, match="placement"),
}
