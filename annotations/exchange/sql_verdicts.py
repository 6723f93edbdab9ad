"""The SQL of what was decided of claims: adjudications and verdicts."""

from annotations.exchange.eyes import Eyes
from annotations.exchange.json_sql import (
    bare,
    edited,
    if_any,
    if_json,
    if_rows,
    if_words,
    json_list,
    json_object,
    made,
    member,
    person,
    word,
    words,
)
from annotations.lifecycle.models import LookAgain
from annotations.verification.evidence.models import Evidence
from annotations.verification.models import Review
from annotations.verification.verdicts.models import Adjudication, Verdict


def adjudications(eyes: Eyes) -> str:
    """Write every adjudication that the viewer may see, with the reviews that they may."""
    weighed = json_list(
        json_object(
            [
                word("review", _uid("review", "w.review_id")),
                bare("revision", "w.review_revision"),
                if_json("gives", "w.gives <> '{}'", "to_json(w.gives)"),
            ]
        ),
        "FROM annotations_adjudicationreview w WHERE w.adjudication_id = d.id"
        f" AND {eyes.sees(Review, 'w.review_id')} ORDER BY w.id",
    )
    record = json_object(
        [
            word("uid", "d.uid"),
            word("claim", _uid("claim", "d.claim_id")),
            bare("claim_revision", "d.claim_revision"),
            word("label", "d.label"),
            words("reason", "d.reason"),
            made("d"),
            member("weighed", weighed),
            if_words("native_rating", "d.native_rating"),
            if_any("confidence", "d.confidence"),
            if_words("justification", "d.justification"),
        ]
    )
    seen = eyes.rows(Adjudication, "d")
    return f"SELECT {record} FROM annotations_adjudication d WHERE {seen} ORDER BY d.id"


def verdicts(eyes: Eyes) -> str:
    """Write every verdict, those that ended too, with the evidence that the viewer may see."""
    record = json_object(
        [
            word("uid", "x.uid"),
            word("claim", _uid("claim", "x.claim_id")),
            bare("claim_revision", "x.claim_revision"),
            words("claim_text", "x.claim_text"),
            word("label", "x.label"),
            words("reason", "x.reason"),
            word("state", "x.state"),
            edited("x"),
            if_any("adjudication", _uid("adjudication", "x.adjudication_id")),
            member("reviews", _reviews()),
            member("evidence", _evidence(eyes)),
            if_words("native_rating", "x.native_rating"),
            if_any("supersedes", _uid("verdict", "x.supersedes_id")),
            if_json("ended", "x.ended_at IS NOT NULL", _ended()),
            _looks_again(eyes),
        ]
    )
    seen = eyes.rows(Verdict, "x")
    return f"SELECT {record} FROM annotations_verdict x WHERE {seen} ORDER BY x.id"


def current_verdict() -> str:
    """Write the verdict that stands for a claim (alias c), in short; for formats by mention."""
    verdict = json_object(
        [
            word("uid", "x.uid"),
            word("label", "x.label"),
            words("at", "x.created_at"),
            word("by", person("x.created_by_id")),
            words(
                "by_name", "(SELECT display_name FROM annotations_user WHERE id = x.created_by_id)"
            ),
            if_json("is_stale", "x.claim_revision <> c.content_revision", "'true'"),
        ]
    )
    return f"(SELECT {verdict} FROM annotations_verdict x {_STANDS})"


def stands() -> str:
    """Return the condition under which a verdict stands for a claim (alias c)."""
    return f"EXISTS (SELECT FROM annotations_verdict x {_STANDS})"


_STANDS = "WHERE x.claim_id = c.id AND x.state = 'current'"


def _reviews() -> str:
    one = json_object(
        [word("review", _uid("review", "b.review_id")), bare("revision", "b.review_revision")]
    )
    return json_list(
        one, "FROM annotations_verdictreview b WHERE b.verdict_id = x.id ORDER BY b.id"
    )


def _evidence(eyes: Eyes) -> str:
    one = json_object(
        [
            word("evidence", _uid("evidence", "e.evidence_id")),
            bare("revision", "e.evidence_revision"),
        ]
    )
    return json_list(
        one,
        "FROM annotations_verdictevidence e WHERE e.verdict_id = x.id"
        f" AND {eyes.sees(Evidence, 'e.evidence_id')} ORDER BY e.id",
    )


def _ended() -> str:
    return json_object(
        [
            words("at", "x.ended_at"),
            word("by", person("x.ended_by_id")),
            words("correction_note", "x.correction_note"),
        ]
    )


def _looks_again(eyes: Eyes) -> str:
    kept = json_object(
        [
            words("at", "g.kept_at"),
            word("by", person("g.kept_by_id")),
            words("reason", "g.kept_reason"),
        ]
    )
    one = json_object(
        [
            word("uid", "g.uid"),
            word("event", _uid("lifecycleevent", "g.event_id")),
            edited("g"),
            if_any("assignee", person("g.assignee_id")),
            if_json("kept", "g.kept_at IS NOT NULL", kept),
        ]
    )
    return if_rows(
        "looks_again",
        one,
        "FROM annotations_lookagain g WHERE g.verdict_id = x.id"
        f" AND {eyes.sees(LookAgain, 'g.id')} ORDER BY g.id",
    )


def _uid(table: str, column: str) -> str:
    return f"(SELECT uid FROM annotations_{table} WHERE id = {column})"
