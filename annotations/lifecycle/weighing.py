"""Weighing the captures of an address: which of them prove that something was removed.

The rule itself is in proving.py, which knows of nothing but looks; here looks are made of captures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import OuterRef, Q, Subquery

from annotations.captures.choices import Origin as CaptureOrigin
from annotations.captures.models import Capture
from annotations.captures.quality import PageKind
from annotations.lib.hosts import registrable_host
from annotations.lib.urls import host_of
from annotations.lifecycle.event_versions import Bounds
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.proving import (
    CONTROL_WITHIN,
    Finding,
    Lacking,
    Look,
    Origin,
    Seen,
    Weighing,
    weigh,
)
from annotations.projects.models import Project

_SEEN = {
    # The server says that what it sent before still stands; nothing else is said of a good page.
    PageKind.UNCHANGED: Seen.GOOD,
    PageKind.PAGE: Seen.POOR,
    PageKind.FILE: Seen.POOR,
    PageKind.NOT_FOUND: Seen.GONE,
    PageKind.GONE: Seen.GONE,
    PageKind.TOMBSTONE: Seen.TOMBSTONE,
    PageKind.THROTTLED: Seen.REFUSED,
    PageKind.BLOCK: Seen.REFUSED,
    PageKind.REFUSED: Seen.REFUSED,
    PageKind.SERVER_ERROR: Seen.BROKEN,
    PageKind.UNREACHABLE: Seen.BROKEN,
    PageKind.UNREADABLE: Seen.BROKEN,
}
_ABSENT = (Seen.GONE, Seen.TOMBSTONE)
_ORIGINS = {
    CaptureOrigin.FETCHED: Origin.OURS,
    CaptureOrigin.UPLOADED: Origin.UPLOADED,
    CaptureOrigin.WEB_ARCHIVE: Origin.ARCHIVE,
}
# What weighing reads of a capture: the hops alone may be larger than all else together.
COLUMNS = (
    "uid",
    "project",
    "canonical_url",
    "final_url",
    "final_canonical_url",
    "origin",
    "taken_at",
    "quality_kind",
    "quality_score",
    "quality_reasons",
    "body_sha256",
    "text_sha256",
    "memento_url",
    "file",
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the captures of an address come to, and which of them that rests on.

    `before` is the last good capture, and `failures` those that count, the first one first;
    `controls` are pages of the same site that were there at the time of a failure.
    """

    weighing: Weighing
    before: Capture | None = None
    failures: tuple[Capture, ...] = ()
    controls: tuple[Capture, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Say whether they prove a removal."""
        return self.weighing.finding is Finding.PROVEN


def weigh_address(project: Project, canonical: str) -> Weighed:
    """Weigh all captures of an address, as it stands now; two queries."""
    return _weighed(_looks(project, canonical))


def proof_of(event: LifecycleEvent) -> Weighed:
    """Weigh what there is for a removal: of the times the page was gone, the latest that the event
    can be about. Where none proves it, all captures of the address are weighed; those that prove
    the page gone at another time prove nothing of the event.

    A page that came back keeps the proof that it had been gone.
    """
    looks = _looks(event.project, address_of(event))
    for stretch in _stretches(looks):
        found = _weighed(stretch)
        if found.is_proven and _is_about(event, found):
            return found
    found = _weighed(looks)
    if not found.is_proven:
        return found
    lacking = frozenset({Lacking.OTHER_TIME})
    return replace(
        found, weighing=replace(found.weighing, finding=Finding.SUSPECTED, lacking=lacking)
    )


def address_of(event: LifecycleEvent) -> str:
    """Return the canonical address of what the event happened to; "" where it has none."""
    subject = event.statement or event.article
    return subject.canonical_url if subject else ""


@dataclass(frozen=True, slots=True)
class _Made:
    """A look, the capture it is made of, and the capture that controls it."""

    look: Look
    capture: Capture
    control: Capture | None = None


def _looks(project: Project, canonical: str) -> list[_Made]:
    """Return the looks at an address, the earliest first."""
    if not canonical:
        return []
    rows = Capture.objects.of_address(project, canonical).select_related(None).only(*COLUMNS)
    captures = list(reversed(rows.annotate(control_id=_control(canonical))))
    wanted = {one.control_id for one in captures if seen_in(one) in _ABSENT}
    controls = Capture.objects.only(*COLUMNS).in_bulk(wanted - {None})
    return [_made(one, controls.get(one.control_id)) for one in captures]


def _made(capture: Capture, control: Capture | None) -> _Made:
    look = Look(
        at=capture.taken_at,
        seen=seen_in(capture),
        control_at=control.taken_at if control else None,
        origin=_ORIGINS[CaptureOrigin(capture.origin)],
        is_traced=_is_traced(capture),
    )
    return _Made(look, capture, control if look.is_controlled else None)


def seen_in(capture: Capture) -> Seen:
    """Return what a capture showed, as far as proving goes."""
    if capture.is_good:
        return Seen.GOOD
    kind = PageKind(capture.quality_kind)
    if _SEEN.get(kind) in _ABSENT and _led_elsewhere(capture):
        # Another site says so, of a page that may be none of its own.
        return Seen.UNCLEAR
    if kind is PageKind.REFUSED and any(
        one.startswith("failure:") for one in capture.quality_reasons
    ):
        # It was us who refused the address: nothing is known of the server.
        return Seen.UNCLEAR
    return _SEEN.get(kind, Seen.UNCLEAR)


def _led_elsewhere(capture: Capture) -> bool:
    led = capture.final_canonical_url
    if not led or capture.memento_url:
        return False
    return registrable_host(host_of(led)) != registrable_host(host_of(capture.canonical_url))


def _is_traced(capture: Capture) -> bool:
    """Say whether hash and origin of a capture made elsewhere are recorded."""
    has_origin = capture.origin != CaptureOrigin.WEB_ARCHIVE or bool(capture.memento_url)
    return capture.file_id is not None and bool(capture.body_sha256) and has_origin


def _control(canonical: str) -> Subquery:
    """Find for each capture a good one of another page of the site, from within the minutes that
    prove the site to be well; a short look into the index for each, however many there are.

    What was captured elsewhere counts by the same rule as the absence itself.
    """
    host = host_of(canonical)
    bare = host.removeprefix("www.")
    site = _at_host("canonical_url", host)
    landed = Q(final_canonical_url="")
    for name in (bare, f"www.{bare}"):
        landed |= _at_host("final_canonical_url", name)
    near = Capture.objects.filter(
        project=OuterRef("project"),
        taken_at__gte=OuterRef("taken_at") - CONTROL_WITHIN,
        taken_at__lte=OuterRef("taken_at") + CONTROL_WITHIN,
    )
    others = near.filter(site, landed).exclude(canonical_url=canonical)
    traced = others.exclude(origin=CaptureOrigin.WEB_ARCHIVE, memento_url="").good()
    return Subquery(traced.order_by("-taken_at", "-id").values("pk")[:1])


def _at_host(column: str, host: str) -> Q:
    """Say of an address whether it is of the host, by either scheme and at any port."""
    return Q(
        *(
            (f"{column}__startswith", f"{scheme}://{host}{end}")
            for scheme in ("https", "http")
            for end in ("/", ":")
        ),
        _connector=Q.OR,
    )


def _stretches(looks: Sequence[_Made]) -> Iterator[Sequence[_Made]]:
    """Yield the looks up to the end of each time that the page was gone, the latest first."""
    yield looks
    for n in range(len(looks) - 1, 0, -1):
        if looks[n].look.seen is Seen.GOOD and looks[n - 1].look.seen is not Seen.GOOD:
            yield looks[:n]


def _weighed(looks: Sequence[_Made]) -> Weighed:
    weighing = weigh(one.look for one in looks)
    captures = {id(one.look): one for one in looks}
    failures = [captures[id(look)] for look in weighing.failures]
    controls = {one.control.pk: one.control for one in failures if one.control is not None}
    return Weighed(
        weighing,
        before=_before(looks, weighing),
        failures=tuple(one.capture for one in failures),
        controls=tuple(controls.values()),
    )


def _before(looks: Sequence[_Made], weighing: Weighing) -> Capture | None:
    """Return the last capture that has the page itself: an answer "unchanged" has none of it."""
    if weighing.before is None:
        return None
    there = (one.capture for one in reversed(looks) if one.look.at <= weighing.before.at)
    return next((one for one in there if one.is_good), None)


def _is_about(event: LifecycleEvent, found: Weighed) -> bool:
    """Say whether the event can have happened between the last look that showed the page and the
    first that did not. It had when it was noticed, and when it was recorded.
    """
    before, failures = found.weighing.before, found.weighing.failures
    assert before is not None
    return Bounds.of(event).overlap(before.at, failures[0].at) is not None
