"""Dates as texts write them, in several languages. PURE.

Only full dates with a year and a plain order count: 03/04/2022 is one day here and another there.
"""

from __future__ import annotations

import calendar
import re

# fmt: off
_NAMES = (
    "january jan січня января januar janvier enero يناير stycznia gennaio",
    "february feb лютого февраля februar février fevrier febrero فبراير lutego febbraio",
    "march mar березня марта märz maerz mars marzo مارس marca",
    "april apr квітня апреля avril abril أبريل ابريل kwietnia aprile",
    "may травня мая mai mayo مايو maja maggio",
    "june jun червня июня juni juin junio يونيو czerwca giugno",
    "july jul липня июля juli juillet julio يوليو lipca luglio",
    "august aug серпня августа août aout agosto أغسطس اغسطس sierpnia",
    "september sept sep вересня сентября septembre septiembre سبتمبر września settembre",
    "october oct жовтня октября oktober octobre octubre أكتوبر اكتوبر października ottobre",
    "november nov листопада ноября novembre noviembre نوفمبر listopada",
    "december dec грудня декабря dezember décembre decembre diciembre ديسمبر grudnia dicembre",
)
# fmt: on
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
MONTH_NAMES = frozenset(_MONTHS)
_ANY_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>20\d\d|19\d\d)"
_DATES = (
    re.compile(rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:\.|er|st|nd|rd|th|º)?\s(?:de\s|of\s)?(?P<month>{_ANY_MONTH})"
        rf"\.?,?\s(?:de\s|del\s)?{_YEAR}\b",
        re.I,
    ),
    re.compile(
        rf"\b(?P<month>{_ANY_MONTH})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR}\b", re.I
    ),
    re.compile(rf"\b(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.{_YEAR}\b"),
)


def first_date(text: str, end: int | None = None) -> str:
    """Return the first full date before `end` (code points) as YYYY-MM-DD; "" without one."""
    stop = len(text) if end is None else end
    found = [one for pattern in _DATES for one in pattern.finditer(text, 0, stop)]
    for match in sorted(found, key=lambda one: one.start()):
        month = match["month"].lower()
        year, number, day = int(match["year"]), _MONTHS.get(month, 0), int(match["day"])
        number = number or int(month)
        if 1 <= number <= 12 and 1 <= day <= calendar.monthrange(year, number)[1]:
            return f"{year}-{number:02}-{day:02}"
    return ""
