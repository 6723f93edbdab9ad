"""A time as entered (EDTF), said in words and in the zone that is active, for people to read."""

from datetime import date, tzinfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from annotations.lib.date_parts import DatePart, Precision, date_parts
from annotations.lib.dates import InvalidTime, read_zone
from annotations.lib.errors import InvalidInput

# By the first month of each, as the times of lib/dates have them.
_SEASONS = {
    3: gettext_lazy("spring %(year)d"),
    6: gettext_lazy("summer %(year)d"),
    9: gettext_lazy("autumn %(year)d"),
    12: gettext_lazy("winter %(year)d"),
}
_OUTSIDE = (Precision.OPEN, Precision.UNKNOWN)


def time_words(edtf: str, meant_in: str = "") -> str:
    """Return "3 Mar 2022, 11:00 – 14:00", "about March 2022", ... in the active language and zone.

    `meant_in` is the zone that a bare date was meant in; it is named where that is not the active
    one. A text that cannot be read comes back as it is, and "" for none.
    """
    if not edtf:
        return ""
    shown = timezone.get_current_timezone()
    try:
        meant = read_zone(meant_in) if meant_in else shown
        parts = date_parts(edtf, meant, shown)
    except (InvalidTime, InvalidInput):
        return edtf
    words = _interval(*parts) if len(parts) > 1 else _said(parts[0])
    return f"{words} ({meant_in})" if _needs_zone(parts, meant, shown) else words


def _needs_zone(parts: tuple[DatePart, ...], meant: tzinfo, shown: tzinfo) -> bool:
    """Say whether a day is one of another zone's; clock times are moved to the one shown."""
    days = [one for one in parts if one.precision not in _OUTSIDE and one.moment is None]
    return bool(days) and str(meant) != str(shown)


def _interval(first: DatePart, last: DatePart) -> str:
    if first.precision in _OUTSIDE:
        words = _("until %(time)s") % {"time": _said(last)}
        if first.precision == Precision.UNKNOWN:
            words = _("%(words)s (since when is not known)") % {"words": words}
        return words
    if last.precision in _OUTSIDE:
        words = _("since %(time)s") % {"time": _said(first)}
        if last.precision == Precision.UNKNOWN:
            words = _("%(words)s (until when is not known)") % {"words": words}
        return words
    is_one_day = first.is_exact_clock and last.is_exact_clock and first.day == last.day
    end = _clock(last) if is_one_day else _said(last)
    return _("%(first)s – %(last)s") % {"first": _said(first), "last": end}


def _said(part: DatePart) -> str:
    """Return one date with its doubts."""
    assert part.day is not None
    words = _plain(part, part.day)
    if part.is_about:
        words = pgettext("time", "about %(time)s") % {"time": words}
    if part.is_uncertain:
        words = _("%(time)s (uncertain)") % {"time": words}
    return words


def _plain(part: DatePart, day: date) -> str:
    if part.moment is not None:
        return f"{date_format(part.moment, 'SHORT_DATE_FORMAT')}, {_clock(part)}"
    if part.precision == Precision.CENTURY:
        return _("between %(first)d and %(last)d") % {"first": day.year, "last": day.year + 99}
    if part.precision == Precision.DECADE:
        return _("the %(year)ds") % {"year": day.year}
    if part.precision == Precision.SEASON:
        return str(_SEASONS[day.month]) % {"year": day.year}
    if part.precision == Precision.YEAR:
        return str(day.year)
    if part.precision == Precision.MONTH:
        return _month(day)
    return date_format(day, "SHORT_DATE_FORMAT")


def _month(day: date) -> str:
    """Return month and year; a month standing alone has a capital, even where others have none."""
    words = date_format(day, "YEAR_MONTH_FORMAT")
    return words[:1].lower() + words[1:] if date_format(day, "E").islower() else words


def _clock(part: DatePart) -> str:
    """Return the time of day; of an hour that comes twice, as clocks go back, which of the two."""
    moment = part.moment
    assert moment is not None
    words = date_format(moment, "H:i:s" if part.precision == Precision.SECOND else "H:i")
    is_twice = moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
    return f"{words} (UTC{moment.isoformat(timespec='seconds')[19:]})" if is_twice else words
