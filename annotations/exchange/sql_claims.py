"""The SQL of claims with their mentions, ranges and hops: the bulk of every export."""

from annotations.claims.chains import SPEAKER_WORDS
from annotations.claims.models import Claim, Mention
from annotations.exchange.eyes import Eyes
from annotations.exchange.json_sql import (
    bare,
    discardable,
    edited,
    if_any,
    if_json,
    if_true,
    if_word,
    if_words,
    json_list,
    json_object,
    made,
    member,
    moderated,
    moment,
    person,
    ranges,
    unless,
    when,
    word,
    words,
)
from annotations.exchange.sql_verdicts import current_verdict, stands
from annotations.lifecycle.marks import MARKING_TYPES
from annotations.lifecycle.models import LifecycleEvent
from annotations.sources.models import Source
from annotations.statements.models import Statement
from annotations.verification.models import Review


def claims(eyes: Eyes, *, in_context: bool) -> str:
    """Write every claim of the shared set with its mentions, by number.

    One that was merged into another is written as a record of that, but not `in_context`: there
    is a line for each mention, and it has none.
    """
    claim = json_object(claim_members(eyes, in_context=in_context))
    merged = " AND c.merged_into_id IS NULL" if in_context else ""
    return claims_where(eyes, claim, f"c.round_id IS NULL{merged}")


def claims_where(eyes: Eyes, record: str, condition: str) -> str:
    """Select a record of each claim (alias c) that is seen and meets the condition, by number."""
    return (
        f"SELECT {record} FROM annotations_claim c"
        " JOIN annotations_user c_by ON c_by.id = c.created_by_id"
        f" WHERE {condition} AND {eyes.rows(Claim, 'c')} ORDER BY c.number"
    )


def claim_members(eyes: Eyes, *, in_context: bool = False) -> list[str]:
    """Write what a claim says, with its mentions."""
    mentions = json_list(
        _mention(eyes, in_context=in_context),
        f"FROM annotations_mention m WHERE m.claim_id = c.id AND {eyes.sees(Mention, 'm.id')}"
        " ORDER BY m.id",
    )
    return [
        word("uid", "c.uid"),
        bare("number", "c.number"),
        words("text", "c.text"),
        unless("checkability", "c.checkability", "checkable"),
        unless("priority", "c.priority", 2),
        unless("content_revision", "c.content_revision", 1),
        edited("c", near="c"),
        member("mentions", mentions),
        if_json("types", "c.types <> '{}'", "to_json(c.types)"),
        if_words("language", "c.language"),
        eyes.refer("translation_of", Claim, "c.translation_of_id"),
        if_any("due", "c.due"),
        if_any("check_worthiness", "c.check_worthiness"),
        eyes.refer("statement", Statement, "c.statement_id"),
        eyes.refer("merged_into", Claim, "c.merged_into_id"),
        discardable("c"),
        moderated("c"),
        *([member("context", _claim_context(eyes))] if in_context else []),
    ]


def _mention(eyes: Eyes, *, in_context: bool) -> str:
    hops = json_list(
        hop(eyes, in_context=in_context, near="c"),
        'FROM annotations_attribution a WHERE a.mention_id = m.id ORDER BY a."order"',
    )
    return json_object(
        [
            word("uid", "m.uid"),
            word("version", "(SELECT uid FROM annotations_articleversion WHERE id = m.version_id)"),
            member("ranges", ranges("m.span_id")),
            made("m", near="c"),
            member("hops", hops),
            discardable("m"),
            *([member("context", _mention_context())] if in_context else []),
        ]
    )


def hop(eyes: Eyes, *, in_context: bool, near: str | None = None) -> str:
    """Write one hop (alias a; `near` as in `made`).

    What would describe a withheld speaker is withheld with it.
    """
    hidden = eyes.hides(Source, "a.source_id")
    shown = "true" if hidden == "false" else f"NOT ({hidden})"
    name = "(SELECT name FROM annotations_source WHERE id = a.source_id)"
    about_the_speaker = ", ".join(
        [
            if_json("source_ranges", "a.source_span_id IS NOT NULL", _words_of("a.source_span_id")),
            *[if_words(name, f"a.{name}") for name in SPEAKER_WORDS],
            *([if_any("source_name", name)] if in_context else []),
        ]
    )
    return json_object(
        [
            word("uid", "a.uid"),
            bare("order", 'a."order"'),
            unless("source_given", "a.source_given", "named"),
            word("source_kind", "a.source_kind"),
            word("quote_type", "a.quote_type"),
            unless("original_located", "a.original_located", "not_searched"),
            made("a", near=near),
            eyes.refer("source", Source, "a.source_id"),
            eyes.withheld("source", Source, "a.source_id"),
            if_json("cue_ranges", "a.cue_span_id IS NOT NULL", _words_of("a.cue_span_id")),
            when(shown, about_the_speaker),
            eyes.refer("spokesperson_for", Source, "a.spokesperson_for_id"),
            moment("said", "a.said", "a.said_on"),
            if_words("said_where", "a.said_where"),
            eyes.refer("statement", Statement, "a.statement_id"),
            if_word("attitude", "a.attitude"),
            if_true("cue_negated", "a.cue_negated"),
            if_word("commitment", "a.commitment"),
            if_word("hop_type", "a.hop_type"),
        ]
    )


