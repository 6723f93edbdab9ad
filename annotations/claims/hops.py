"""Writing attribution chains: of mentions here, of lifecycle events from the room above."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.claims import choices
from annotations.claims.models import Attribution, Mention
from annotations.lib.errors import InvalidInput
from annotations.projects.editing import check_choice, check_length
from annotations.projects.models import Project
from annotations.projects.times import changed_columns, time_columns
from annotations.sources.models import Source, SourceKind
from annotations.sources.services import source_get_or_create
from annotations.spans.models import Span
from annotations.spans.services import SpanBatch
from annotations.statements.models import Statement

MAX_HOPS = 12
# A cue or a name is a few words; this many code points leave room for the longest title.
MAX_WORDS_MARKED = 1_000
Ranges = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HopInput:
    """One hop as someone entered it; hops come in order, the original speaker first.

    `source` or `source_name` (aliases resolve, an unknown name makes a source) or `source_given`
    implicit or none. Ranges are code points of the mention's version.
    """

    source: Source | None = None
    source_name: str = ""
    source_given: str = choices.SourceGiven.NAMED
    source_kind: str = ""
    source_ranges: Ranges = ()
    cue_ranges: Ranges = ()
    role_at_time: str = ""
    spokesperson_for: Source | None = None
    spokesperson_for_name: str = ""
    quote_type: str = choices.QuoteType.INDIRECT
    said_on: str = ""
    said_where: str = ""
    statement: Statement | None = None
    original_located: str = choices.OriginalLocated.NOT_SEARCHED
    attitude: str = ""
    cue_negated: bool = False
    commitment: str = ""
    hop_type: str = ""
    anonymity_reason: str = ""
    basis_of_knowledge: str = ""


_CHOICES: tuple[tuple[str, list[Any]], ...] = (
    ("source_given", choices.SourceGiven.values),
    ("source_kind", ["", *SourceKind.values]),
    ("quote_type", choices.QuoteType.values),
    ("original_located", choices.OriginalLocated.values),
    ("attitude", ["", *choices.Attitude.values]),
    ("commitment", ["", *choices.Commitment.values]),
    ("hop_type", ["", *choices.HopType.values]),
)
_LENGTHS = {
    "role_at_time": 200,
    "said_where": 200,
    "anonymity_reason": 300,
    "basis_of_knowledge": 300,
}


def hops_prepare(
    *,
    actor: User,
    project: Project,
    hops: Sequence[HopInput],
    spans: SpanBatch | None = None,
    **parent: Any,
) -> list[Attribution]:
    """Return the hops of a new parent (`mention=` or `event=`) as rows, in order from 0.

    Their spans wait in `spans`; write it and the parent before storing the rows. Call inside the
    parent's transaction, as new names make sources. Raises InvalidInput naming the field at fault.
    """
    _check_count(hops)
    return [
        Attribution(
            project=project,
            order=order,
            created_by=actor,
            **parent,
            **_columns(actor, project, spans, _checked(hop)),
        )
        for order, hop in enumerate(hops)
    ]


def hops_replace(*, actor: User, mention: Mention, hops: Sequence[HopInput]) -> bool:
    """Make the mention's chain what `hops` say; True when anything changed.

    A hop keeps its row (and so its history) by its order; spans stay where their ranges do.
    """
    before = list(
        mention.attributions.order_by("order").prefetch_related(
            "source_span__ranges", "cue_span__ranges"
        )
    )
    if len(hops) > len(before):
        _check_count(hops)
    spans = SpanBatch(actor=actor, version=mention.version)
    columns = [
        _columns(actor, mention.project, spans, _checked(hop), row)
        for hop, row in zip_longest(hops, before[: len(hops)])
    ]
    spans.write()
    changed = [_hop_change(row, one) for row, one in zip(before, columns, strict=False)]
    for row in before[len(hops) :]:
        row.delete()
    for order, one in enumerate(columns[len(before) :], start=len(before)):
        Attribution.objects.create(
            project=mention.project, mention=mention, order=order, created_by=actor, **one
        )
    return any(changed) or len(hops) != len(before)


def _hop_change(row: Attribution, columns: dict[str, Any]) -> bool:
    differing = changed_columns(row, columns)
    for name, value in differing.items():
        setattr(row, name, value)
    if differing:
        row.save(update_fields=list(differing))
    return bool(differing)


def _check_count(hops: Sequence[HopInput]) -> None:
    if len(hops) > MAX_HOPS:
        raise InvalidInput(
            _("A chain has at most %(limit)d hops."), field="hops", params={"limit": MAX_HOPS}
        )


def _checked(hop: HopInput) -> HopInput:
    for field, values in _CHOICES:
        check_choice(getattr(hop, field), values, field)
    named = hop.source is not None or bool(hop.source_name.strip())
    if hop.source_given == choices.SourceGiven.NAMED and not named:
        raise InvalidInput(
            _("Name the source, or say that there is none or that it is implicit."),
            field="source_name",
        )
    if hop.source_given != choices.SourceGiven.NAMED and named:
        raise InvalidInput(
            _("A hop with a named source cannot also have none."), field="source_given"
        )
    lengths: dict[str, Any] = {
        field: check_length(getattr(hop, field), limit, field) for field, limit in _LENGTHS.items()
    }
    return replace(hop, **lengths)


def _columns(
    actor: User,
    project: Project,
    spans: SpanBatch | None,
    hop: HopInput,
    before: Attribution | None = None,
) -> dict[str, Any]:
    kind = hop.source_kind
    source = hop.source or _named(actor, project, hop.source_name, kind or SourceKind.UNKNOWN)
    spoken_for = hop.spokesperson_for or _named(actor, project, hop.spokesperson_for_name)
    return {
        "source": source,
        "source_given": hop.source_given,
        "source_kind": kind or (source.kind if source else SourceKind.UNKNOWN),
        "source_span": _span(spans, hop.source_ranges, before.source_span if before else None),
        "cue_span": _span(spans, hop.cue_ranges, before.cue_span if before else None),
        "spokesperson_for": spoken_for,
        "quote_type": hop.quote_type,
        "statement": hop.statement,
        "original_located": hop.original_located,
        "attitude": hop.attitude,
        "cue_negated": hop.cue_negated,
        "commitment": hop.commitment,
        "hop_type": hop.hop_type,
        **{field: getattr(hop, field) for field in _LENGTHS},
        **time_columns(project, hop.said_on, "said", "said_on"),
    }


def _named(
    actor: User, project: Project, name: str, kind: str = SourceKind.UNKNOWN
) -> Source | None:
    if not name.strip():
        return None
    return source_get_or_create(actor=actor, project=project, name=name, kind=kind)


def _span(spans: SpanBatch | None, ranges: Ranges, before: Span | None) -> Span | None:
    if not ranges:
        return None
    if before is not None and _ranges_of(before) == [tuple(one) for one in ranges]:
        return before
    if spans is None:
        raise InvalidInput(_("Only words of an article can be marked."), field="ranges")
    return spans.cut(ranges, limit=MAX_WORDS_MARKED)


def hop_as_input(row: Attribution) -> HopInput:
    """Return the input that would write this hop again; spans are re-cut from the same ranges."""
    return HopInput(
        source=row.source,
        source_given=row.source_given,
        source_kind=row.source_kind,
        source_ranges=_ranges_of(row.source_span),
        cue_ranges=_ranges_of(row.cue_span),
        role_at_time=row.role_at_time,
        spokesperson_for=row.spokesperson_for,
        quote_type=row.quote_type,
        said_on=row.said_on,
        said_where=row.said_where,
        statement=row.statement,
        original_located=row.original_located,
        attitude=row.attitude,
        cue_negated=row.cue_negated,
        commitment=row.commitment,
        hop_type=row.hop_type,
        anonymity_reason=row.anonymity_reason,
        basis_of_knowledge=row.basis_of_knowledge,
    )


def _ranges_of(span: Span | None) -> Ranges:
    return [] if span is None else [(one.start, one.end) for one in span.ranges.all()]
