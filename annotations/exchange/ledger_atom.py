"""The retraction ledger as an Atom feed (RFC 4287), an entry for each event."""

import re
import uuid
from collections.abc import Callable, Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.lifecycle.choices import CapturePlace
from annotations.lifecycle.ledger_entries import Entry
from annotations.projects.models import Project
from annotations.projects.time_words import time_words

MEDIA_TYPE = Atom1Feed.content_type
# What XML 1.0 has no way to write; nothing else of a text is touched.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_feed(
    project: Project,
    entries: Iterable[Entry],
    *,
    page_url: str,
    feed_url: str,
    query: str,
    event_url: Callable[[Entry], str],
) -> str:
    """Return the feed, what changed last first, in the language at hand.

    `query` are the filters: each choice of them is a feed of its own, so it is part of the id.
    Each entry keeps its event's uid as id, whatever is said of it later; `updated` moves on with
    every assessment.
    """
    feed = Atom1Feed(
        title=_writable(_("%(project)s: retraction ledger") % {"project": project.name}),
        link=page_url,
        description=None,
        subtitle=_writable(
            _("What was changed, taken back, withdrawn, removed or restored after it was said.")
        ),
        language=get_language(),
        author_name=_writable(project.name),
        feed_url=feed_url,
        feed_guid=uuid.uuid5(project.uid, f"ledger?{query}").urn,
    )
    with timezone.override(ZoneInfo(project.time_zone)):
        for one in entries:
            feed.add_item(link=event_url(one), **_item(one))
    # An empty feed too has to say when it changed; nothing has since the project was made.
    feed.latest_post_date = lambda: max(  # type: ignore[method-assign]
        (item["updateddate"] for item in feed.items), default=project.created_at
    )
    return str(feed.writeString("utf-8"))


def _item(one: Entry) -> dict[str, Any]:
    return {
        "title": _writable(_title(one)),
        "description": _writable(_summary(one)),
        "unique_id": one.event.uid.urn,
        "pubdate": one.event.created_at,
        "updateddate": one.told_at,
        "categories": [one.group.value, one.event.type, one.standing],
        "enclosures": list[Enclosure](),
    }


def _title(one: Entry) -> str:
    names = (one.said_by.name if one.said_by else "", one.place)
    subject = ", ".join(name for name in names if name) or Truncator(one.words).chars(80)
    words = {
        "type": one.event.get_type_display(),
        "subject": subject or _("unnamed"),
        "standing": one.standing_text.lower(),
    }
    return _("%(type)s: %(subject)s (%(standing)s)") % words


def _summary(one: Entry) -> str:
    """Return the facts as HTML of paragraphs."""
    event = one.event
    facts = [
        (_("Words"), Truncator(one.words).chars(600)),
        (_("Happened"), _when(event.happened, event.happened_zone)),
        (_("Noticed"), _when(event.noticed, event.noticed_zone)),
        (_("Reported by"), one.reporters or (_("ourselves") if event.self_observed else "")),
        (_("Done by"), one.actor.name if one.actor else ""),
        (_("Reason"), event.reason_text or str(event.get_reason_given_display())),
        (_("Claims resting on it"), ", ".join(f"#{each.claim.number}" for each in one.resting)),
        (_("Verdicts resting on it"), _verdicts(one)),
        (_("Captures from before it"), _number(one, CapturePlace.BEFORE)),
        (_("Captures from after it"), _number(one, CapturePlace.AFTER)),
    ]
    return "".join(f"<p>{escape(name)}: {escape(value)}</p>" for name, value in facts if value)


def _when(edtf: str, meant_in: str) -> str:
    """Return a time in words with the zone it is told in: a feed has no foot that names it."""
    words = time_words(edtf, meant_in)
    zone = timezone.get_current_timezone_name()
    return f"{words} · {zone}" if words else _("not known")


def _verdicts(one: Entry) -> str:
    return ", ".join(
        f"#{each.claim.number} {each.verdict.get_label_display()}"
        for each in one.resting
        if each.verdict is not None
    )


def _number(one: Entry, place: CapturePlace) -> str:
    return str(len(one.captures_at(place)) or "")


def _writable(words: str) -> str:
    return _UNWRITABLE.sub("\ufffd", words)
