"""What several people marked in one text, side by side: the same, overlapping, alone. PURE."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

Range = tuple[int, int]


class Kind(StrEnum):
    """How the claims of a group lie to one another."""

    SAME = "same"
    OVERLAPPING = "overlapping"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Marked:
    """One person's claim and its words: ranges of code points, end exclusive."""

    claim: int
    person: int
    ranges: tuple[Range, ...]

    @property
    def start(self) -> int:
        """Return where it begins."""
        return min(start for start, _end in self.ranges)


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that hang together by their words, in text order, the older first."""

    kind: Kind
    members: tuple[Marked, ...]

    @property
    def is_plain(self) -> bool:
        """Say whether everybody in it marked the same words just once: no choice is to be made."""
        people = [one.person for one in self.members]
        return self.kind is Kind.SAME and len(people) == len(set(people))


def group_marks(marks: Iterable[Marked]) -> list[Group]:
    """Gather the claims that share a code point, directly or through others, in text order.

    `same`: two people or more, all with the very same ranges. `alone`: one person only, who may
    have marked twice there. Ranges that merely touch share nothing.
    """
    ordered = sorted(marks, key=lambda one: (one.start, one.claim))
    parents = list(range(len(ordered)))

    def root(n: int) -> int:
        while parents[n] != n:
            parents[n] = parents[parents[n]]
            n = parents[n]
        return n

    pieces = sorted((start, end, n) for n, one in enumerate(ordered) for start, end in one.ranges)
    reach, last = -1, -1
    for start, end, n in pieces:
        # Whoever reaches furthest stands for all that were joined up to here.
        if start < reach:
            parents[root(n)] = root(last)
        if end > reach:
            reach, last = end, n
    gathered: dict[int, list[Marked]] = {}
    for n, one in enumerate(ordered):
        gathered.setdefault(root(n), []).append(one)
    groups = [Group(_kind(members), tuple(members)) for members in gathered.values()]
    return sorted(groups, key=lambda group: (group.members[0].start, group.members[0].claim))


def _kind(members: Sequence[Marked]) -> Kind:
    if len({one.person for one in members}) == 1:
        return Kind.ALONE
    if len({tuple(sorted(one.ranges)) for one in members}) == 1:
        return Kind.SAME
    return Kind.OVERLAPPING
