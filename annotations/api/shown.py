"""Claims as one viewer sees them, read for a whole page with a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.accounts.models import User
from annotations.claims.chains import Chain, chains_of_mentions, speakers_differ
from annotations.claims.models import Claim, Mention
from annotations.lifecycle.marks import Mark, marks_for
from annotations.projects.visibility import Sight
from annotations.spans.models import SpanRange
from annotations.verification.labels import ShownLabel, labels_for

Ranges = dict[int, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class ShownMention:
    """A mention with its chain, original speaker first."""

    mention: Mention
    chain: Chain


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim with everything its answer names."""

    claim: Claim
    mentions: list[ShownMention]
    label: ShownLabel | None
    marks: list[Mark]

    @property
    def attribution_disputed(self) -> bool:
        """Say whether its kept mentions name different original speakers."""
        return speakers_differ(
            one.chain for one in self.mentions if one.mention.discarded_at is None
        )


def show_claims(
    claims: Sequence[Claim], viewer: User, sight: Sight
) -> tuple[list[ShownClaim], Ranges]:
    """Read what the claims' answers name, and the ranges of every span in them."""
    mentions, ranges = show_mentions(_mentions_of(claims, viewer), sight)
    of_claim: dict[int, list[ShownMention]] = defaultdict(list)
    for one in mentions:
        of_claim[one.mention.claim_id].append(one)
    labels = labels_for(claims, viewer)
    marks = marks_for(claims, sight)
    shown = [
        ShownClaim(one, of_claim.get(one.pk, []), labels.get(one.pk), marks.get(one.pk, []))
        for one in claims
    ]
    return shown, ranges


def show_mentions(mentions: Sequence[Mention], sight: Sight) -> tuple[list[ShownMention], Ranges]:
    """Read the chains and ranges of mentions."""
    chains = chains_of_mentions([one.pk for one in mentions], sight)
    shown = [ShownMention(one, chains.get(one.pk, ())) for one in mentions]
    return shown, _ranges(_span_ids(shown))


def mention_rows(viewer: User) -> Any:
    """Return the mentions the viewer may see, with the rows their answers name."""
    return (
        Mention.objects.visible_to(viewer)
        .select_related("article", "version", "created_by", "discarded_by")
        .defer("version__text")
        .order_by("id")
    )


def _mentions_of(claims: Sequence[Claim], viewer: User) -> list[Mention]:
    return list(mention_rows(viewer).filter(claim__in=[one.pk for one in claims]))


def _span_ids(shown: Iterable[ShownMention]) -> set[int]:
    ids: set[int | None] = set()
    for one in shown:
        ids.add(one.mention.span_id)
        for hop in one.chain:
            ids |= {hop.row.source_span_id, hop.row.cue_span_id}
    return {one for one in ids if one is not None}


def _ranges(span_ids: set[int]) -> Ranges:
    ranges: Ranges = defaultdict(list)
    rows = SpanRange.objects.filter(span_id__in=span_ids).order_by("span_id", "n")
    columns = ("start", "end", "exact", "prefix", "suffix")
    for span_id, *values in rows.values_list("span_id", *columns):
        ranges[span_id].append(dict(zip(columns, values, strict=True)))
    return dict(ranges)
