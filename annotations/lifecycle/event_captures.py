"""The captures of an event: the last before it, those after it, and of the site being well."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.captures.models import Capture
from annotations.lib.errors import Conflict, InvalidInput
from annotations.lib.urls import canonical_url, host_of
from annotations.lifecycle.choices import CapturePlace
from annotations.lifecycle.event_sides import PRECISION, captures_about, sides_of
from annotations.lifecycle.event_versions import Bounds
from annotations.lifecycle.models import EventCapture, LifecycleEvent
from annotations.lifecycle.weighing import Weighed, address_of
from annotations.projects.editing import check_choice


def capture_attach(
    *, actor: User, event: LifecycleEvent, capture: Capture, place: str = ""
) -> EventCapture:
    """Add a capture to an event; it stays there. Without `place` it is found (event_sides.py).

    Raises InvalidInput for a capture of an address that the event is not about, where its place
    cannot be found, and for a control that is no other page of the site; Conflict where the capture
    is among the event's already.
    """
    _check_address(event, capture)
    if place:
        check_choice(place, CapturePlace.values, "place")
        if place == CapturePlace.CONTROL:
            _check_control(event, capture)
    elif not EventCapture.objects.filter(event=event, capture=capture).exists():
        place = _place(event, capture)
    with context(actor=actor, action="event.attach_capture"):
        made, is_new = EventCapture.objects.get_or_create(
            event=event,
            capture=capture,
            defaults={
                "project": event.project,
                "created_by": actor,
                "place": place,
            },
        )
    if not is_new:
        raise Conflict(_("This capture is among those of the event already."))
    return made


def captures_attach_found(*, actor: User, event: LifecycleEvent) -> list[EventCapture]:
    """Add to a new event the last good capture before it and the first ones after it."""
    sides = sides_of(event)
    found = [(sides.before, CapturePlace.BEFORE)] if sides.before is not None else []
    return _attach(actor, event, [*found, *((one, CapturePlace.AFTER) for one in sides.after)])


def captures_attach_proof(
    *, actor: User, event: LifecycleEvent, proof: Weighed
) -> list[EventCapture]:
    """Add to an event the captures that prove it, as far as they are not there yet."""
    found = [(proof.before, CapturePlace.BEFORE)] if proof.before is not None else []
    found += [(one, CapturePlace.AFTER) for one in proof.failures]
    found += [(one, CapturePlace.CONTROL) for one in proof.controls]
    return _attach(actor, event, found)


def captures_to_add(event: LifecycleEvent, viewer: User) -> list[Capture]:
    """Return the captures of the event's addresses that are not among its own, as far as the
    viewer may see them; the latest first, 50 at most.
    """
    about = Q(pk__in=captures_about(event).order_by().values("pk"))
    if event.notice_url:
        about |= Q(canonical_url=canonical_url(event.notice_url))
    rows = Capture.objects.visible_to(viewer).filter(about, project=event.project)
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


def _place(event: LifecycleEvent, capture: Capture) -> CapturePlace:
    """Find where a capture stands. Raises InvalidInput where neither times nor texts tell."""
    found = None
    if captures_about(event).filter(pk=capture.pk).exists():
        found = sides_of(event).place_of(capture)
    bounds = Bounds.of(event)
    if found is None and capture.taken_at >= bounds.latest:
        found = CapturePlace.AFTER
    is_early = bounds.earliest is not None and capture.taken_at < bounds.earliest + PRECISION
    if found is None and is_early and capture.is_good:
        found = CapturePlace.BEFORE
    if found is None:
        raise InvalidInput(
            _(
                "Neither its time nor its text tells whether this capture is from before the event "
                "or from after it. Look at it, and say which."
            ),
            field="place",
        )
    return found


def _check_address(event: LifecycleEvent, capture: Capture) -> None:
    is_notice = event.notice_url and capture.canonical_url == canonical_url(event.notice_url)
    if not is_notice and not captures_about(event).filter(pk=capture.pk).exists():
        raise InvalidInput(
            _("This capture is of another address than the event and its notice."),
            field="capture",
        )


def _check_control(event: LifecycleEvent, capture: Capture) -> None:
    is_of_site = host_of(capture.canonical_url) == host_of(address_of(event))
    if not is_of_site or captures_about(event).filter(pk=capture.pk).exists():
        raise InvalidInput(_("This is no capture of another page of the site."), field="place")
