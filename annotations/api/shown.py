"""Claims and events as one viewer sees them, read for a whole page in a few queries.

A shown row answers for its own columns like the row itself, and holds beside them what was read
with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from annotations.accounts.models import User
from annotations.api.shown_placements import ShownPlacement, placements_of, span_ids, with_ranges
from annotations.claims.chains import (
    Chain,
    Hop,
    chains_of_events,
    chains_of_mentions,
    hop_for,
    speakers_differ,
)
from annotations.claims.models import Claim, Mention
from annotations.claims.placements.models import MentionPlacement
from annotations.lifecycle.marks import Mark, marks_for
from annotations.lifecycle.models import LifecycleEvent
from annotations.planned import IsOneOf, Planned, PlannedValues, Slot
from annotations.projects.visibility import Sight
from annotations.spans.models import SpanRange
from annotations.verification.labels import ShownLabel, judgement_of, labels_for
from annotations.verification.stage_queries import stage_of_new_claim, stages_for
from annotations.verification.stages import Stage

_RANGE_COLUMNS = ("start", "end", "exact", "prefix", "suffix")
RangeDict = dict[str, Any]
Ranges = dict[int, list[RangeDict]]
NOWHERE_ELSE: Mapping[int, Sequence[MentionPlacement]] = {}


@dataclass(frozen=True, slots=True)
class _Shown:
    """A row, and what was read beside it."""

    row: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


@dataclass(frozen=True, slots=True)
class ShownHop:
    """A hop of a chain with the words marked for it."""

    hop: Hop
    source_ranges: list[RangeDict]
    cue_ranges: list[RangeDict]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.hop, name)


@dataclass(frozen=True, slots=True)
class ShownMention(_Shown):
    """A mention with its ranges and its chain, original speaker first."""

    ranges: list[RangeDict]
    attributions: list[ShownHop]
    chain: Chain
    placements: Sequence[ShownPlacement] = ()


@dataclass(frozen=True, slots=True)
class ShownEvent(_Shown):
    """A lifecycle event with through whom we know of it."""

    attributions: list[ShownHop]


@dataclass(frozen=True, slots=True)
class ShownClaim(_Shown):
    """A claim with everything its answer names."""

    mentions: list[ShownMention]
    label: ShownLabel | None
    stage: Stage
    marks: list[Mark]

    @property
    def attribution_disputed(self) -> bool:
        """Say whether its kept mentions name different original speakers."""
        return speakers_differ(one.chain for one in self.mentions if one.discarded_at is None)


def show_claims(claims: Sequence[Claim], viewer: User, sight: Sight) -> list[ShownClaim]:
    """Read what the claims' answers name, the same number of queries for any number of them."""
    mentions = _mentions_of([one.pk for one in claims], viewer, sight)
    of_claim: dict[int, list[ShownMention]] = defaultdict(list)
    for one in show_mentions(mentions, sight):
        of_claim[one.claim_id].append(one)
    labels = labels_for(claims, viewer)
    stages = stages_for(claims, viewer)
    marks = marks_for(claims, sight)
    return [
        ShownClaim(
            one, of_claim.get(one.pk, []), labels.get(one.pk), stages[one.pk], marks.get(one.pk, [])
        )
        for one in claims
    ]


def show_new_claim(claim: Claim, viewer: User, sight: Sight, *, judged: bool) -> ShownClaim:
    """Show a claim the viewer has just made, reading only what is not in hand yet.

    It has at most the one mention it was made with; `judged` says whether a label came with it.
    """
    mention, shown = claim.made_mention, []
    if mention is not None:
        mention.article = mention.version.article
        chain = tuple(hop_for(row, sight) for row in mention.made_hops)
        shown = _with_ranges([(mention, chain)], _made_ranges(mention))
    rests = claim.statement_id or any(hop.statement for one in shown for hop in one.chain)
    marks = marks_for([claim], sight).get(claim.pk, []) if rests else []
    label = judgement_of(claim, viewer)[0] if judged else None
    return ShownClaim(claim, shown, label, stage_of_new_claim(claim, judged=judged), marks)


