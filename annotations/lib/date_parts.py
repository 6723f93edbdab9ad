"""What a time as entered is made of, for those who say it in words. PURE, as dates.py is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from annotations.lib.dates import SEASONS, parse_event_time

_CLOCK = re.compile(r"[0-9-]+T\d\d:\d\d(?P<second>:\d\d)?")
QUALIFIERS = "?~%"


class Precision(StrEnum):
    """How exactly one date, or one end of an interval, is given."""

    OPEN = "open"
    UNKNOWN = "unknown"
    CENTURY = "century"
    DECADE = "decade"
    YEAR = "year"
    SEASON = "season"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class DatePart:
    """One date, or one end of an interval.

    `day` is the first day that it can be, of a season in the months of the northern hemisphere;
    `moment` the first instant of a clock time, in the zone that was asked for.
    """

    precision: Precision
    is_about: bool = False
    is_uncertain: bool = False
    day: date | None = None
    moment: datetime | None = None

    @property
    def is_exact_clock(self) -> bool:
        """Say whether it is a clock time that nothing is doubted of."""
        return self.moment is not None and not (self.is_about or self.is_uncertain)


def date_parts(edtf: str, meant: tzinfo, shown: tzinfo) -> tuple[DatePart, ...]:
    """Return the one date, or both ends of the interval, of a text as `parse_event_time` tidies it.

    A clock time without a zone of its own is meant in `meant`; moments are told in `shown`.
    Raises InvalidTime.
    """
    parse_event_time(edtf, meant)
    return tuple(_part(one, meant, shown) for one in edtf.split("/"))


def _part(text: str, meant: tzinfo, shown: tzinfo) -> DatePart:
    if text in ("", ".."):
        return DatePart(Precision.OPEN if text else Precision.UNKNOWN)
    bare = text.rstrip(QUALIFIERS)
    is_about, is_uncertain = text[-1] in "~%", text[-1] in "?%"
    clock = _CLOCK.match(bare)
    if clock:
        moment = parse_event_time(bare, meant).earliest
        assert moment is not None
        precision = Precision.SECOND if clock["second"] else Precision.MINUTE
        local = moment.astimezone(shown)
        return DatePart(precision, is_about, is_uncertain, local.date(), local)
    precision, day = _calendar(bare)
    return DatePart(precision, is_about, is_uncertain, day)


def _calendar(bare: str) -> tuple[Precision, date]:
    year, month, day = (*bare.split("-"), "XX", "XX")[:3]
    first = int(year.replace("X", "0"))
    if year.endswith("XX"):
        return Precision.CENTURY, date(first, 1, 1)
    if year.endswith("X"):
        return Precision.DECADE, date(first, 1, 1)
    if month == "XX":
        return Precision.YEAR, date(first, 1, 1)
    if int(month) in SEASONS:
        return Precision.SEASON, date(first, SEASONS[int(month)], 1)
    if day == "XX":
        return Precision.MONTH, date(first, int(month), 1)
    return Precision.DAY, date(first, int(month), int(day))
