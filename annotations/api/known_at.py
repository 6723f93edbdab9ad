"""The moment that a request to the API asks about."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from annotations.api.errors import QueryInvalid
from annotations.lib.moments import InvalidMoment
from annotations.projects.known_at import asked_moment
from annotations.projects.models import Project

# What a list of rows with a history can be asked of the past.
READING = frozenset({"list", "retrieve"})


def asked_of(request: Request, project: Project, *, answers: bool) -> datetime | None:
    """Return the moment of `known_at`; None when it is not asked about.

    Raises QueryInvalid for what is no moment, and where nothing but the present is told.
    """
    given = request.query_params.getlist("known_at")
    if not given:
        return None
    if not answers:
        raise QueryInvalid(_("This tells what is, not what was known before."), field="known_at")
    if len(given) > 1:
        raise QueryInvalid(
            _("“%(name)s” is given more than once."),
            field="known_at",
            params={"name": "known_at"},
        )
    try:
        return asked_moment(project, given[0])
    except InvalidMoment as error:
        raise QueryInvalid(error.msgid, field="known_at", params=error.params) from error
