"""The captures of an event: the last before it, those after it, and of the site being well."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.captures.models import Capture
from annotations.lib.errors import Conflict, InvalidInput
from annotations.lib.urls import canonical_url
from annotations.lifecycle.choices import GROUP_OF, CapturePlace, EventGroup
from annotations.lifecycle.models import EventCapture, LifecycleEvent
from annotations.lifecycle.weighing import Weighed, address_of

# As many of those after it as are attached by themselves; a person can add any other.
MOST_AFTER = 10
# A time entered to the second is up to this much earlier than what it stands for.
PRECISION = timedelta(seconds=1)


def capture_attach(
    *, actor: User, event: LifecycleEvent, capture: Capture, place: str = ""
) -> EventCapture:
    """Add a capture to an event; it stays there. Without `place` it is found by the times.

    Raises InvalidInput for a capture of an address that the event is not about, Conflict where
    the capture is among the event's already.
    """
    _check_address(event, capture)
    with context(actor=actor, action="event.attach_capture"):
        made, is_new = EventCapture.objects.get_or_create(
            event=event,
            capture=capture,
            defaults={
                "project": event.project,
                "created_by": actor,
                "place": place or _place(event, capture),
            },
        )
    if not is_new:
        raise Conflict(_("This capture is among those of the event already."))
    return made


def captures_attach_found(*, actor: User, event: LifecycleEvent) -> list[EventCapture]:
    """Add to a new event the last good capture before it and the first ones after it."""
    before, after = captures_around(event)
    found = [(before, CapturePlace.BEFORE)] if before is not None else []
    return _attach(actor, event, [*found, *((one, CapturePlace.AFTER) for one in after)])


def captures_attach_proof(
    *, actor: User, event: LifecycleEvent, proof: Weighed
) -> list[EventCapture]:
    """Add to an event the captures that prove it, as far as they are not there yet."""
    found = [(proof.before, CapturePlace.BEFORE)] if proof.before is not None else []
    found += [(one, CapturePlace.AFTER) for one in proof.failures]
    found += [(one, CapturePlace.CONTROL) for one in proof.controls]
    return _attach(actor, event, found)


def captures_around(event: LifecycleEvent) -> tuple[Capture | None, list[Capture]]:
    """Return the last good capture of the subject's address before the event, and what was
    captured after it, the earliest first.
    """
    address = address_of(event)
    if not address:
        return None, []
    rows = Capture.objects.of_address(event.project, address)
    moment = _moment(event)
    before = rows.good().filter(taken_at__lt=moment + PRECISION).first()
    after = rows.order_by("taken_at", "id")
    if before is None:
        return None, list(after.filter(taken_at__gte=moment)[:MOST_AFTER])
    return before, list(after.filter(taken_at__gt=before.taken_at)[:MOST_AFTER])


def captures_to_add(event: LifecycleEvent, viewer: User) -> list[Capture]:
    """Return the captures of the event's addresses that are not among its own, as far as the
    viewer may see them; the latest first, 50 at most.
    """
    rows = Capture.objects.visible_to(viewer).filter(
        project=event.project, canonical_url__in=_addresses(event)
    )
    own = EventCapture.objects.filter(event=event).values("capture")
    return list(rows.exclude(pk__in=own).order_by("-taken_at", "-id")[:50])


def captures_of(event: LifecycleEvent, viewer: User) -> list[EventCapture]:
    """Return the captures of an event that the viewer may see, by when they were taken."""
    rows = EventCapture.objects.visible_to(viewer).filter(event=event)
    rows = rows.select_related("capture__file", "capture__text_file", "capture__created_by")
    return list(rows.order_by("capture__taken_at", "pk"))


def _attach(
    actor: User, event: LifecycleEvent, found: Iterable[tuple[Capture, CapturePlace]]
) -> list[EventCapture]:
    rows = [
        EventCapture(
            project=event.project, event=event, capture=capture, place=place, created_by=actor
        )
        for capture, place in found
    ]
    with context(actor=actor, action="event.attach_capture"):
        return EventCapture.objects.bulk_create(rows, ignore_conflicts=True)


def _moment(event: LifecycleEvent) -> datetime:
    """Return when the event had not happened yet, as far as is known.

    A page that is still seen on the day of its removal was seen before it; one that was changed
    on a day may have been seen on either side.
    """
    if GROUP_OF[event.type] == EventGroup.REMOVAL:
        return event.happened_latest or event.noticed_latest or event.created_at
    return event.happened_earliest or event.noticed_earliest or event.created_at


def _place(event: LifecycleEvent, capture: Capture) -> CapturePlace:
    is_before = capture.is_good and capture.taken_at < _moment(event) + PRECISION
    return CapturePlace.BEFORE if is_before else CapturePlace.AFTER


def _addresses(event: LifecycleEvent) -> set[str]:
    """Return what the event is about: its subject's address, and that of its notice."""
    found = {address_of(event)}
    if event.notice_url:
        found.add(canonical_url(event.notice_url))
    return found - {""}


def _check_address(event: LifecycleEvent, capture: Capture) -> None:
    if capture.canonical_url not in _addresses(event):
        raise InvalidInput(
            _("This capture is of another address than the event and its notice."),
            field="capture",
        )
