"""What one person may read of an event, as the JSON that a proof bundle holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.captures.models import Capture
from annotations.claims.chains import Hop
from annotations.claims.models import Claim
from annotations.exchange.proof.manifest import EVENT_FORMAT
from annotations.lifecycle.ledger import loaded
from annotations.lifecycle.ledger_entries import Entry, entries_of
from annotations.lifecycle.models import EventAssessment, LifecycleEvent
from annotations.lifecycle.timelines import events_of
from annotations.projects.marking import marking_of
from annotations.projects.permissions import role_of
from annotations.projects.visibility import sight_for_role
from annotations.sources.models import Source
from annotations.statements.models import Statement

Json = dict[str, Any]


@dataclass(slots=True)
class EventDocument:
    """An event as JSON, and the rows named in it: nobody may be given it who may not see them."""

    json: Json = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    statements: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)

    def source(self, source: Source | None) -> str | None:
        """Return a source's uid, and note the source."""
        if source is None:
            return None
        self.sources[str(source.uid)] = source
        return str(source.uid)

    def person(self, person: User) -> str:
        """Return a person's uid, and note the person."""
        self.people[str(person.uid)] = person
        return str(person.uid)

    def holds(self, captures: Iterable[Capture]) -> dict[str, list[str]]:
        """Return the uids of all rows named, by kind."""
        return {
            "captures": sorted(str(one.uid) for one in captures),
            "claims": sorted(self.claims),
            "people": sorted(self.people),
            "sources": sorted(self.sources),
            "statements": sorted(self.statements),
        }


def event_document(event: LifecycleEvent, viewer: User) -> EventDocument:
    """Return the event with all that the viewer may read of it. Raises DoesNotExist for a hidden
    one. People are named by uid and display name.
    """
    role = role_of(viewer, event.project)
    sight = sight_for_role(viewer, role, marking_of(viewer.pk, event.project))
    rows = loaded(LifecycleEvent.objects.visible_to(viewer).with_standing())
    entry = entries_of([rows.select_related("claim").get(pk=event.pk)], viewer, sight)[0]
    line = events_of(viewer, sight, pk=event.pk)[0]
    made = EventDocument()
    made.json = {
        "format": EVENT_FORMAT,
        "event": _event(entry, made),
        "subject": _subject(entry, made),
        "attributions": [_hop(hop, made) for hop in entry.chain],
        "assessments": [_assessment(*one, made) for one in line.assessments],
        "claims": [_claim(one.claim, one.verdict, made) for one in entry.resting],
    }
    reported_in = event.claim_id and Claim.objects.listed_to(viewer).filter(pk=event.claim_id)
    for claim in reported_in or ():
        made.claims.add(str(claim.uid))
        made.json["event"]["claim"] = str(claim.uid)
    made.json["sources"] = [
        {"uid": uid, "name": one.name, "kind": one.kind}
        for uid, one in sorted(made.sources.items())
    ]
    made.json["people"] = [
        {"uid": uid, "name": one.display_name} for uid, one in sorted(made.people.items())
    ]
    return made


def utc(moment: datetime | None) -> str | None:
    """Return a moment as JSON has it: UTC, with a Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def _event(entry: Entry, made: EventDocument) -> Json:
    event = entry.event
    return {
        "uid": str(event.uid),
        "type": event.type,
        "group": entry.group.value,
        "standing": entry.standing,
        "happened": _moment(event, "happened") | {"basis": event.happened_basis},
        "noticed": _moment(event, "noticed"),
        "recorded_at": utc(event.created_at),
        "recorded_by": made.person(event.created_by),
        "self_observed": event.self_observed,
        "actor": made.source(entry.actor),
        "on_behalf_of": made.source(entry.on_behalf_of),
        "reason": {
            "given": event.reason_given,
            "text": event.reason_text,
            "inferred": event.reason_inferred,
        },
        "notice_url": event.notice_url,
        "note": event.note,
        "claim": None,
    }


def _subject(entry: Entry, made: EventDocument) -> Json:
    subject = entry.subject
    if isinstance(subject, Article):
        return _article(subject)
    made.statements.add(str(subject.uid))
    return {
        "kind": "statement",
        "uid": str(subject.uid),
        "source": made.source(entry.said_by),
        "channel": subject.channel,
        "url": subject.url,
        "canonical_url": subject.canonical_url,
        "said": _moment(subject, "said", edtf=subject.said_on),
        "text": subject.text,
        "language": subject.language,
        "state": subject.state,
    }


def _article(article: Article) -> Json:
    versions = article.versions.order_by("number")
    return {
        "kind": "article",
        "uid": str(article.uid),
        "title": article.title,
        "outlet": article.outlet.name if article.outlet else "",
        "byline": article.byline,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "published": _moment(article, "published"),
        "language": article.language,
        "versions": [
            {
                "uid": str(uid),
                "number": number,
                "text_sha256": digest,
                "length": length,
                "recorded_at": utc(made_at),
            }
            for uid, number, digest, length, made_at in versions.values_list(
                "uid", "number", "content_hash", "length", "created_at"
            )
        ],
    }


def _hop(hop: Hop, made: EventDocument) -> Json:
    row = hop.row
    if hop.statement is not None:
        made.statements.add(str(hop.statement.uid))
    return {
        "uid": str(row.uid),
        "order": row.order,
        "source": made.source(hop.source),
        "source_given": row.source_given,
        "withheld": hop.withheld,
        "source_kind": row.source_kind,
        "role_at_time": hop.role_at_time,
        "spokesperson_for": made.source(hop.spokesperson_for),
        "quote_type": row.quote_type,
        "said_on": hop.said_on,
        "where": hop.where,
        "statement": _uid(hop.statement),
    }


def _assessment(row: EventAssessment, reporter: Source | None, made: EventDocument) -> Json:
    return {
        "uid": str(row.uid),
        "standing": row.standing,
        "reason": row.reason,
        "reporter": made.source(reporter),
        "evidence_url": row.evidence_url,
        "evidence_note": row.evidence_note,
        "recorded_at": utc(row.created_at),
        "recorded_by": made.person(row.created_by),
    }


def _claim(claim: Claim, verdict: Any, made: EventDocument) -> Json:
    made.claims.add(str(claim.uid))
    return {
        "uid": str(claim.uid),
        "number": claim.number,
        "text": claim.text,
        "verdict": None
        if verdict is None
        else {
            "uid": str(verdict.uid),
            "label": verdict.label,
            "native_rating": verdict.native_rating,
            "claim_text": verdict.claim_text,
            "published_at": utc(verdict.created_at),
        },
    }


def _moment(row: Any, name: str, *, edtf: str | None = None) -> Json:
    """Return a date as entered, its bounds and its zone."""
    return {
        "edtf": getattr(row, name) if edtf is None else edtf,
        "earliest": utc(getattr(row, f"{name}_earliest")),
        "latest": utc(getattr(row, f"{name}_latest")),
        "zone": getattr(row, f"{name}_zone"),
    }


def _uid(row: Statement | None) -> str | None:
    return str(row.uid) if row else None
