"""The moment a reader asks about: "what did we say on 3 March, 09:00?"."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from annotations.lib.dates import read_zone
from annotations.lib.errors import InvalidInput
from annotations.lib.errors import gettext_noop as _

# The smallest step of our clock: the last instant of a day is this much before the next.
TICK = timedelta(microseconds=1)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CLOCK = re.compile(
    r"(?P<clock>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,6})?)?)"
    r"(?P<zone>Z|[+ -]\d\d(?::?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)


class InvalidMoment(InvalidInput):
    """What was asked about is no moment, or none that has been."""


def read_moment(text: str, zone: str | tzinfo, now: datetime) -> datetime:
    """Read an ISO 8601 day or time, in UTC; `zone` is the one of a time that names none.

    A day is asked about as it ended, the present one as it is `now`. Where the clock is set back,
    the first of two like times is meant. Raises InvalidMoment for what is no time, for one that is
    still to come, and for one that UTC has no name for.
    """
    tidy = text.strip()
    try:
        if _DAY.fullmatch(tidy):
            return _end_of_day(date.fromisoformat(tidy), read_zone(zone), now)
        moment = _clock_time(tidy, read_zone(zone))
    except (ValueError, OverflowError):
        raise _not_understood(text) from None
    if moment > now:
        raise InvalidMoment(
            _("“%(text)s” is still to come: nothing is known as of then."),
            field="known_at",
            params={"text": tidy},
        )
    return moment


def _end_of_day(day: date, zone: tzinfo, now: datetime) -> datetime:
    start = datetime.combine(day, time(), zone).astimezone(UTC)
    if start > now:
        raise InvalidMoment(
            _("“%(text)s” is still to come: nothing is known as of then."),
            field="known_at",
            params={"text": day.isoformat()},
        )
    following = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    return min(following - TICK, now)


def _clock_time(text: str, zone: tzinfo) -> datetime:
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise ValueError(text)
    clock = datetime.fromisoformat(match["clock"].replace(",", ".").upper())
    if match["zone"] is None:
        return clock.replace(tzinfo=zone).astimezone(UTC)
    # In an address, a plus that was not written as %2B arrives as a space.
    offset = match["zone"].upper().replace(" ", "+")
    return datetime.fromisoformat(f"{clock.isoformat()}{offset}").astimezone(UTC)


def _not_understood(text: str) -> InvalidMoment:
    return InvalidMoment(
        _(
            "“%(text)s” is not a moment. Write a day, such as 2026-03-03, or a time, such as "
            "2026-03-03T09:00, with a zone if it is not the project's: 2026-03-03T09:00+02:00."
        ),
        field="known_at",
        params={"text": text[:60]},
    )
