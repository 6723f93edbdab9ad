"""The SQL of who was given what to do, or took it from the queue."""

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.claims.rounds import MarkingRound
from annotations.exchange.eyes import Eyes
from annotations.exchange.json_sql import (
    edited,
    if_any,
    if_json,
    if_true,
    if_words,
    json_object,
    person,
    word,
)
from annotations.verification.assignments.models import Assignment


def assignments(eyes: Eyes) -> str:
    """Write every assignment the viewer may see; leases, which last minutes, are left out."""
    round_uid = f"(SELECT uid FROM {MarkingRound._meta.db_table} WHERE id = g.round_id)"
    record = json_object(
        [
            word("uid", "g.uid"),
            word("assignee", person("g.assignee_id")),
            word("mode", "g.mode"),
            word("state", "g.state"),
            edited("g"),
            eyes.refer("article", Article, "g.article_id"),
            eyes.refer("claim", Claim, "g.claim_id"),
            if_json("round", "g.round_id IS NOT NULL", f"concat('\"', {round_uid}, '\"')"),
            if_any("due", "g.due"),
            if_words("note", "g.note"),
            if_true("is_from_queue", "g.is_from_queue"),
            if_any("ended_at", "g.ended_at"),
        ]
    )
    where = eyes.rows(Assignment, "g")
    return f"SELECT {record} FROM annotations_assignment g WHERE {where} ORDER BY g.id"
