"""Pages of the past: the moment in the address, and what the page says of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.lib.moments import TICK
from annotations.projects.known_at import asked_moment, check_known, project_as_known
from annotations.projects.models import Project
from annotations.web.access import SignedInRequest


@dataclass(frozen=True, slots=True)
class ShownPast:
    """The moment that a page tells of, in the project's zone."""

    moment: datetime
    is_day: bool
    zone: str

    @property
    def query(self) -> str:
        """Return what a link that keeps the moment has in its address."""
        return query_of(self.moment)

    @property
    def day(self) -> str:
        """Return the date in words."""
        return date_format(self._local, "DATE_FORMAT")

    @property
    def clock(self) -> str:
        """Return the time of day, with seconds where there are any."""
        if self.is_day:
            return _("at the end of the day")
        return date_format(self._local, "H:i" if self._local.second == 0 else "H:i:s")

    @property
    def field(self) -> str:
        """Return what the field of a time and its zoneless clock holds."""
        return self._local.strftime("%Y-%m-%dT%H:%M:%S")

    @property
    def _local(self) -> datetime:
        return timezone.localtime(self.moment)


def query_of(moment: datetime) -> str:
    """Return `known_at=...` for an address, to the microsecond."""
    return urlencode({"known_at": moment.isoformat()})


def asked_past(request: SignedInRequest, project: Project) -> ShownPast | None:
    """Return the moment that the address asks about; None for now.

    Raises InvalidMoment, and NotKnownYet for one before the project began.
    """
    text = request.GET.get("known_at", "").strip()
    if not text:
        return None
    moment = asked_moment(project, text)
    # A day that has not ended is asked about as it is now.
    is_day = ":" not in text and (moment + TICK).microsecond == 0
    return ShownPast(moment, is_day, project.time_zone)


@contextmanager
def as_known(
    request: SignedInRequest, past: ShownPast | None, rows: "QuerySet[Any] | None" = None
) -> Iterator[None]:
    """Read what was known at the moment, if one is asked about.

    Raises NotKnownYet where the one row of `rows`, which the person may see now, was not there.
    """
    if past is None:
        yield
        return
    shown = [] if rows is None else list(rows)
    with project_as_known(request.access.project, request.user, past.moment):
        if rows is not None:
            check_known(rows.all(), *shown)
        yield
