"""The versions of an article on either side of an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion
from annotations.lifecycle.choices import EVENT_GROUPS, GROUP_OF, EventGroup, Standing
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.noted import noted_in, versions_noting


@dataclass(frozen=True, slots=True)
class Bounds:
    """When an event happened, as far as is known: from `earliest` on, before `latest`.

    It had happened when it was noticed, and when it was recorded.
    """

    earliest: datetime | None
    latest: datetime

    @classmethod
    def of(cls, event: LifecycleEvent) -> Bounds:
        """Read them of an event. What it was noticed, or recorded, before it can have happened does
        not count: one of both times is wrong.
        """
        earliest = event.happened_earliest
        known = [event.noticed_latest, event.created_at]
        ends = [one for one in known if one is not None and (earliest is None or one > earliest)]
        if event.happened_latest is not None:
            ends.append(event.happened_latest)
        return cls(earliest, min(ends, default=event.created_at))

    def overlap(self, since: datetime, until: datetime) -> timedelta | None:
        """Return for how long it can have happened between two moments; None where it cannot."""
        if since >= self.latest or (self.earliest is not None and until < self.earliest):
            return None
        first = since if self.earliest is None else max(since, self.earliest)
        return min(until, self.latest) - first


def versions_around(
    event: LifecycleEvent,
) -> tuple[ArticleVersion | None, ArticleVersion | None]:
    """Return the versions on either side of an article's event, with their captures.

    The version after a change is the first that has the notice which the event gives as its
    reason; else the one that came while it can have happened; else, of a change, the first one
    since. Where only its recording is known, the last there is. A removal leaves none, and no
    version shows what happened after it was made.
    """
    assert event.article_id is not None
    rows = ArticleVersion.objects.filter(article=event.article_id)
    made = _made(event.article_id)
    if not made:
        return None, None
    if GROUP_OF[event.type] == EventGroup.REMOVAL:
        return rows.select_related("capture").get(number=made[-1][0]), None
    noted = versions_noting(event.article_id, [event.reason_text])
    last, after = _numbers_around(event, made, noted)
    found = {one.number: one for one in rows.filter(number__in=(last, after or 0)).select_related(
        "capture"
    )}  # fmt: skip
    return found.get(last), found.get(after or 0)


def _made(article: int) -> list[tuple[int, datetime]]:
    """Return the article's versions by number, with when each was added."""
    rows = ArticleVersion.objects.filter(article=article).order_by("number")
    return list(rows.values_list("number", "created_at"))


def _numbers_around(
    event: LifecycleEvent, made: Sequence[tuple[int, datetime]], noted: Mapping[str, int]
) -> tuple[int, int | None]:
    """Return the number of the version before, 0 of the very first, and that of the one after."""
    bounds = Bounds.of(event)
    is_before_all = bounds.latest <= made[0][1] and GROUP_OF[event.type] != EventGroup.CHANGE
    after = noted_in(noted, event) or (None if is_before_all else _after(made, bounds))
    if after is not None:
        return after - 1, after
    # Whatever else came of it, what was changed in the meantime was not changed by it.
    return made[0 if is_before_all else -1][0], None


def edits_shown_in(version: ArticleVersion, viewer: User) -> list[LifecycleEvent]:
    """Return the edits on record that the version is the first to show, as far as the viewer sees
    them; refuted ones are none. Three queries at most.
    """
    rows = LifecycleEvent.objects.visible_to(viewer).filter(
        article=version.article_id, type__in=EVENT_GROUPS[EventGroup.CHANGE]
    )
    edits = [one for one in rows.with_standing().order_by("pk") if one.standing != Standing.REFUTED]
    if not edits:
        return []
    made = _made(version.article_id)
    noted = versions_noting(version.article_id, [one.reason_text for one in edits])
    return [one for one in edits if _numbers_around(one, made, noted)[1] == version.number]


def _after(made: Sequence[tuple[int, datetime]], bounds: Bounds) -> int | None:
    """Return the number of the version after, never the first one; None where there is none."""
    if len(made) == 1:
        return None
    if bounds.earliest is None:
        since = [number for number, moment in made[1:] if moment < bounds.latest]
        return since[-1] if since else made[1][0]
    shared = [
        (overlap, number)
        for (_before, former), (number, moment) in pairwise(made)
        if (overlap := bounds.overlap(former, moment)) is not None
    ]
    if shared:
        return max(shared)[1]
    return made[1][0] if bounds.latest <= made[0][1] else None
