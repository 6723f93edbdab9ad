"""The SQL of where mentions stand in later versions."""

from annotations.claims.placements.models import MentionPlacement
from annotations.exchange.eyes import Eyes
from annotations.exchange.json_sql import (
    edited,
    if_any,
    if_json,
    json_object,
    member,
    person,
    ranges,
    word,
)


def placements(eyes: Eyes) -> str:
    """Write every placement of a mention that is seen, in the order they were made."""
    record = json_object(
        [
            word("uid", "p.uid"),
            word("mention", "(SELECT uid FROM annotations_mention WHERE id = p.mention_id)"),
            word("version", _version("p.version_id")),
            word("state", "p.state"),
            word("why", "p.why"),
            word("from_version", _version("f.version_id")),
            member("from_ranges", ranges("p.placed_from_id")),
            edited("p"),
            if_json("ranges", "p.span_id IS NOT NULL", ranges("p.span_id")),
            if_json("proposed", "p.proposed_id IS NOT NULL", ranges("p.proposed_id")),
            if_any("decided_at", "p.decided_at"),
            if_any("decided_by", person("p.decided_by_id")),
        ]
    )
    return (
        f"SELECT {record} FROM annotations_mentionplacement p"
        " JOIN annotations_span f ON f.id = p.placed_from_id"
        f" WHERE {eyes.rows(MentionPlacement, 'p')} ORDER BY p.id"
    )


def _version(column: str) -> str:
    return f"(SELECT uid FROM annotations_articleversion WHERE id = {column})"
