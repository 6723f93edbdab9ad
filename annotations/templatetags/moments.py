"""Times of a list, told apart: to the second where two of them share a minute."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.utils.formats import date_format, get_format
from django.utils.timezone import localtime

register = template.Library()


@register.filter
def among(moment: datetime, moments: Iterable[datetime]) -> str:
    """Return a moment in short, in the zone active now; with seconds where another of the list
    falls into the same minute.
    """
    minutes = Counter(_minute(one) for one in moments)
    form = str(get_format("SHORT_DATETIME_FORMAT"))
    if minutes[_minute(moment)] > 1:
        form = form.replace("H:i", "H:i:s")
    return date_format(localtime(moment), form)


@register.filter
def made_among(row: Any, rows: Iterable[Any]) -> str:
    """Return when a row was made, told apart from when the others were."""
    return among(row.created_at, [one.created_at for one in rows])


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
