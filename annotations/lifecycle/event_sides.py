"""Which captures show how things were before an event, and which how they were after it.

What the versions of an article know comes first, then what the captures show, then the times: a
day says nothing of the captures of that same day. What is on no side for certain is on none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import pairwise

from django.db.models import Q

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion
from annotations.captures.models import Capture
from annotations.captures.querysets import CaptureQuerySet
from annotations.captures.reading import capture_text
from annotations.lifecycle.choices import GROUP_OF, CapturePlace, EventGroup
from annotations.lifecycle.event_absences import Absence, absences_in
from annotations.lifecycle.event_versions import Bounds, versions_around
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.proving import Seen
from annotations.lifecycle.watches.texts import holds_words
from annotations.lifecycle.weighing import COLUMNS, address_of, seen_in

# As many of those after it as are attached by themselves; a person can add any other.
MOST_AFTER = 10
# Texts are read to tell which change is meant; of more changes than this, none is.
MOST_TURNS = 40
# A time entered to the second is up to this much earlier than what it stands for.
PRECISION = timedelta(seconds=1)
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sides:
    """The last good capture before an event, and those after it, the earliest first."""

    before: Capture | None = None
    after: tuple[Capture, ...] = ()

    def place_of(self, capture: Capture) -> CapturePlace | None:
        """Return on which side a capture of the same address was taken; None between the two."""
        if self.before is not None and capture.taken_at <= self.before.taken_at:
            return CapturePlace.BEFORE if capture.is_good else None
        if self.after and capture.taken_at >= self.after[0].taken_at:
            return CapturePlace.AFTER
        return None


@dataclass(frozen=True, slots=True)
class Turn:
    """Two good captures in a row that show different texts."""

    former: Capture
    new: Capture


def sides_shown(event: LifecycleEvent, viewer: User) -> Sides:
    """Return the sides of a statement's event as far as the viewer may see the captures."""
    found = sides_of(event)
    named = [one.pk for one in (found.before, *found.after) if one is not None]
    seen = set(Capture.objects.visible_to(viewer).filter(pk__in=named).values_list("pk", flat=True))
    before = found.before if found.before is not None and found.before.pk in seen else None
    return Sides(before, tuple(one for one in found.after if one.pk in seen))


def sides_of(event: LifecycleEvent) -> Sides:
    """Return the captures of the subject on either side of the event."""
    return _Finding(event).sides()


def captures_about(event: LifecycleEvent) -> CaptureQuerySet:
    """Return the captures of what the event happened to, the latest first: of its address, and of
    an article those that its versions were read from too. Another address may have led there.
    """
    address, wanted = address_of(event), Q()
    if address:
        wanted |= Q(canonical_url=address)
    if event.article_id is not None:
        read = ArticleVersion.objects.filter(article=event.article_id, capture__isnull=False)
        # Told one by one, so that each is found by its index.
        wanted |= Q(pk__in=list(read.values_list("capture", flat=True)))
    rows = Capture.objects.filter(project=event.project).order_by("-taken_at", "-id")
    return rows.filter(wanted) if wanted else rows.none()


