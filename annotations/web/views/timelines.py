"""A statement's events as a picture, with the words of each part."""

from collections.abc import Sequence

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from annotations.lifecycle.choices import Standing
from annotations.lifecycle.timelines import EventLine
from annotations.statements.models import Statement
from annotations.web.timeline_picture import Happening, Timeline, Told, timeline_picture


def picture_of(statement: Statement, lines: Sequence[EventLine]) -> Timeline | None:
    """Draw when the statement was made and what became of it; None where no time is known."""
    said = Told.of(statement.said_on, statement.said_earliest, statement.said_latest)
    first = Happening(_("Said"), "origin", is_refuted=False, happened=said, noticed=None)
    rows = [_happening(one) for one in lines]
    return timeline_picture([first, *rows], from_right=get_language_bidi()) if rows else None


def _happening(line: EventLine) -> Happening:
    event = line.event
    return Happening(
        name=str(event.get_type_display()),
        group=line.group,
        is_refuted=line.standing == Standing.REFUTED,
        happened=Told.of(event.happened, event.happened_earliest, event.happened_latest),
        noticed=Told.of(event.noticed, event.noticed_earliest, event.noticed_latest),
    )
