"""The SQL of the project itself and of the people an export names."""

from django.db import models

from annotations.articles.models import Article, ArticleVersion, Outlet
from annotations.claims.models import Attribution, Claim, Mention
from annotations.claims.placements.models import MentionPlacement
from annotations.claims.rounds import MarkingRound
from annotations.comments.models import Comment
from annotations.exchange import sql_history
from annotations.exchange.eyes import Eyes
from annotations.exchange.json_sql import (
    bare,
    edited,
    flag,
    if_any,
    if_word,
    json_list,
    json_object,
    member,
    person,
    word,
    words,
)
from annotations.lifecycle.models import EventAssessment, EventModeration, LifecycleEvent, LookAgain
from annotations.projects.models import Discardable, Moderated
from annotations.sources.models import Source, SourceAlias
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
from annotations.verification.standards.models import Guideline, RatingScale
from annotations.verification.verdicts.models import Adjudication, Verdict


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
            word("queue_policy", "p.queue_policy"),
            edited("p"),
            if_any("look_again_policy", "nullif(p.look_again_policy, 'nobody')"),
            words("exported_at", "now()"),
            member("former_slugs", slugs),
            eyes.refer("rating_scale", RatingScale, "p.rating_scale_id"),
            eyes.refer("guideline", Guideline, "p.guideline_id"),
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
    MarkingRound,
    OriginalDecision,
    Claim,
    Mention,
    MentionPlacement,
    Attribution,
    LifecycleEvent,
    EventModeration,
    EventAssessment,
    Evidence,
    ClaimEvidence,
    EvidenceIndependence,
    Guideline,
    RatingScale,
    Comment,
    Review,
    Adjudication,
    Verdict,
    LookAgain,
    Assignment,
    ReviewEvidence,
)


def people(eyes: Eyes, *, with_history: bool) -> str:
    """Write the project's members and whoever else the export names, and nobody else."""
    members = eyes.members()
    member_ids = f"(SELECT user_id FROM {members} b WHERE project_id = {eyes.project.pk})"
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
        f"SELECT {record} FROM annotations_user u LEFT JOIN {members} b"
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
    if model is Comment:
        columns.append("resolved_by_id")
    if model is MentionPlacement:
        columns.append("decided_by_id")
    if model is Review:
        columns.insert(0, "reviewer_id")
    if model is Verdict:
        columns.append("ended_by_id")
    if model is LookAgain:
        columns += ["assignee_id", "kept_by_id"]
    if model is Assignment:
        columns.insert(0, "assignee_id")
    return columns
