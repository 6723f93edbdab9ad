"""When something happened: EDTF text as a person enters it, with UTC bounds for sorting.

EDTF level 0 and 1, plus clock times without seconds. The `edtf` package is not used: importing
it costs 29 MB in every web process, and it knows no time zones.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from annotations.lib.errors import InvalidInput
from annotations.lib.errors import gettext_noop as _

FIRST_YEAR, LAST_YEAR = 1000, 9998

_DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?",
    re.IGNORECASE | re.ASCII,
)
_CLOCK = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)(?:T|\s+)(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"\s*(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?",
    re.IGNORECASE | re.ASCII,
)
# EDTF level 1 seasons, as in the northern hemisphere: first month of each.
SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}


@dataclass(frozen=True, slots=True)
class EventTime:
    """A time as entered, and the instants it can be: `earliest` <= time < `latest`.

    Both bounds are aware UTC; `latest` is EXCLUSIVE (2022-03-02 ends where 2022-03-03 begins).
    None means open or unknown on that side. A `?` or `~` widens both bounds by one unit of the
    date's own precision (a day, a month, ...), `%` by two.
    """

    edtf: str
    earliest: datetime | None
    latest: datetime | None


class InvalidTime(InvalidInput):
    """The text is not a date, a time or an interval this tool can read."""


def parse_event_time(text: str, zone: str | tzinfo) -> EventTime:
    """Read a time as a person enters it; `zone` is the one a bare date or clock time is meant in.

    `edtf` of the answer is the text tidied (T between date and time, X and Z in capitals, `..`
    for an open end). Raises InvalidTime, naming the accepted forms.
    """
    where = read_zone(zone)
    tidy = text.strip()
    if tidy.count("/") > 1 or not tidy.replace("/", "").replace(".", "").strip():
        raise _not_understood(text)
    if "/" not in tidy:
        moment = _read_moment(tidy, where)
        return EventTime(moment.edtf, moment.earliest, moment.latest)
    first, second = (_read_end(part.strip(), where) for part in tidy.split("/"))
    if first.earliest and second.latest and first.earliest >= second.latest:
        raise InvalidTime(_("The interval ends before it begins."), field="time")
    return EventTime(f"{first.edtf}/{second.edtf}", first.earliest, second.latest)


def predates(a: EventTime, b: EventTime) -> bool | None:
    """Tell whether `a` certainly lies before `b`: yes, certainly not, or None for unknown."""
    if a.latest is not None and b.earliest is not None and a.latest <= b.earliest:
        return True
    if a.earliest is not None and b.latest is not None and a.earliest >= b.latest:
        return False
    return None


def read_zone(zone: str | tzinfo) -> tzinfo:
    """Return the IANA time zone of that name. Raises InvalidInput for an unknown one."""
    if isinstance(zone, tzinfo):
        return zone
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput(
            _("There is no time zone called %(zone)s."), field="zone", params={"zone": zone}
        ) from None


def _not_understood(text: str) -> InvalidTime:
    return InvalidTime(
        _(
            "%(text)s is not a date this tool can read. Write 2022-03-02, 2022-03, 2022,"
            " 2022-03-02 14:30, 2022-03-02? (uncertain), 2022-03-02~ (about), 202X,"
            " 2022-03-01/2022-03-04 (between), ../2022-03-04 or 2022-03-01/.. (open)."
        ),
        field="time",
        params={"text": f"“{text.strip()[:60]}”"},
    )


def _read_end(text: str, zone: tzinfo) -> EventTime:
    """Read one end of an interval; `..` is open and nothing at all is unknown."""
    if text in ("", ".."):
        return EventTime(text, None, None)
    return _read_moment(text, zone)


def _read_moment(text: str, zone: tzinfo) -> EventTime:
    """Read one date or clock time with its qualifier."""
    bare = text.rstrip("?~%")
    qualifier = text[len(bare) :]
    try:
        if len(qualifier) > 1:
            raise ValueError(qualifier)
        clock = _CLOCK.fullmatch(bare)
        if clock:
            edtf, earliest, latest = _clock_bounds(clock, zone)
        else:
            edtf, first, last = _date_bounds(bare)
            if qualifier:
                margin = (last - first) * (2 if qualifier == "%" else 1)
                first, last = first - margin, last + margin
            return EventTime(edtf + qualifier, _midnight(first, zone), _midnight(last, zone))
    except (ValueError, OverflowError):
        raise _not_understood(text) from None
    if qualifier:
        margin = (latest - earliest) * (2 if qualifier == "%" else 1)
        earliest, latest = earliest - margin, latest + margin
    return EventTime(edtf + qualifier, earliest, latest)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _clock_bounds(found: re.Match[str], zone: tzinfo) -> tuple[str, datetime, datetime]:
    """Return the tidied text, the first instant and the instant after the last."""
    day = date.fromisoformat(found["date"])
    _check_year(day.year)
    second = found["second"]
    clock = f"{int(found['hour']):02}:{found['minute']}" + (f":{second}" if second else "")
    local = datetime.fromisoformat(f"{day.isoformat()}T{clock}")
    offset = (found["zone"] or "").upper()
    if offset and offset != "Z":
        digits = offset[1:].replace(":", "").ljust(4, "0")
        offset = f"{offset[0]}{digits[:2]}:{digits[2:]}"
    where = datetime.fromisoformat(f"2000-01-01T00:00{offset}").tzinfo if offset else None
    aware = local.replace(tzinfo=where or zone)
    unit = timedelta(seconds=1) if second else timedelta(minutes=1)
    # In the hour that autumn repeats, the time as entered can be either of the two.
    first, last = (aware.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    edtf = f"{day.isoformat()}T{clock}{offset}"
    return edtf, min(first, last), max(first, last) + unit


def _date_bounds(text: str) -> tuple[str, date, date]:
    """Return the tidied text, the first day and the day after the last."""
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(text)
    tidy = text.upper()
    year, month, day = (part and part.upper() for part in found.group("year", "month", "day"))
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    _check_year(first_year)
    _check_year(last_year)
    if "X" in year and (month not in (None, "XX") or day not in (None, "XX")):
        raise ValueError(text)
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise ValueError(text)
        return tidy, date(first_year, 1, 1), date(last_year + 1, 1, 1)
    number = int(month)
    if number in SEASONS and day is None:
        begin = date(first_year, SEASONS[number], 1)
        return tidy, begin, _months_later(begin, 3)
    begin = date(first_year, number, 1)
    if day in (None, "XX"):
        return tidy, begin, _months_later(begin, 1)
    exact = date(first_year, number, int(day))
    return tidy, exact, exact + timedelta(days=1)


def _months_later(day: date, months: int) -> date:
    for _month in range(months):
        day += timedelta(days=calendar.monthrange(day.year, day.month)[1])
    return day


def _check_year(year: int) -> None:
    """Years outside this range cannot be moved between zones without leaving datetime's own."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
