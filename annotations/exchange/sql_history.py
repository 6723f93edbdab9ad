"""The SQL of history: every change of every row the viewer may see, written from the models."""

from typing import Any

from django.db import models

from annotations.accounts.models import User
from annotations.articles.models import Article, Outlet
from annotations.audit.timeline import history_model
from annotations.claims.chains import OF_THE_SPEAKER
from annotations.claims.models import Attribution, Claim, Mention
from annotations.claims.placements.models import MentionPlacement
from annotations.claims.rounds import MarkingRound
from annotations.comments.models import Comment
from annotations.exchange.eyes import Eyes
from annotations.exchange.json_sql import (
    if_any,
    if_json,
    if_words,
    json_object,
    member,
    person,
    ranges,
    word,
    words,
)
from annotations.lifecycle.models import EventModeration, LifecycleEvent, LookAgain
from annotations.lifecycle.watches.models import Watch
from annotations.projects.models import Project
from annotations.projects.visibility import sight_of
from annotations.sources.models import Source, SourceAlias
from annotations.spans.models import Span
from annotations.statements.models import Statement
from annotations.verification.assignments.models import Assignment
from annotations.verification.evidence.models import (
    ClaimEvidence,
    Evidence,
    EvidenceIndependence,
    ReviewEvidence,
)
from annotations.verification.models import Review
from annotations.verification.rounds.models import OriginalDecision
from annotations.verification.verdicts.models import Verdict

HISTORIES: tuple[type[models.Model], ...] = (
    Project,
    Outlet,
    Source,
    SourceAlias,
    Statement,
    Article,
    Claim,
    Mention,
    Attribution,
    MentionPlacement,
    EventModeration,
    Evidence,
    ClaimEvidence,
    EvidenceIndependence,
    Comment,
    Review,
    Verdict,
    LookAgain,
    Watch,
    Assignment,
    MarkingRound,
    OriginalDecision,
    ReviewEvidence,
)
# Said elsewhere in the record, made from its words, or true of every row of the export.
_LEFT_OUT = frozenset({"id", "uid", "project", "named"})


def histories(eyes: Eyes) -> list[str]:
    """Write one query per kind of row, each in the order things happened."""
    return [_history(eyes, model) for model in HISTORIES]


def actors(eyes: Eyes) -> list[str]:
    """Return queries for whoever acted in, or is named by, the history that is exported."""
    named = []
    for model in HISTORIES:
        source = f"FROM {_table(model)} h WHERE {_seen(eyes, model)}"
        people = [f"h.{field.attname}" for field in _fields(model) if field.related_model is User]
        everyone = ", ".join(["(h.pgh_context ->> 'actor')::bigint", *people])
        named.append(f"SELECT unnest(ARRAY[{everyone}]) {source}")
    return named


def _history(eyes: Eyes, model: type[models.Model]) -> str:
    actor = "(h.pgh_context ->> 'actor')::bigint"
    has_uid = any(field.name == "uid" for field in _history_of(model)._meta.fields)
    record = json_object(
        [
            word("entity", f"'{model._meta.model_name}'"),
            word("uid", "h.uid") if has_uid else member("uid", "'null'"),
            word("change", "h.pgh_label"),
            words("at", "h.pgh_created_at"),
            if_any("by", person(actor)),
            if_words("action", "(h.pgh_context ->> 'action')"),
            if_words("reason", "(h.pgh_context ->> 'reason')"),
            member("values", _values(eyes, model)),
        ]
    )
    return f"SELECT {record} FROM {_table(model)} h WHERE {_seen(eyes, model)} ORDER BY h.pgh_id"


def _values(eyes: Eyes, model: type[models.Model]) -> str:
    """Write every column; references by uid, spans by their ranges."""
    fields = [field for field in _fields(model) if field.name not in _LEFT_OUT]
    # Columns that are always filled come first, as an object needs one to begin with.
    fields.sort(key=lambda field: field.null or field.is_relation)
    return json_object([_value(eyes, model, field) for field in fields])


def _value(eyes: Eyes, model: type[models.Model], field: Any) -> str:
    column = f'h."{field.column}"'
    target = field.related_model
    withheld = "false"
    if model is Attribution and field.name in OF_THE_SPEAKER:
        withheld = eyes.hides(Source, "h.source_id")
    if target is User:
        value = if_any(field.name, person(column))
    elif target is Span:
        value = if_json(field.name, f"{column} IS NOT NULL", ranges(column))
    elif target is not None:
        value = _reference(eyes, field, column)
    elif field.null:
        value = if_any(field.name, column)
    else:
        value = words(field.name, column)
    return value if withheld == "false" else f"CASE WHEN NOT ({withheld}) THEN concat({value}) END"


def _reference(eyes: Eyes, field: Any, column: str) -> str:
    target = field.related_model
    if hasattr(target._default_manager.all(), "visible_to"):
        return eyes.refer(field.name, target, column)
    table = target._meta.db_table
    return if_any(field.name, f"(SELECT uid FROM {table} WHERE id = {column})")


def _seen(eyes: Eyes, model: type[models.Model]) -> str:
    if model is Project:
        return f"h.pgh_obj_id = {eyes.project.pk}"
    by_owner: dict[type[models.Model], str] = {
        SourceAlias: eyes.sees(Source, "h.source_id"),
        EventModeration: eyes.sees(LifecycleEvent, "h.event_id"),
        Attribution: (
            f"({eyes.sees(Mention, 'h.mention_id')} OR {eyes.sees(LifecycleEvent, 'h.event_id')})"
        ),
    }
    if model is EvidenceIndependence:
        # What was taken back is no row any more that could be seen.
        ends = [eyes.sees(Evidence, f"h.{end}_id") for end in ("first", "second")]
        by_owner[model] = f"({' AND '.join(ends)})"
    owner = by_owner.get(model) or eyes.sees(model, "h.pgh_obj_id")
    return f"h.project_id = {eyes.project.pk} AND {owner}{_as_it_was(eyes, model)}"


def _as_it_was(eyes: Eyes, model: type[models.Model]) -> str:
    """Leave out what the row was while it was hidden or confidential, as it was then not seen."""
    sight = sight_of(eyes.viewer, eyes.project.pk)
    names = {field.name for field in _fields(model)}
    limits = ""
    if "hidden_at" in names and not sight.sees_hidden:
        limits += " AND h.hidden_at IS NULL"
    if "confidential" in names and not sight.sees_confidential:
        limits += f" AND (NOT h.confidential OR h.created_by_id = {sight.user_id})"
    return limits


def _history_of(model: type[models.Model]) -> type[models.Model]:
    history = history_model(model)
    assert history is not None, model
    return history


def _table(model: type[models.Model]) -> str:
    return _history_of(model)._meta.db_table


def _fields(model: type[models.Model]) -> list[Any]:
    fields = _history_of(model)._meta.fields
    return [field for field in fields if not field.name.startswith("pgh_")]
