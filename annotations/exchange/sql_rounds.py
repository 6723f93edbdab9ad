"""The SQL of rounds of independent marking, and of what was marked in them."""

from annotations.claims.models import Claim
from annotations.claims.rounds import MarkingRound
from annotations.exchange.eyes import Eyes
from annotations.exchange.json_sql import (
    edited,
    if_any,
    if_json,
    if_words,
    json_object,
    word,
)
from annotations.exchange.sql_claims import claim_members, claims_where
from annotations.verification.rounds.models import OriginalDecision


def rounds(eyes: Eyes) -> str:
    """Write every round whose article the viewer may see, in the order they were opened."""
    record = json_object(
        [
            word("uid", "r.uid"),
            word("article", "(SELECT uid FROM annotations_article WHERE id = r.article_id)"),
            word("version", "(SELECT uid FROM annotations_articleversion WHERE id = r.version_id)"),
            word("state", "r.state"),
            edited("r"),
            if_any("closed_at", "r.closed_at"),
        ]
    )
    seen = eyes.rows(MarkingRound, "r")
    return f"SELECT {record} FROM annotations_markinground r WHERE {seen} ORDER BY r.id"


def originals(eyes: Eyes) -> str:
    """Write what was marked in rounds, as far as the viewer may read it, by number."""
    found = "(SELECT uid FROM annotations_markinground WHERE id = c.round_id)"
    decided = (
        "EXISTS (SELECT FROM annotations_originaldecision d WHERE d.original_id = c.id"
        f" AND {eyes.sees(OriginalDecision, 'd.id')})"
    )
    members = [*claim_members(eyes), word("round", found)]
    record = json_object([*members, if_json("decision", decided, _decision(eyes))])
    return claims_where(eyes, record, "c.round_id IS NOT NULL")


def _decision(eyes: Eyes) -> str:
    record = json_object(
        [
            word("uid", "d.uid"),
            word("outcome", "d.outcome"),
            edited("d"),
            eyes.refer("claim", Claim, "d.claim_id"),
            if_words("reason", "d.reason"),
        ]
    )
    return f"(SELECT {record} FROM annotations_originaldecision d WHERE d.original_id = c.id)"
