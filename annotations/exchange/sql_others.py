"""The SQL of everything that is not a claim: the project, people, speakers, articles, events."""

from django.db import models

from annotations.articles.models import Article, ArticleVersion, Outlet
from annotations.captures.models import StoredFile
from annotations.claims.models import Attribution, Claim, Mention
from annotations.exchange import sql_history
from annotations.exchange.eyes import Eyes
from annotations.exchange.json_sql import (
    bare,
    edited,
    flag,
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
    word,
    words,
)
from annotations.exchange.sql_claims import hop, standing_of
from annotations.lifecycle.models import EventAssessment, EventModeration, LifecycleEvent
from annotations.projects.models import Discardable, Moderated
from annotations.sources.models import Source, SourceAlias
from annotations.statements.models import Statement
from annotations.verification.models import Review


def project(eyes: Eyes) -> str:
    """Write the project; who exports and when is filled in by the reader."""
    slugs = json_list(
        "to_json(f.slug)",
        "FROM annotations_formerslug f WHERE f.project_id = p.id ORDER BY f.id",
    )
    seen_by = person(str(eyes.viewer.pk)) if eyes.viewer else "NULL::uuid"
    record = json_object(
        [
            word("uid", "p.uid"),
            words("name", "p.name"),
            word("slug", "p.slug"),
            words("language", "p.language"),
            words("time_zone", "p.time_zone"),
            bare("reviews_needed", "p.reviews_needed"),
            flag("blind", "p.blind"),
            flag("shared_editing", "p.shared_editing"),
            edited("p"),
            words("exported_at", "now()"),
            member("former_slugs", slugs),
            if_any("archived_at", "p.archived_at"),
            if_any("seen_by", seen_by),
        ]
    )
    return f"SELECT {record} FROM annotations_project p WHERE p.id = {eyes.project.pk}"


# Whose makers, and whoever discarded, hid, locked or judged them, are named in an export.
_NAMING = (
    Outlet,
    Source,
    SourceAlias,
    Statement,
    Article,
    ArticleVersion,
    Claim,
    Mention,
    Attribution,
    LifecycleEvent,
    EventModeration,
    EventAssessment,
    Review,
)


def people(eyes: Eyes, *, with_history: bool) -> str:
    """Write the project's members and whoever else the export names, and nobody else."""
    member_ids = (
        f"(SELECT user_id FROM annotations_membership WHERE project_id = {eyes.project.pk})"
    )
    named = [f"SELECT created_by_id FROM annotations_project WHERE id = {eyes.project.pk}"]
    for model in _NAMING:
        first, *others = _naming_columns(model)
        # Asking first for strangers spares asking of nearly every row whether it is seen.
        strangers = [f"x.{first} NOT IN {member_ids}", *[f"x.{n} IS NOT NULL" for n in others]]
        columns = ", ".join(f"x.{column}" for column in (first, *others))
        named.append(
            f"SELECT unnest(ARRAY[{columns}]) FROM {model._meta.db_table} x"
            f" WHERE x.project_id = {eyes.project.pk} AND ({' OR '.join(strangers)})"
            f" AND {_seen(eyes, model)}"
        )
    if eyes.viewer is not None:
        named.append(f"SELECT {eyes.viewer.pk}")
    if with_history:
        named += sql_history.actors(eyes)
    record = json_object(
        [word("uid", "u.uid"), words("display_name", "u.display_name"), if_word("role", "b.role")]
    )
    return (
        f"SELECT {record} FROM annotations_user u LEFT JOIN annotations_membership b"
        f" ON b.user_id = u.id AND b.project_id = {eyes.project.pk}"
        f" WHERE b.id IS NOT NULL OR u.id IN ({' UNION '.join(named)}) ORDER BY u.id"
    )


def _seen(eyes: Eyes, model: type[models.Model]) -> str:
    if model is SourceAlias:
        return eyes.sees(Source, "x.source_id")
    if model is EventModeration:
        return eyes.sees(LifecycleEvent, "x.event_id")
    return eyes.sees(model, "x.id")


def _naming_columns(model: type[models.Model]) -> list[str]:
    columns = [] if model is EventModeration else ["created_by_id"]
    if issubclass(model, Moderated):
        columns += ["hidden_by_id", "locked_by_id"]
    if issubclass(model, Discardable):
        columns.append("discarded_by_id")
    if model is Review:
        columns.insert(0, "reviewer_id")
    return columns


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
        _version(),
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


def _version() -> str:
    blocks = json_list(
        json_object([word("kind", "b.kind"), bare("start", "b.start"), bare("end", 'b."end"')]),
        "FROM annotations_block b WHERE b.version_id = v.id ORDER BY b.n",
    )
    file = json_object(
        [
            word("uid", "f.uid"),
            words("name", "f.name"),
            word("sha256", "f.sha256"),
            bare("size", "f.size"),
            words("media_type", "f.media_type"),
        ]
    )
    table = StoredFile._meta.db_table
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
            if_json(
                "file",
                "v.file_id IS NOT NULL",
                f"(SELECT {file} FROM {table} f WHERE f.id = v.file_id)",
            ),
        ]
    )


def events(eyes: Eyes) -> str:
    """Write every event with its own hops and its assessments, in the order they were recorded."""
    hops = json_list(
        hop(eyes, in_context=False),
        'FROM annotations_attribution a WHERE a.event_id = e.id ORDER BY a."order"',
    )
    assessments = json_list(
        _assessment(eyes),
        "FROM annotations_eventassessment z WHERE z.event_id = e.id ORDER BY z.id",
    )
    record = json_object(
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
            moderated("d"),
        ]
    )
    return (
        f"SELECT {record} FROM annotations_lifecycleevent e"
        " LEFT JOIN annotations_eventmoderation d ON d.event_id = e.id"
        f" WHERE {eyes.rows(LifecycleEvent, 'e')} ORDER BY e.id"
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


def reviews(eyes: Eyes) -> str:
    """Write every review that is revealed to the viewer, stale ones too."""
    record = json_object(
        [
            word("uid", "w.uid"),
            word("claim", "(SELECT uid FROM annotations_claim WHERE id = w.claim_id)"),
            bare("claim_revision", "w.claim_revision"),
            word("reviewer", person("w.reviewer_id")),
            word("label", "w.label"),
            edited("w"),
            if_words("native_rating", "w.native_rating"),
            if_any("confidence", "w.confidence"),
            if_words("justification", "w.justification"),
        ]
    )
    return f"SELECT {record} FROM annotations_review w WHERE {eyes.rows(Review, 'w')} ORDER BY w.id"
