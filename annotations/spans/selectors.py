"""Ranges of a text and the selectors that name them; finding a quoted passage again.

Offsets are code points of the version's text, start inclusive, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotations.lib.errors import InvalidInput
from annotations.lib.errors import gettext_noop as _
from annotations.lib.text import context
from annotations.spans.loosely import Folded, fold

MAX_RANGES = 50
MAX_QUOTE = 10_000
MAX_MATCHES = 200


class InvalidRange(InvalidInput):
    """A range does not fit its text, or ranges of one span overlap."""


@dataclass(frozen=True, slots=True, order=True)
class TextRange:
    """A stretch of one text, in code points: `start` inclusive, `end` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RangeSelector:
    """A range with its words and up to 32 code points before and after them."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """A place where a passage stands; `is_exact` is False where only marks or spaces differ."""

    start: int
    end: int
    is_exact: bool
    prefix: str
    suffix: str


def check_ranges(ranges: Iterable[TextRange], *, length: int) -> tuple[TextRange, ...]:
    """Return the ranges in text order; touching ones are kept apart, as they came.

    `length` is the text's, in code points. Raises InvalidRange when there is none or more than
    MAX_RANGES, and for an empty range, one outside the text, or two that overlap.
    """
    ordered = tuple(sorted(ranges))
    if not ordered:
        raise InvalidRange(_("Select some text first."), field="ranges")
    if len(ordered) > MAX_RANGES:
        raise InvalidRange(
            _("A span has at most %(limit)d ranges."), field="ranges", params={"limit": MAX_RANGES}
        )
    end_before = 0
    for one in ordered:
        place = {"start": one.start, "end": one.end, "length": length}
        if one.start < 0 or one.end > length:
            message = _("The range %(start)d to %(end)d is outside the text (0 to %(length)d).")
        elif one.start >= one.end:
            message = _("The range %(start)d to %(end)d is empty.")
        elif one.start < end_before:
            message = _("The range %(start)d to %(end)d overlaps another one.")
        else:
            end_before = one.end
            continue
        raise InvalidRange(message, field="ranges", params=place)
    return ordered


def trim(text: str, one: TextRange) -> TextRange:
    """Return the range without leading and trailing white space.

    Raises InvalidRange when nothing else is in it.
    """
    start, end = one.start, one.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        raise InvalidRange(_("Only white space is selected."), field="ranges")
    return TextRange(start, end)


def cut_selector(text: str, one: TextRange) -> RangeSelector:
    """Return the selector of a range that lies within `text`."""
    around = context(text, one.start, one.end)
    exact = text[one.start : one.end]
    return RangeSelector(one.start, one.end, exact, around.prefix, around.suffix)


def cut_selectors(text: str, ranges: Sequence[TextRange]) -> tuple[RangeSelector, ...]:
    """Return the selectors of several ranges, in their order."""
    return tuple(cut_selector(text, one) for one in ranges)


def find_quote(text: str, exact: str, prefix: str = "", suffix: str = "") -> list[QuoteMatch]:
    """Return every place of a passage, in text order, at most MAX_MATCHES; places may overlap.

    Looked for letter by letter first; only when that finds nothing, with any white space, quotation
    marks, dashes and composed or decomposed letters counted alike. Offsets are always true ones
    of `text`. Where a given prefix and suffix agree with some of the places, only those are
    returned. Raises InvalidInput for an empty passage or one above MAX_QUOTE code points.
    """
    passage = exact.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not passage:
        raise InvalidInput(_("Type or paste the words to quote."), field="exact")
    if len(passage) > MAX_QUOTE:
        raise InvalidInput(
            _("A quoted passage has at most %(limit)d characters."),
            field="exact",
            params={"limit": MAX_QUOTE},
        )
    places = _letter_by_letter(text, passage)
    is_exact = bool(places)
    if not is_exact:
        places = [TextRange(*found) for found in Folded(text).places(fold(passage))]
    agreeing = [one for one in places if _context_agrees(text, one, prefix, suffix)]
    return [_match(text, one, is_exact) for one in (agreeing or places)[:MAX_MATCHES]]


def _letter_by_letter(text: str, passage: str) -> list[TextRange]:
    """Return where the passage stands as it is: twice in "000" for "00", at either beginning."""
    places = []
    start = text.find(passage)
    while start >= 0:
        places.append(TextRange(start, start + len(passage)))
        start = text.find(passage, start + 1)
    return places


def _match(text: str, one: TextRange, is_exact: bool) -> QuoteMatch:
    around = context(text, one.start, one.end)
    return QuoteMatch(one.start, one.end, is_exact, around.prefix, around.suffix)


def _context_agrees(text: str, one: TextRange, prefix: str, suffix: str) -> bool:
    """An empty prefix or suffix agrees with everything."""
    before = text[max(0, one.start - len(prefix)) : one.start]
    return before == prefix and text.startswith(suffix, one.end)
