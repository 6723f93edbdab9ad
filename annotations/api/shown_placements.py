"""Where mentions stand in later versions, read for a whole page in one query and their ranges."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from annotations.claims.placements.models import MentionPlacement
from annotations.planned import IsOneOf, Planned, Slot


@dataclass(frozen=True, slots=True)
class ShownPlacement:
    """A placement with its ranges; it answers for its own columns like the row itself."""

    row: MentionPlacement
    ranges: list[dict[str, Any]]
    proposed: list[dict[str, Any]]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


def placements_of(mention_ids: Sequence[int]) -> dict[int, list[MentionPlacement]]:
    """Read the placements of mentions by mention id, in the order of the versions; one query."""
    found: dict[int, list[MentionPlacement]] = defaultdict(list)
    for row in _placements(list(mention_ids)):
        found[row.mention_id].append(row)
    return found


def span_ids(placements: Iterable[MentionPlacement]) -> set[int]:
    """Return the spans whose ranges show the placements."""
    return {pk for one in placements for pk in (one.span_id, one.proposed_id) if pk is not None}


def with_ranges(
    placements: Iterable[MentionPlacement], ranges: dict[int, list[dict[str, Any]]]
) -> list[ShownPlacement]:
    """Put the ranges to the placements; `ranges` are by span id."""
    return [
        ShownPlacement(one, ranges.get(one.span_id or 0, []), ranges.get(one.proposed_id or 0, []))
        for one in placements
    ]


@Planned
def _placements(mention_ids: Slot) -> QuerySet[MentionPlacement]:
    rows = MentionPlacement.objects.filter(IsOneOf("mention", mention_ids))
    rows = rows.select_related("version", "decided_by").defer("version__text")
    return rows.order_by("mention_id", "version__number")
