"""What was known of a project at a moment, for one person: the way in for pages and the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit import known_at
from annotations.lib.errors import DomainError
from annotations.lib.moments import read_moment
from annotations.projects.models import Project


class NotKnownYet(DomainError):
    """The row is there now and was not yet at the moment that is asked about. HTTP 404."""

    status = 404


def asked_moment(project: Project, text: str) -> datetime:
    """Return the moment of `known_at`; a time without a zone is meant in the project's.

    Raises InvalidMoment for what is no moment, NotKnownYet for one before the project began.
    """
    moment = read_moment(text, project.time_zone, timezone.now())
    if moment < project.created_at:
        raise not_known_yet(project)
    return moment


def not_known_yet(*rows: object) -> NotKnownYet:
    """Say when the latest of these began."""
    began = max(row.created_at for row in rows)  # type: ignore[attr-defined]  # All have it.
    local = timezone.localtime(began)
    return NotKnownYet(
        _("This was not known yet. It began on %(began)s (%(zone)s)."),
        params={
            "began": f"{date_format(local, 'DATE_FORMAT')}, {date_format(local, 'TIME_FORMAT')}",
            "zone": timezone.get_current_timezone_name(),
        },
    )


@contextmanager
def project_as_known(project: Project, viewer: User, moment: datetime) -> Iterator[None]:
    """Let what is read inside be what the viewer may see now, as it was known at the moment."""
    with known_at.reading(known_at.Past(moment, project.pk, viewer)):
        yield


def check_known(rows: "QuerySet", *shown: object) -> None:
    """Raise NotKnownYet unless one of the rows was there; `shown` are the same as they are now."""
    if not rows.exists():
        raise not_known_yet(*shown)
