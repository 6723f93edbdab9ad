"""Reads what was marked in a round, as far as one person may see it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotations.accounts.models import User
from annotations.claims.models import Claim, Mention
from annotations.claims.rounds import MarkingRound
from annotations.projects.marking import TAKING_PART
from annotations.spans.models import SpanRange
from annotations.verification.assignments.models import Assignment
from annotations.verification.rounds.groups import Group, Marked, group_marks


@dataclass(frozen=True, slots=True)
class Originals:
    """The kept claims of those who take part, by id, and how they lie to one another."""

    claims: dict[int, Claim]
    mentions: dict[int, list[Mention]]
    groups: list[Group]


def originals_of(found: MarkingRound, viewer: User) -> Originals:
    """Return the round's originals that the viewer may read, in groups; three queries.

    What was discarded counts no more, nor what somebody marked who was withdrawn since.
    """
    claims = {one.pk: one for one in _claims(found, viewer)}
    mentions: dict[int, list[Mention]] = defaultdict(list)
    rows = Mention.objects.filter(
        claim__in=list(claims), version=found.version_id, discarded_at__isnull=True
    )
    for mention in rows.order_by("pk"):
        mentions[mention.claim_id].append(mention)
    ranges = _ranges([one.span_id for each in mentions.values() for one in each])
    marks = [
        Marked(pk, claims[pk].created_by_id, _sorted(ranges, each)) for pk, each in mentions.items()
    ]
    kept = {pk: one for pk, one in claims.items() if pk in mentions}
    return Originals(kept, mentions, group_marks(marks))


def marks_of_round(found: MarkingRound) -> dict[int, list[tuple[tuple[int, int], ...]]]:
    """Return the marks of each person who took part, by their id; nobody's viewer is asked."""
    people = Assignment.objects.filter(round=found, state__in=TAKING_PART)
    marked: dict[int, list[tuple[tuple[int, int], ...]]] = {
        pk: [] for pk in people.order_by("pk").values_list("assignee_id", flat=True)
    }
    rows = Mention.objects.filter(
        claim__round=found,
        claim__created_by__in=list(marked),
        claim__discarded_at__isnull=True,
        claim__hidden_at__isnull=True,
        discarded_at__isnull=True,
        version=found.version_id,
    ).values_list("claim_id", "claim__created_by_id", "span_id")
    by_claim: dict[tuple[int, int], list[int]] = defaultdict(list)
    for claim, person, span in rows:
        by_claim[person, claim].append(span)
    ranges = _ranges([span for each in by_claim.values() for span in each])
    for (person, _claim), spans in sorted(by_claim.items()):
        marked[person].append(tuple(sorted({one for span in spans for one in ranges[span]})))
    return marked


def _claims(found: MarkingRound, viewer: User) -> Iterable[Claim]:
    people = Assignment.objects.filter(round=found, state__in=TAKING_PART)
    return (
        Claim.objects.visible_to(viewer)
        .kept()
        .filter(round=found, created_by__in=people.values("assignee_id"))
        .select_related("created_by", "decision", "decision__claim", "decision__created_by")
        .order_by("pk")
    )


def _sorted(
    ranges: dict[int, list[tuple[int, int]]], mentions: Sequence[Mention]
) -> tuple[tuple[int, int], ...]:
    return tuple(sorted({one for mention in mentions for one in ranges[mention.span_id]}))


def _ranges(span_ids: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = SpanRange.objects.filter(span_id__in=span_ids).order_by("span_id", "n")
    for span_id, start, end in rows.values_list("span_id", "start", "end"):
        found[span_id].append((start, end))
    return found
