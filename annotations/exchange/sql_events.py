"""The SQL of lifecycle events, their hops and their assessments."""

from annotations.articles.models import Article
from annotations.captures.models import Capture
from annotations.claims.models import Claim
from annotations.exchange.eyes import Eyes
from annotations.exchange.json_sql import (
    if_rows,
    if_true,
    if_word,
    if_words,
    json_list,
    json_object,
    made,
    member,
    moderated,
    moment,
    word,
    words,
)
from annotations.exchange.sql_claims import hop, standing_of
from annotations.lifecycle.models import LifecycleEvent
from annotations.sources.models import Source
from annotations.statements.models import Statement


def events(eyes: Eyes) -> str:
    """Write every event with its own hops and its assessments, in the order they were recorded."""
    return (
        f"SELECT {_event(eyes)} FROM annotations_lifecycleevent e"
        " LEFT JOIN annotations_eventmoderation d ON d.event_id = e.id"
        f" WHERE {eyes.rows(LifecycleEvent, 'e')} ORDER BY e.id"
    )


def _event(eyes: Eyes) -> str:
    hops = json_list(
        hop(eyes, in_context=False),
        'FROM annotations_attribution a WHERE a.event_id = e.id ORDER BY a."order"',
    )
    assessments = json_list(
        _assessment(eyes),
        "FROM annotations_eventassessment z WHERE z.event_id = e.id ORDER BY z.id",
    )
    return json_object(
        [
            word("uid", "e.uid"),
            word("event_type", "e.type"),
            member("standing", f"coalesce(to_json({standing_of('e')}), 'null')"),
            word("happened_basis", "e.happened_basis"),
            word("reason_given", "e.reason_given"),
            made("e"),
            member("hops", hops),
            member("assessments", assessments),
            eyes.refer("statement", Statement, "e.statement_id"),
            eyes.refer("article", Article, "e.article_id"),
            moment("happened", "e.happened"),
            moment("noticed", "e.noticed"),
            eyes.refer("actor", Source, "e.actor_id"),
            eyes.withheld("actor", Source, "e.actor_id"),
            eyes.refer("on_behalf_of", Source, "e.on_behalf_of_id"),
            if_true("self_observed", "e.self_observed"),
            if_words("reason_text", "e.reason_text"),
            if_word("reason_inferred", "e.reason_inferred"),
            if_words("notice_url", "e.notice_url"),
            if_words("note", "e.note"),
            eyes.refer("claim", Claim, "e.claim_id"),
            if_rows("captures", *_captures(eyes)),
            moderated("d"),
        ]
    )


def _captures(eyes: Eyes) -> tuple[str, str]:
    """Return what is written of each of an event's captures, and where these come from."""
    capture = "(SELECT uid FROM annotations_capture WHERE id = c.capture_id)"
    one = json_object(
        [word("uid", "c.uid"), word("capture", capture), word("place", "c.place"), made("c")]
    )
    seen = eyes.sees(Capture, "c.capture_id")
    return one, (
        f"FROM annotations_eventcapture c WHERE c.event_id = e.id AND {seen} ORDER BY c.id"
    )


def _assessment(eyes: Eyes) -> str:
    return json_object(
        [
            word("uid", "z.uid"),
            word("standing", "z.standing"),
            words("reason", "z.reason"),
            made("z"),
            eyes.refer("reporter", Source, "z.reporter_id"),
            eyes.withheld("reporter", Source, "z.reporter_id"),
            if_words("evidence_url", "z.evidence_url"),
            if_words("evidence_note", "z.evidence_note"),
        ]
    )