class _Finding:
    """Looks for the sides of one event; what was read is kept."""

    def __init__(self, event: LifecycleEvent) -> None:
        self.event = event
        self.bounds = Bounds.of(event)
        self.group = GROUP_OF[event.type]

    def sides(self) -> Sides:
        if self.group == EventGroup.REMOVAL:
            return self._around_a_removal()
        if self.group == EventGroup.RETURN and (found := self._around_a_return()) is not None:
            return found
        if self.event.article_id is not None:
            found = self._around_a_version()
            if found is not None:
                return found
        if self.group != EventGroup.RETURN:
            turn = self._turn()
            if turn is not None:
                return Sides(turn.former, self._since(turn.new.taken_at))
        return self._by_times()

    def _around_a_removal(self) -> Sides:
        """Of the times the page was away, take the latest that the event can be about.

        Where there is none, a page that is still seen on the day of its removal was seen before it.
        """
        for one in reversed(self._absences):
            since = one.there.taken_at if one.there is not None else _EVER
            if self._can_be_between(since, one.first):
                return Sides(self._good_until(one.there), self._since(one.first.taken_at))
        until = self.bounds.latest + PRECISION
        before = self._last_good_before(until)
        seen = (one for one in reversed(self._looks) if one.taken_at < until)
        there = next((one for one in seen if seen_in(one) is Seen.GOOD), None)
        if there is None:
            return Sides(None, self._since(self.bounds.latest))
        since = max(there.taken_at, self.bounds.earliest or there.taken_at)
        return Sides(before, self._since(since, beyond=since == there.taken_at))

    def _around_a_return(self) -> Sides | None:
        """Of the times the page was away, take the latest that can have ended then, if any."""
        for one in reversed(self._absences):
            if one.back is not None and self._can_be_between(one.last.taken_at, one.back):
                return Sides(self._good_until(one.there), self._since(one.back.taken_at))
        return None

    def _around_a_version(self) -> Sides | None:
        """Take what the first version with the change was read from; None without such a one."""
        former, new = versions_around(self.event)
        if new is None:
            return None
        shown = new.capture
        moment = shown.taken_at if shown is not None else new.created_at
        if former is None:
            return Sides(None, self._since(moment))
        if shown is None:
            return self._around_an_entered(former.text, new.text, moment)
        rows = self._good().filter(taken_at__lt=moment)
        if shown is not None and shown.text_sha256:
            # Seen by a check first, and taken over as a version afterwards.
            rows = rows.exclude(text_sha256=shown.text_sha256, extractor=shown.extractor)
        before = rows.first()
        if before is None:
            return Sides(None, self._since(moment))
        later = self._good().filter(taken_at__gt=before.taken_at).last()
        first = min(moment, later.taken_at) if later is not None else moment
        return Sides(before, self._since(first))

    def _around_an_entered(self, former: str, new: str, moment: datetime) -> Sides:
        """Of a version that was read from no capture, tell by their lines which text these show.

        The latest first, until one shows the former text, or neither for certain.
        """
        first = moment
        for page in [one for one in reversed(self._pages) if one.taken_at < moment][:MOST_TURNS]:
            text = capture_text(page) or ""
            has_former, has_new = _has_lines(text, former, new), _has_lines(text, new, former)
            if has_former == has_new:
                break
            if has_former:
                return Sides(page, self._since(first))
            first = page.taken_at
        return Sides(None, self._since(first))

    def _turn(self) -> Turn | None:
        """Return the one change of the text that the event can be; None where that is not known.

        Where the times let none, the only one at which the statement's words went is meant: what
        still has them was captured before.
        """
        able = [one for one in self._turns if self._overlaps(one)]
        if len(able) == 1:
            return able[0]
        if not able and not self._is_change:
            return None
        asked = able or self._turns
        if len(asked) > MOST_TURNS:
            return None
        worded = [one for one in asked if self._loses_words(one)]
        return worded[0] if len(worded) == 1 else None

    def _by_times(self) -> Sides:
        """Take what was captured before it can have happened, and when it must have."""
        known = self.bounds.earliest
        before = self._last_good_before(known + PRECISION) if known is not None else None
        if self._is_change and known is None:
            noticed = self.event.noticed_earliest or self.event.created_at
            before = self._last_good_before(noticed + PRECISION)
            # It can be from before it was changed, or from between that and when it was noticed.
            before = before if self._has_words(before) else None
        last = self._last_good_before(self.bounds.latest)
        if self._is_change and last is not None and self._has_words(last):
            # Of that same day, and not changed yet.
            before = last
        since = self.bounds.latest
        if self.group == EventGroup.RETURN and known is not None:
            # Away until then: what shows the page since then, shows it back.
            since = known
        if before is not None:
            since = max(since, before.taken_at + PRECISION)
        later = self._since(since)
        if self._is_change:
            later = tuple(one for one in later if not self._has_words(one))
        if self.group == EventGroup.RETURN:
            until = self.bounds.latest
            later = tuple(one for one in later if one.is_good or one.taken_at >= until)
        return Sides(before, later)

    @property
    def _is_change(self) -> bool:
        return self.group == EventGroup.CHANGE

    @cached_property
    def _looks(self) -> list[Capture]:
        """All captures, the earliest first, with what tells whether they show the page."""
        return list(self._rows.only(*COLUMNS).order_by("taken_at", "id"))

    @cached_property
    def _absences(self) -> list[Absence]:
        return list(absences_in(self._looks))

    @cached_property
    def _pages(self) -> list[Capture]:
        """The good captures whose text is kept, the earliest first, with no more than is asked."""
        rows = self._good().exclude(text_sha256="").select_related("text_file")
        columns = ("uid", "project", "taken_at", "text_sha256", "extractor", "text_file")
        return list(rows.only(*columns).order_by("taken_at", "id"))

    @cached_property
    def _turns(self) -> list[Turn]:
        return [
            Turn(former, new)
            for former, new in pairwise(self._pages)
            if former.text_sha256 != new.text_sha256 and former.extractor == new.extractor
        ]

    def _overlaps(self, turn: Turn) -> bool:
        return self._can_be_between(turn.former.taken_at, turn.new)

    def _can_be_between(self, since: datetime, capture: Capture) -> bool:
        return self.bounds.overlap(since, capture.taken_at + PRECISION) is not None

    def _loses_words(self, turn: Turn) -> bool:
        return self._has_words(turn.former) and not self._has_words(turn.new)

    def _has_words(self, capture: Capture | None) -> bool:
        """Say whether a capture shows the words that the statement was made with."""
        words = self.event.statement.text if self.event.statement is not None else ""
        text = capture_text(capture) if words and capture is not None else None
        return text is not None and holds_words(text, words)

    @cached_property
    def _rows(self) -> CaptureQuerySet:
        """What is known of the subject, the latest first; each use of it asks anew."""
        return captures_about(self.event)

    def _good(self) -> CaptureQuerySet:
        return self._rows.good()

    def _last_good_before(self, moment: datetime) -> Capture | None:
        return self._good().filter(taken_at__lt=moment).first()

    def _good_until(self, capture: Capture | None) -> Capture | None:
        if capture is None:
            return None
        return self._good().filter(taken_at__lte=capture.taken_at).first()

    def _since(self, moment: datetime, *, beyond: bool = False) -> tuple[Capture, ...]:
        rows = self._rows.filter(**{"taken_at__gt" if beyond else "taken_at__gte": moment})
        return tuple(rows.order_by("taken_at", "id")[:MOST_AFTER])


def _has_lines(text: str, wanted: str, other: str) -> bool:
    """Say whether a text has a line that one of two texts has, and the other has not."""
    known = {line.strip() for line in other.splitlines()}
    own = (line for line in wanted.splitlines() if line.strip() and line.strip() not in known)
    return any(holds_words(text, line) for line in own)
