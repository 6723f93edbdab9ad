"""Reads what was marked in a round, as far as one person may see it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F

from annotations.accounts.models import User
from annotations.claims.models import Claim, Mention
from annotations.claims.rounds import MarkingRound
from annotations.projects.marking import TAKING_PART
from annotations.spans.models import SpanRange
from annotations.verification.assignments.models import Assignment
from annotations.verification.rounds.groups import Group, Marked, group_marks
from annotations.verification.span_agreement import Mark


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


def marks_of_rounds(round_ids: Sequence[int]) -> dict[int, dict[int, list[Mark]]]:
    """Return the marks of each person who took part, by round and person; three queries.

    For numbers over all who took part: the caller may see every one of them.
    """
    marked: dict[int, dict[int, list[Mark]]] = {pk: {} for pk in round_ids}
    people = Assignment.objects.filter(round__in=round_ids, state__in=TAKING_PART).order_by("pk")
    for found, person in people.values_list("round_id", "assignee_id"):
        marked[found or 0][person] = []
    rows = Mention.objects.filter(
        claim__round__in=round_ids,
        claim__discarded_at__isnull=True,
        claim__hidden_at__isnull=True,
        discarded_at__isnull=True,
        version=F("claim__round__version"),
    ).values_list("claim__round_id", "claim__created_by_id", "claim_id", "span_id")
    spans: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for found, person, claim, span in rows:
        if person in marked[found or 0]:
            spans[found or 0, person, claim].append(span)
    ranges = _ranges([span for each in spans.values() for span in each])
    for (found, person, _claim), each in sorted(spans.items()):
        marked[found][person].append(tuple(sorted({one for span in each for one in ranges[span]})))
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