def _words_of(span: str) -> str:
    """Write where a cue or a source stands; what is around it follows from the version's text."""
    return ranges(span, in_full=False)


def _mention_context() -> str:
    context = json_object(
        [
            word("article", "ar.uid"),
            words("article_title", "ar.title"),
            bare("version_number", "v.number"),
            word("version_hash", "v.content_hash"),
            if_words("article_url", "ar.url"),
            if_words("article_published", "ar.published"),
            if_words("article_language", "ar.language"),
            if_any("outlet", "o.name"),
            words("created_by_name", _name("m.created_by_id")),
        ]
    )
    return (
        f"(SELECT {context} FROM annotations_articleversion v"
        " JOIN annotations_article ar ON ar.id = v.article_id"
        " LEFT JOIN annotations_outlet o ON o.id = ar.outlet_id WHERE v.id = m.version_id)"
    )


def _claim_context(eyes: Eyes) -> str:
    return json_object(
        [
            words("created_by_name", _name("c.created_by_id")),
            member("marks", _marks(eyes)),
            member("labels", _labels(eyes)),
            member("statements", _statements(eyes)),
            if_json("verdict", stands(), current_verdict()),
        ]
    )


def _rests_on(eyes: Eyes) -> str:
    """Select the statements a claim rests on: its own, and those of its kept mentions' hops."""
    return (
        "SELECT c.statement_id WHERE c.statement_id IS NOT NULL UNION"
        " SELECT a.statement_id FROM annotations_attribution a JOIN annotations_mention m"
        " ON m.id = a.mention_id WHERE m.claim_id = c.id AND m.discarded_at IS NULL"
        f" AND a.statement_id IS NOT NULL AND {eyes.sees(Mention, 'm.id')}"
    )


def _marks(eyes: Eyes) -> str:
    kinds = ", ".join(f"'{kind.value}'" for kind in MARKING_TYPES)
    mark = json_object(
        [
            word("event", "e.uid"),
            word("event_type", "e.type"),
            word("standing", standing_of("e")),
            word("statement", "st.uid"),
        ]
    )
    return json_list(
        mark,
        "FROM annotations_lifecycleevent e JOIN annotations_statement st ON st.id = e.statement_id"
        f" WHERE e.statement_id IN ({_rests_on(eyes)}) AND e.type IN ({kinds})"
        f" AND {eyes.sees(LifecycleEvent, 'e.id')} ORDER BY e.id",
    )


def standing_of(event: str) -> str:
    """Look up an event's standing: that of its latest assessment."""
    return (
        "(SELECT s.standing FROM annotations_eventassessment s"
        f" WHERE s.event_id = {event}.id ORDER BY s.id DESC LIMIT 1)"
    )


def _labels(eyes: Eyes) -> str:
    mine = "false" if eyes.viewer is None else f"w.reviewer_id = {eyes.viewer.pk}"
    label = json_object(
        [
            word("label", "w.label"),
            word("by", person("w.reviewer_id")),
            words("by_name", _name("w.reviewer_id")),
            words("at", "w.updated_at"),
            if_true("mine", mine),
        ]
    )
    return json_list(
        label,
        "FROM annotations_review w WHERE w.claim_id = c.id"
        " AND w.claim_revision = c.content_revision AND w.discarded_at IS NULL"
        f" AND {eyes.sees(Review, 'w.id')} ORDER BY w.id",
    )


def _statements(eyes: Eyes) -> str:
    statement = json_object(
        [
            word("uid", "st.uid"),
            if_words("channel", "st.channel"),
            if_words("url", "st.url"),
            if_words("said_on", "st.said_on"),
        ]
    )
    return json_list(
        statement,
        f"FROM annotations_statement st WHERE st.id IN ({_rests_on(eyes)})"
        f" AND {eyes.sees(Statement, 'st.id')} ORDER BY st.id",
    )


def _name(column: str) -> str:
    return f"(SELECT display_name FROM annotations_user WHERE id = {column})"