def show_mentions(mentions: Sequence[Mention], sight: Sight) -> list[ShownMention]:
    """Read the chains and ranges of mentions, and where they stand later; three queries."""
    ids = [one.pk for one in mentions]
    chains, placed = chains_of_mentions(ids, sight), placements_of(ids)
    pairs = [(one, chains.get(one.pk, ())) for one in mentions]
    later = span_ids(row for rows in placed.values() for row in rows)
    return _with_ranges(pairs, read_ranges(_spans_of(pairs) | later), placed)


def show_events(events: Sequence[LifecycleEvent], sight: Sight) -> list[ShownEvent]:
    """Read through whom we know of events; one query."""
    chains = chains_of_events([one.pk for one in events], sight)
    return [
        ShownEvent(one, [ShownHop(hop, [], []) for hop in chains.get(one.pk, ())]) for one in events
    ]


def mention_rows(viewer: User) -> QuerySet[Mention]:
    """Return the mentions the viewer may see, with the rows their answers name."""
    return _with_rows(Mention.objects.visible_to(viewer))


def _with_rows(mentions: QuerySet[Mention]) -> QuerySet[Mention]:
    return (
        mentions.select_related("article", "version", "created_by", "discarded_by")
        .defer("version__text")
        .order_by("id")
    )


def _mentions_of(claim_ids: Sequence[int], viewer: User, sight: Sight) -> list[Mention]:
    """Return what the viewer may see of the mentions of claims that they may see."""
    if sight.marking:
        return list(mention_rows(viewer).filter(claim__in=claim_ids))
    ids = list(claim_ids)
    return _mentions(ids) if sight.sees_hidden else _mentions_in_shown_articles(ids)


@Planned
def _mentions(claim_ids: Slot) -> QuerySet[Mention]:
    return _with_rows(Mention.objects.filter(IsOneOf("claim", claim_ids)))


@Planned
def _mentions_in_shown_articles(claim_ids: Slot) -> QuerySet[Mention]:
    rows = Mention.objects.filter(IsOneOf("claim", claim_ids), article__hidden_at__isnull=True)
    return _with_rows(rows)


def _with_ranges(
    pairs: Sequence[tuple[Mention, Chain]],
    ranges: Ranges,
    placed: Mapping[int, Sequence[MentionPlacement]] = NOWHERE_ELSE,
) -> list[ShownMention]:
    return [
        ShownMention(
            mention,
            ranges.get(mention.span_id, []),
            [ShownHop(hop, *_ranges_of(hop, ranges)) for hop in chain],
            chain,
            with_ranges(placed.get(mention.pk, ()), ranges),
        )
        for mention, chain in pairs
    ]


def _span_ids(chain: Chain) -> Iterable[int | None]:
    for hop in chain:
        yield hop.source_span_id
        yield hop.row.cue_span_id


def _ranges_of(hop: Hop, ranges: Ranges) -> tuple[list[RangeDict], list[RangeDict]]:
    source, cue = _span_ids((hop,))
    return ranges.get(source or 0, []), ranges.get(cue or 0, [])


def _spans_of(pairs: Iterable[tuple[Mention, Chain]]) -> set[int]:
    return {
        span_id
        for mention, chain in pairs
        for span_id in (mention.span_id, *_span_ids(chain))
        if span_id is not None
    }


def read_ranges(wanted: Iterable[int]) -> Ranges:
    """Read the ranges of spans by span id; one query."""
    ranges: Ranges = defaultdict(list)
    for span_id, *values in _ranges(list(wanted)):
        ranges[span_id].append(dict(zip(_RANGE_COLUMNS, values, strict=True)))
    return ranges


@PlannedValues
def _ranges(span_ids: Slot) -> QuerySet[Any, Any]:
    rows = SpanRange.objects.filter(IsOneOf("span", span_ids)).order_by("span_id", "n")
    return rows.values_list("span_id", *_RANGE_COLUMNS)


def _made_ranges(mention: Mention) -> Ranges:
    """Return the ranges of the spans that were made with the mention, as they were stored."""
    made = [mention.span]
    made += [span for hop in mention.made_hops for span in (hop.source_span, hop.cue_span) if span]
    return {
        span.pk: [{name: getattr(one, name) for name in _RANGE_COLUMNS} for one in span.made_ranges]
        for span in made
    }
