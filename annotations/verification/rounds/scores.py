"""How far people who marked the same texts independently agree on what to mark."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion
from annotations.claims.rounds import MarkingRound, RoundState
from annotations.projects.models import Project
from annotations.verification.agreement import Measured
from annotations.verification.rounds.originals import marks_of_rounds
from annotations.verification.span_agreement import (
    Mark,
    Range,
    exact_f1,
    overlap_f1,
    tokens_alpha,
)

# A word with what it is joined to by an apostrophe or a hyphen; a number with its parts.
_TOKEN = re.compile(r"\w+(?:[’'.,\-]\w+)*")
COUNTED = (RoundState.HANDED_IN, RoundState.MERGED)


@dataclass(frozen=True, slots=True)
class SpanPair:
    """Two people who marked the same texts, and how many marks they have there together."""

    first: User
    second: User
    rounds: int
    marks: int
    exact: Measured
    overlap: Measured


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """The numbers of the rounds that all have handed in: over all words, and of every pair."""

    rounds: int
    marks: int
    alpha: Measured
    pairs: list[SpanPair]


@dataclass(frozen=True, slots=True)
class _Text:
    """One round's text: its words, and what each person marked in it."""

    tokens: list[Range]
    marked: dict[int, list[Mark]]


def span_agreement_of(project: Project, viewer: User) -> SpanAgreement:
    """Measure all rounds of the project that are complete; the caller may see every one of them."""
    rounds = MarkingRound.objects.visible_to(viewer).filter(project=project, state__in=COUNTED)
    return _measured(_texts(list(rounds.order_by("pk").values_list("pk", flat=True))))


def span_agreement_in(found: MarkingRound) -> SpanAgreement:
    """Measure one round that is complete."""
    return _measured(_texts([found.pk]))


def tokens_of(text: str) -> list[Range]:
    """Return the places of the text's words, in order."""
    return [match.span() for match in _TOKEN.finditer(text)]


def _texts(round_ids: Sequence[int]) -> list[_Text]:
    """Read the rounds' texts and marks; as many queries for one round as for all."""
    versions = ArticleVersion.objects.filter(rounds__in=round_ids)
    texts = dict(versions.values_list("rounds__pk", "text"))
    marked = marks_of_rounds(round_ids)
    return [_Text(tokens_of(texts[pk]), marked[pk]) for pk in round_ids]


def _measured(texts: Sequence[_Text]) -> SpanAgreement:
    people = User.objects.in_bulk({pk for text in texts for pk in text.marked})
    return SpanAgreement(
        rounds=len(texts),
        marks=sum(len(marks) for text in texts for marks in text.marked.values()),
        alpha=tokens_alpha([(text.tokens, list(text.marked.values())) for text in texts]),
        pairs=_pairs(texts, people),
    )


def _pairs(texts: Sequence[_Text], people: dict[int, User]) -> list[SpanPair]:
    """Return every two people with a text in common, by name."""
    ordered = sorted(people.values(), key=lambda one: (one.display_name.casefold(), one.pk))
    found = []
    for first, second in combinations(ordered, 2):
        common = [text for text in texts if {first.pk, second.pk} <= text.marked.keys()]
        if not common:
            continue
        mine, theirs = (_side_by_side(common, one.pk) for one in (first, second))
        found.append(
            SpanPair(
                first,
                second,
                len(common),
                len(mine) + len(theirs),
                exact_f1(mine, theirs),
                overlap_f1(mine, theirs),
            )
        )
    return found


def _side_by_side(texts: Sequence[_Text], person: int) -> list[Mark]:
    """Return the person's marks as if the texts were one: each text's marks moved behind the last.

    Marks of two texts never meet so.
    """
    moved: dict[int, list[Mark]] = defaultdict(list)
    offset = 0
    for text in texts:
        for mark in text.marked[person]:
            moved[person].append(tuple((start + offset, end + offset) for start, end in mark))
        offset += 1 + max(
            (end for marks in text.marked.values() for mark in marks for _s, end in mark), default=0
        )
    return moved[person]
