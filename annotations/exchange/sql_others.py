"""The SQL of what claims speak of and what is thought of them: speakers, articles, reviews."""

from annotations.articles.models import Article, Outlet
from annotations.captures.models import Capture, StoredFile
from annotations.exchange.eyes import Eyes
from annotations.exchange.json_sql import (
    bare,
    discardable,
    edited,
    if_any,
    if_json,
    if_true,
    if_words,
    json_list,
    json_object,
    made,
    member,
    moderated,
    moment,
    person,
    word,
    words,
)
from annotations.exchange.sql_standards import evidence_used
from annotations.lifecycle.models import LifecycleEvent
from annotations.sources.models import Source
from annotations.statements.models import Statement
from annotations.verification.models import Review
from annotations.verification.standards.models import Guideline, RatingValue


def outlets(eyes: Eyes) -> str:
    """Write every outlet."""
    record = json_object(
        [word("uid", "o.uid"), words("name", "o.name"), made("o"), if_words("host", "o.host")]
    )
    return f"SELECT {record} FROM annotations_outlet o WHERE {eyes.rows(Outlet, 'o')} ORDER BY o.id"


def sources(eyes: Eyes) -> str:
    """Write every source with its aliases."""
    aliases = json_list(
        json_object([word("uid", "l.uid"), words("name", "l.name"), made("l")]),
        "FROM annotations_sourcealias l WHERE l.source_id = s.id ORDER BY l.id",
    )
    record = json_object(
        [
            word("uid", "s.uid"),
            words("name", "s.name"),
            word("kind", "s.kind"),
            edited("s"),
            member("aliases", aliases),
            if_words("description", "s.description"),
            eyes.refer("outlet", Outlet, "s.outlet_id"),
            eyes.refer("merged_into", Source, "s.merged_into_id"),
            moderated("s"),
        ]
    )
    return f"SELECT {record} FROM annotations_source s WHERE {eyes.rows(Source, 's')} ORDER BY s.id"


def statements(eyes: Eyes) -> str:
    """Write every statement."""
    record = json_object(
        [
            word("uid", "t.uid"),
            word("state", "t.state"),
            edited("t"),
            eyes.refer("source", Source, "t.source_id"),
            eyes.withheld("source", Source, "t.source_id"),
            if_words("channel", "t.channel"),
            if_words("url", "t.url"),
            moment("said", "t.said", "t.said_on"),
            if_words("text", "t.text"),
            if_words("language", "t.language"),
            if_true("confidential", "t.confidential"),
            eyes.refer("state_event", LifecycleEvent, "t.state_event_id"),
            moderated("t"),
        ]
    )
    where = eyes.rows(Statement, "t")
    return f"SELECT {record} FROM annotations_statement t WHERE {where} ORDER BY t.id"


def articles(eyes: Eyes) -> str:
    """Write every article with its versions and their blocks."""
    versions = json_list(
        _version(eyes),
        "FROM annotations_articleversion v WHERE v.article_id = a.id ORDER BY v.number",
    )
    record = json_object(
        [
            word("uid", "a.uid"),
            words("title", "a.title"),
            word("kind", "a.kind"),
            word("marking_state", "a.marking_state"),
            edited("a"),
            member("versions", versions),
            eyes.refer("outlet", Outlet, "a.outlet_id"),
            if_words("byline", "a.byline"),
            if_words("url", "a.url"),
            if_words("language", "a.language"),
            moment("published", "a.published"),
            eyes.refer("syndicated_from", Article, "a.syndicated_from_id"),
            moderated("a"),
        ]
    )
    where = eyes.rows(Article, "a")
    return f"SELECT {record} FROM annotations_article a WHERE {where} ORDER BY a.id"


def _version(eyes: Eyes) -> str:
    blocks = json_list(
        json_object([word("kind", "b.kind"), bare("start", "b.start"), bare("end", 'b."end"')]),
        "FROM annotations_block b WHERE b.version_id = v.id ORDER BY b.n",
    )
    return json_object(
        [
            word("uid", "v.uid"),
            bare("number", "v.number"),
            words("text", "v.text"),
            bare("length", "v.length"),
            word("content_hash", "v.content_hash"),
            word("origin", "v.origin"),
            made("v"),
            member("blocks", blocks),
            if_json("file", "v.file_id IS NOT NULL", file_of("v.file_id")),
            eyes.refer("capture", Capture, "v.capture_id"),
        ]
    )


def file_of(column: str) -> str:
    """Write the facts of the stored file that a column names by id."""
    file = json_object(
        [
            word("uid", "f.uid"),
            words("name", "f.name"),
            word("sha256", "f.sha256"),
            bare("size", "f.size"),
            words("media_type", "f.media_type"),
        ]
    )
    return f"(SELECT {file} FROM {StoredFile._meta.db_table} f WHERE f.id = {column})"


def reviews(eyes: Eyes) -> str:
    """Write every review that is revealed to the viewer, stale and discarded ones too."""
    record = json_object(
        [
            word("uid", "w.uid"),
            word("claim", "(SELECT uid FROM annotations_claim WHERE id = w.claim_id)"),
            bare("claim_revision", "w.claim_revision"),
            word("reviewer", person("w.reviewer_id")),
            word("label", "w.label"),
            edited("w"),
            eyes.refer("rating", RatingValue, "w.rating_id"),
            if_words("native_rating", "w.native_rating"),
            eyes.refer("guideline", Guideline, "w.guideline_id"),
            member("evidence_used", evidence_used(eyes)),
            if_any("confidence", "w.confidence"),
            if_words("justification", "w.justification"),
            discardable("w"),
        ]
    )
    return f"SELECT {record} FROM annotations_review w WHERE {eyes.rows(Review, 'w')} ORDER BY w.id"
