"""What a reviewer should be warned of in a claim's evidence. PURE.

Answers are yes, no or unknown: a date "in March" does not say whether it is after the 10th.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations

from annotations.lib.dates import EventTime, predates

# What people said of two pieces, by their keys: independent of each other, or not.
Marks = Mapping[frozenset[int], bool]


class Answer(StrEnum):
    """What a warning's question is answered."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Interval:
    """The instants that something can have happened at: earliest <= it < latest; None is open."""

    earliest: datetime | None = None
    latest: datetime | None = None

    @property
    def is_known(self) -> bool:
        """Say whether anything is known of it."""
        return self.earliest is not None or self.latest is not None


@dataclass(frozen=True, slots=True)
class Piece:
    """What the warnings ask of one piece of evidence; empty where it does not say."""

    key: int
    published: Interval = Interval()
    # The canonical address, and whose it is (see lib.hosts).
    url: str = ""
    origin: str = ""
    source: int | None = None
    # A claimant asked for comment answers after the claim: that is no reason to warn.
    is_response: bool = False


def first_of(moments: Iterable[Interval]) -> Interval:
    """Return when the first of these happened, as far as it is known."""
    known = [one for one in moments if one.is_known]
    earliest = [one.earliest for one in known]
    latest = [one.latest for one in known if one.latest is not None]
    begin = None if None in earliest else min((one for one in earliest if one), default=None)
    return Interval(begin, min(latest, default=None))


def claim_made(said: Iterable[Interval], published: Iterable[Interval]) -> Interval:
    """Return when the claim was made: said by its speaker or, unless known, first published."""
    first_said = first_of(said)
    return first_said if first_said.is_known else first_of(published)


def dated_after(piece: Piece, made: Interval) -> Answer:
    """Say whether the piece was published after the claim was made: it may rest on the claim."""
    if piece.is_response:
        return Answer.NO
    is_before = predates(_time(made), _time(piece.published))
    if is_before is None:
        return Answer.UNKNOWN
    return Answer.YES if is_before else Answer.NO


def one_origin(pieces: Sequence[Piece], marks: Marks) -> Answer:
    """Say whether all pieces come from one origin: they then confirm each other in nothing.

    Two share an origin where people marked them as not independent, or have the same source or
    the same registered host; not where people marked them as independent. Sharing is passed on: a
    copy of a copy is no second origin. A single piece is no question.
    """
    if len(pieces) < 2:
        return Answer.NO
    answers = {
        (one.key, other.key): _share_origin(one, other, marks)
        for one, other in combinations(pieces, 2)
    }
    keys = [piece.key for piece in pieces]
    if _is_connected(keys, [pair for pair, answer in answers.items() if answer is Answer.YES]):
        return Answer.YES
    possible = [pair for pair, answer in answers.items() if answer is not Answer.NO]
    return Answer.UNKNOWN if _is_connected(keys, possible) else Answer.NO


def links_used_twice(pieces: Iterable[Piece]) -> list[tuple[int, ...]]:
    """Return the keys of pieces with one address, a tuple for each address that several have."""
    by_url: dict[str, list[int]] = defaultdict(list)
    for piece in pieces:
        if piece.url:
            by_url[piece.url].append(piece.key)
    return [tuple(keys) for keys in by_url.values() if len(keys) > 1]


def _time(interval: Interval) -> EventTime:
    return EventTime("", interval.earliest, interval.latest)


def _share_origin(one: Piece, other: Piece, marks: Marks) -> Answer:
    marked = marks.get(frozenset((one.key, other.key)))
    if marked is not None:
        return Answer.NO if marked else Answer.YES
    if one.source is not None and one.source == other.source:
        return Answer.YES
    if one.origin and one.origin == other.origin:
        return Answer.YES
    both_sources = one.source is not None and other.source is not None
    both_hosts = bool(one.origin and other.origin)
    return Answer.NO if both_sources or both_hosts else Answer.UNKNOWN


def _is_connected(keys: Sequence[int], pairs: Iterable[tuple[int, int]]) -> bool:
    """Say whether the pairs lead from the first key to every other."""
    beside: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    reached, waiting = set(keys[:1]), list(keys[:1])
    while waiting:
        found = beside[waiting.pop()] - reached
        reached |= found
        waiting.extend(found)
    return reached >= set(keys)
