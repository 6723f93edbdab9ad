"""How an article's single-line fields, date and address are checked before they are stored."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from annotations.articles.models import ArticleKind, ArticleVersion, MarkingState
from annotations.captures.models import Capture
from annotations.lib.dates import InvalidTime, parse_event_time
from annotations.lib.errors import Conflict, InvalidInput
from annotations.lib.text import first_forbidden
from annotations.lib.urls import canonical_url
from annotations.projects.models import Project
from annotations.projects.services import LANGUAGE_TAG

LONGEST_TITLE = 500
# A line longer than this is a paragraph, not a headline somebody forgot to name.
LONGEST_GUESSED_TITLE = 200


@dataclass(frozen=True, slots=True)
class Published:
    """When an article appeared, as entered and as UTC bounds (`latest` exclusive)."""

    edtf: str
    earliest: datetime | None
    latest: datetime | None
    zone: str


def clean_line(value: str, *, field: str, limit: int) -> str:
    """Return the words on one line. Raises InvalidInput for control characters or too many."""
    line = " ".join(value.split())
    if first_forbidden(line) is not None:
        raise InvalidInput(_("This holds a control character."), field=field)
    if len(line) > limit:
        raise InvalidInput(
            _("At most %(limit)d characters, please."), field=field, params={"limit": limit}
        )
    return line


def clean_title(title: str, text: str) -> str:
    """Return the title, or the beginning of the text's first line when none is given."""
    given = clean_line(title, field="title", limit=LONGEST_TITLE)
    return given or clean_line(first_line(text), field="title", limit=LONGEST_TITLE)


def first_line(text: str) -> str:
    """Return the first line with words on it, cut to a title's length at a word's end."""
    line = next((line for line in text.split("\n") if line.strip()), "")
    words = " ".join(line.split())
    if len(words) <= LONGEST_GUESSED_TITLE:
        return words
    return words[:LONGEST_GUESSED_TITLE].rsplit(" ", 1)[0] + "…"


def clean_language(language: str) -> str:
    """Return the language tag; empty for unknown."""
    tag = language.strip()
    if tag and (len(tag) > 35 or not LANGUAGE_TAG.fullmatch(tag)):
        raise InvalidInput(_("Give a language tag such as en, uk or pt-BR."), field="language")
    return tag


def clean_published(published: str, project: Project) -> Published:
    """Read a date as entered, a bare one in the project's zone; empty for unknown."""
    if not published.strip():
        return Published("", None, None, "")
    try:
        when = parse_event_time(published, project.time_zone)
    except InvalidTime as error:
        error.field = "published"
        raise
    if len(when.edtf) > 80:
        raise InvalidInput(_("This date is too long."), field="published")
    return Published(when.edtf, when.earliest, when.latest, project.time_zone)


def clean_url(url: str) -> tuple[str, str]:
    """Return the address as given and its canonical form; both empty when there is none."""
    given = url.strip()
    if not given:
        return "", ""
    canonical = canonical_url(given)
    return given, canonical


def check_kind(kind: str) -> str:
    """Return the kind of article; raise InvalidInput for an unknown one."""
    if kind not in ArticleKind.values:
        raise InvalidInput(_("There is no such kind of article."), field="kind")
    return kind


def check_marking_state(state: str) -> str:
    """Return the marking state; raise InvalidInput for an unknown one."""
    if state not in MarkingState.values:
        raise InvalidInput(_("There is no such marking state."), field="marking_state")
    return state


def check_not_older(latest: ArticleVersion | None, capture: Capture | None) -> None:
    """Raise Conflict for a page's text from before that of the latest version: it is no later."""
    known = latest.capture if latest else None
    if capture is not None and known is not None and known.taken_at > capture.taken_at:
        raise Conflict(
            _("The latest version is of a newer capture than this text. Refresh the article anew.")
        )
