"""Recording what happened and how sure we are; nothing here ever changes a row of either."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.audit.context import context
from annotations.claims.hops import HopInput, hops_prepare
from annotations.claims.models import Attribution, Claim
from annotations.lib.errors import InvalidInput
from annotations.lib.text import normalise
from annotations.lib.urls import canonical_url
from annotations.lifecycle import choices
from annotations.lifecycle.event_captures import captures_attach_found, captures_attach_proof
from annotations.lifecycle.knock_on import claims_hold, looks_again_open
from annotations.lifecycle.models import EventAssessment, LifecycleEvent
from annotations.lifecycle.standing import check_standing
from annotations.lifecycle.states import statement_state_refresh
from annotations.projects.editing import check_choice, check_length
from annotations.projects.times import time_columns
from annotations.sources.models import Source
from annotations.sources.services import source_get_or_create
from annotations.statements.models import Statement

Subject = Statement | Article


def event_record(
    *,
    actor: User,
    subject: Subject,
    type: str,
    event_actor: Source | None = None,
    event_actor_name: str = "",
    on_behalf_of: Source | None = None,
    on_behalf_of_name: str = "",
    hops: Sequence[HopInput] = (),
    reported_by_name: str = "",
    claim: Claim | None = None,
    standing: str = choices.Standing.REPORTED,
    assessment_reason: str = "",
    **fields: Any,
) -> LifecycleEvent:
    """Record what happened to a statement or article, with its first assessment.

    `happened` and `noticed` are EDTF as entered. Who reports it: `hops` (original reporter
    first), or `reported_by_name` for a single one, or `self_observed`. The statement's derived
    state follows in the same transaction. Raises InvalidInput.
    """
    columns = _event_columns(subject, type, fields)
    hops = _reporting(hops, reported_by_name, self_observed=columns["self_observed"])
    with context(actor=actor, action="event.record"):
        event = LifecycleEvent.objects.create(
            project=subject.project,
            created_by=actor,
            type=type,
            actor=event_actor or _named(actor, subject, event_actor_name),
            on_behalf_of=on_behalf_of or _named(actor, subject, on_behalf_of_name),
            claim=claim,
            **columns,
        )
        rows = hops_prepare(actor=actor, project=subject.project, hops=hops, event=event)
        Attribution.objects.bulk_create(rows)
        captures_attach_found(actor=actor, event=event)
        reason = assessment_reason.strip() or str(_("As first recorded."))
        assessment_add(actor=actor, event=event, standing=standing, reason=reason)
    return event


def _reporting(
    hops: Sequence[HopInput], reported_by_name: str, *, self_observed: bool
) -> Sequence[HopInput]:
    """Return through whom we know of an event. Raises InvalidInput when that is not said."""
    if hops:
        return hops
    if reported_by_name.strip():
        return [HopInput(source_name=reported_by_name)]
    if self_observed:
        return ()
    raise InvalidInput(
        _("Say who reports it, or that you saw it yourself."), field="reported_by_name"
    )


def assessment_add(
    *,
    actor: User,
    event: LifecycleEvent,
    standing: str,
    reason: str,
    reporter: Source | None = None,
    reporter_name: str = "",
    evidence_url: str = "",
    evidence_note: str = "",
) -> EventAssessment:
    """Say anew how sure we are; earlier assessments stay. Raises InvalidInput.

    `reporter` is whose independent report this rests on: corroboration needs two.
    """
    check_choice(standing, choices.Standing.values, "standing")
    reason = _checked_reason(reason)
    url = _checked_url(evidence_url, "evidence_url")
    with context(actor=actor, action="event.assess", reason=reason):
        reporter = reporter or _named(actor, event, reporter_name)
        claims_hold(event, standing)
        # One at a time per statement, so that standing and state cannot cross.
        statement = _lock_statement(event)
        proof = check_standing(event=event, standing=standing, reporter=reporter, evidence_url=url)
        assessment = EventAssessment.objects.create(
            project_id=event.project_id,
            event=event,
            standing=standing,
            reporter=reporter,
            reason=reason,
            evidence_url=url,
            evidence_note=normalise(evidence_note).strip(),
            created_by=actor,
        )
        if proof is not None:
            captures_attach_proof(actor=actor, event=event, proof=proof)
        if statement is not None:
            statement_state_refresh(statement)
        looks_again_open(actor=actor, event=event, standing=standing)
    return assessment


def _checked_reason(reason: str) -> str:
    words = normalise(reason).strip()
    if not words:
        raise InvalidInput(_("Say why."), field="reason")
    return words


def _lock_statement(event: LifecycleEvent) -> Statement | None:
    if event.statement_id is None:
        return None
    return Statement.objects.select_for_update(of=("self",)).get(pk=event.statement_id)


def _named(actor: User, beside: Subject | LifecycleEvent, name: str) -> Source | None:
    if not name.strip():
        return None
    return source_get_or_create(actor=actor, project=beside.project, name=name)


def _checked_url(url: str, field: str) -> str:
    checked = check_length(url, 2000, field)
    if checked:
        canonical_url(checked)
    return checked


_TEXTS = frozenset({"reason_text", "note"})
_CHOICES: dict[str, tuple[list[Any], str]] = {
    "happened_basis": (choices.TimeBasis.values, choices.TimeBasis.UNKNOWN),
    "reason_given": (choices.ReasonGiven.values, choices.ReasonGiven.UNKNOWN),
    "reason_inferred": (["", *choices.ReasonInferred.values], ""),
}
FIELDS = frozenset({"happened", "noticed", "notice_url", "self_observed", *_TEXTS, *_CHOICES})


def _event_columns(subject: Subject, type: str, fields: dict[str, Any]) -> dict[str, Any]:
    for name in fields:
        if name not in FIELDS:
            raise InvalidInput(
                _("“%(name)s” is no field of an event."), field=name, params={"name": name}
            )
    check_choice(type, choices.EventType.values, "type")
    if choices.GROUP_OF[type] == choices.EventGroup.OURS and type.startswith("verdict_"):
        raise InvalidInput(_("Verdict events are recorded with the verdict."), field="type")
    columns: dict[str, Any] = {"self_observed": bool(fields.get("self_observed", False))}
    columns["statement" if isinstance(subject, Statement) else "article"] = subject
    for name, (values, default) in _CHOICES.items():
        columns[name] = fields.get(name) or default
        check_choice(columns[name], values, name)
    for name in _TEXTS:
        columns[name] = normalise(fields.get(name, "")).strip()
    if columns["reason_text"]:
        columns["reason_given"] = choices.ReasonGiven.GIVEN
    columns["notice_url"] = _checked_url(fields.get("notice_url", ""), "notice_url")
    project = subject.project
    columns |= time_columns(project, fields.get("happened", ""), "happened", "happened")
    columns |= time_columns(project, fields.get("noticed", ""), "noticed", "noticed")
    return columns
