"""What happened to an article: said on its page, and beside the versions it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.articles.models import Article, ArticleVersion
from annotations.lifecycle.choices import GROUP_OF, CapturePlace, EventGroup, Standing
from annotations.lifecycle.models import EventCapture, LifecycleEvent
from annotations.lifecycle.permissions import check_record_event
from annotations.lifecycle.states import latest_kept
from annotations.lifecycle.timelines import EventLine, events_of
from annotations.web.access import SignedInRequest
from annotations.web.views.claims_find import may


@dataclass(frozen=True, slots=True)
class Happened:
    """An event for a chip: how sure we are of it, and what it is about."""

    event: LifecycleEvent
    standing: str
    standing_text: str
    group: str


def happened_to(request: SignedInRequest, article: Article) -> dict[str, object]:
    """Return the latest event that the person may see and nobody refuted, and whether they may
    record one; 1 query.
    """
    seen = LifecycleEvent.objects.visible_to(request.user).filter(article=article)
    event = latest_kept(seen.with_standing())
    return {
        "happened": _chip(event) if event else None,
        "may_record": may(check_record_event, request.user, article),
    }


def events_by_version(
    request: SignedInRequest, article: Article, versions: Sequence[ArticleVersion]
) -> dict[int, list[EventLine]]:
    """Return an article's events by the version each belongs to; 4 queries.

    That is the first one read from a capture which shows how things were after it, else the one
    that was the latest when it was recorded: when it happened is often not known, or before all of
    them. What came of a page since it was removed says nothing of its removal.
    """
    lines = events_of(request.user, request.access.sight, article=article)
    by_capture = {one.capture_id: one for one in versions if one.capture_id}
    placed = [one.event.pk for one in lines if one.group != EventGroup.REMOVAL]
    after = EventCapture.objects.filter(
        event__in=placed, place=CapturePlace.AFTER, capture__in=by_capture
    )
    # The latest first, so that the first one is what is kept.
    shown = dict(after.order_by("-capture__taken_at", "-pk").values_list("event", "capture"))
    found: dict[int, list[EventLine]] = {}
    for line in lines:
        event = line.event
        earlier = [one for one in versions if one.created_at <= event.created_at]
        newest = max(earlier or versions[-1:], key=lambda one: one.number, default=None)
        version = by_capture.get(shown.get(event.pk, 0)) or newest
        if version is not None:
            found.setdefault(version.pk, []).append(line)
    return found


def _chip(event: LifecycleEvent) -> Happened:
    standing = Standing(event.standing or Standing.REPORTED)
    return Happened(event, standing.value, str(standing.label), GROUP_OF[event.type])
