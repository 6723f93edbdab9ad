"""Lists that are read from a place, latest first: the last page takes as long as the first one.

A page begins beside a row, named by a key of the list's own (a claim's number, an event's uid).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Place(Generic[Key]):
    """Where a page begins: below one row, above another, or at the latest of all."""

    before: Key | None = None
    after: Key | None = None
    # The other end: the oldest there are.
    is_last: bool = False

    @property
    def reads_upwards(self) -> bool:
        """Say whether the page is found from its older end."""
        return self.is_last or self.after is not None

    def neighbours(self, *, goes_on: bool) -> tuple[bool, bool]:
        """Say whether there are newer and older rows than those of a page that goes on or not."""
        if self.is_last:
            return goes_on, False
        if self.after is not None:
            return goes_on, True
        return self.before is not None, goes_on


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows there are, as far as was counted."""

    total: int
    # There are more than `total`.
    is_more: bool

    @classmethod
    def up_to(cls, limit: int, counted: int) -> "Counted":
        """Return what is told of a count that stopped one above the limit at the latest."""
        return cls(min(counted, limit), counted > limit)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row, Key]):
    """One page, latest first; `newer` and `older` are where its neighbours begin."""

    rows: list[Row]
    total: int
    is_more: bool
    newer: Key | None
    older: Key | None


def read_page(
    rows: QuerySet[Row],
    place: Place[Key],
    size: int,
    counted: Counted,
    key: Callable[[Row], Key],
) -> Page[Row, Key]:
    """Read a page of `rows`, which are in the order in which the place reads, and from it on."""
    found = list(rows[: size + 1])
    is_newer, is_older = place.neighbours(goes_on=len(found) > size)
    found = found[:size]
    if place.reads_upwards:
        found.reverse()
    newer = key(found[0]) if found and is_newer else None
    older = key(found[-1]) if found and is_older else None
    return Page(found, counted.total, counted.is_more, newer, older)
