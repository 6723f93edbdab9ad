"""The sample's mentions in a later version: one that a person confirmed, one that waits."""

from annotations.exchange.records import PlacementRecord, RangeRecord
from tests.exchange.sample_parts import AT, EDITED, MODERATOR, uid


def placements(words: RangeRecord) -> list[PlacementRecord]:
    """Placements of the first mention in two later versions."""
    common = {"mention": uid(60), "from_version": uid(41), "from_ranges": [words], **EDITED}
    return [
        PlacementRecord(
            uid=uid(97),
            version=uid(42),
            state="moved",
            why="confirmed",
            ranges=[words],
            proposed=[words],
            decided_at=AT,
            decided_by=MODERATOR,
            **common,
        ),
        PlacementRecord(
            uid=uid(98), version=uid(43), state="needs_review", why="repeated", **common
        ),
    ]
