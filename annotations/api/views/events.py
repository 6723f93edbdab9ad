"""Lifecycle events and their assessments: both are only ever added."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.accounts.roles import Permission
from annotations.api.errors import within
from annotations.api.filters_events import EventFilters
from annotations.api.idempotency import idempotent
from annotations.api.known_at import READING
from annotations.api.pagination import BY_ID, BY_ID_DOWN, by_time
from annotations.api.schema import creating, listing, reading, retrieving
from annotations.api.serializers.events import (
    AssessmentIn,
    AssessmentOut,
    EventCaptureIn,
    EventCaptureOut,
    EventIn,
    EventOut,
    EventTextsOut,
)
from annotations.api.serializers.hops import IN_HOPS, read_hops
from annotations.api.serializers.trees import represent
from annotations.api.shown import show_events
from annotations.api.views.base import ProjectViewSet
from annotations.lib.errors import InvalidInput
from annotations.lifecycle.event_captures import capture_attach, captures_of
from annotations.lifecycle.event_texts import texts_shown
from annotations.lifecycle.models import EventAssessment, EventCapture, LifecycleEvent
from annotations.lifecycle.permissions import check_assess_event, check_record_event
from annotations.lifecycle.services import assessment_add, event_record
from annotations.projects.permissions import check_role

OWN_FIELDS = frozenset(EventIn().fields) - {"attributions"}


class EventViewSet(ProjectViewSet):
    """The lifecycle events of a project."""

    tag = "events"
    past_of = READING
    queryset = LifecycleEvent.objects.none()
    serializer_class = EventOut
    filterset_class = EventFilters
    orders = {
        "-created": BY_ID_DOWN,
        "created": BY_ID,
        "-happened": by_time("happened_earliest", descending=True, nullable=True),
        "happened": by_time("happened_earliest", nullable=True),
    }

    def rows(self) -> QuerySet:
        """Return the events the caller may see, with the standing each has now."""
        names = ("statement", "article", "claim", "moderation")
        sources = ("actor__merged_into", "on_behalf_of__merged_into")
        return (
            LifecycleEvent.objects.visible_to(self.user)
            .filter(project=self.project)
            .with_standing()
            .select_related("created_by", *names, *sources)
        )

    def hidden_reason(self, uid: UUID) -> str | None:
        """Return why moderation has hidden the caller's own event; None when it has not."""
        hidden = LifecycleEvent.objects.filter(
            project=self.project,
            uid=uid,
            created_by=self.user.pk,
            moderation__hidden_at__isnull=False,
        ).values_list("moderation__hidden_reason", flat=True)
        return hidden.first()

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return the events with through whom we know of them."""
        return represent(EventOut, show_events(rows, self.sight), self.get_serializer_context())

    @listing(EventOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List lifecycle events."""
        return super().list(request, **kwargs)

    @retrieving(EventOut, hideable=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a lifecycle event."""
        return super().retrieve(request, **kwargs)

    @creating(EventIn, EventOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Record what happened to a statement or an article. It can never be changed."""
        check_role(self.role, self.project, Permission.ANNOTATE)
        fields = self.checked(EventIn)
        subject = _subject(fields)
        check_record_event(self.user, subject)
        with within(beside=OWN_FIELDS, parts=IN_HOPS):
            event = event_record(
                actor=self.user,
                subject=subject,
                event_actor=fields.pop("actor", None),
                event_actor_name=fields.pop("actor_name", ""),
                hops=read_hops(fields.pop("attributions", [])),
                **fields,
            )
        row = self.rows().get(pk=event.pk)
        return self.created(row, "api-event", {"slug": self.project.slug, "uid": row.uid})


class EventTextsView(EventViewSet):
    """What an event did to the words of its subject."""

    @reading(EventTextsOut)
    def texts(self, request: Request, **kwargs: Any) -> Response:
        """Compare what the subject was before the event and after it, as its page shows them."""
        event = self.find()
        captures = captures_of(event, self.user)
        known = texts_shown(event, event.standing, self.user, captures)
        before, after = known or (None, None)
        return Response(EventTextsOut({"before": before, "after": after}).data)


def _subject(fields: dict[str, Any]) -> Any:
    """Take the one subject out of the fields."""
    subjects = [fields.pop("statement", None), fields.pop("article", None)]
    given = [one for one in subjects if one is not None]
    if len(given) != 1:
        raise InvalidInput(
            _("An event happens to a statement or to an article: name one."), field="statement"
        )
    return given[0]


class OfEventViewSet(ProjectViewSet):
    """Rows that are only ever added to an event."""

    tag = "events"
    orders = {"created": BY_ID, "-created": BY_ID_DOWN}
    default_order = "created"

    @cached_property
    def event(self) -> LifecycleEvent:
        """Return the event of the address, or raise Http404."""
        rows = LifecycleEvent.objects.visible_to(self.user).filter(project=self.project)
        uid = self.kwargs["event_uid"]
        event = rows.select_related("statement", "article").filter(uid=uid).first()
        if event is None:
            raise Http404
        event.project = self.project
        return event

    def under(self) -> Any:
        """Return the event of the address."""
        return self.event


class AssessmentViewSet(OfEventViewSet):
    """How sure we have been of an event, over time; the latest is its standing."""

    past_of = READING
    queryset = EventAssessment.objects.none()
    serializer_class = AssessmentOut

    def rows(self) -> QuerySet:
        """Return the event's assessments."""
        return EventAssessment.objects.filter(event=self.event).select_related(
            "event", "reporter__merged_into", "created_by"
        )

    @listing(AssessmentOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List the assessments of an event, oldest first."""
        return super().list(request, **kwargs)

    @retrieving(AssessmentOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read an assessment."""
        return super().retrieve(request, **kwargs)

    @creating(AssessmentIn, AssessmentOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Say anew how sure you are; earlier assessments stay."""
        check_assess_event(self.user, self.event)
        fields = self.checked(AssessmentIn)
        assessment = assessment_add(actor=self.user, event=self.event, **fields)
        names = {"slug": self.project.slug, "event_uid": self.event.uid, "uid": assessment.uid}
        return self.created(assessment, "api-assessment", names)


class EventCaptureViewSet(OfEventViewSet):
    """The captures of an event: before it, after it, and of another page of the site then."""

    queryset = EventCapture.objects.none()
    serializer_class = EventCaptureOut

    def rows(self) -> QuerySet:
        """Return the event's captures that the caller may see."""
        seen = EventCapture.objects.visible_to(self.user).filter(event=self.event)
        return seen.select_related("event", "capture", "created_by")

    @listing(EventCaptureOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List the captures of an event, in the order they were added."""
        return super().list(request, **kwargs)

    @retrieving(EventCaptureOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read which capture is one of the event, and where it stands to it."""
        return super().retrieve(request, **kwargs)

    @creating(EventCaptureIn, EventCaptureOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a capture of the event's address, or of its notice, to the event; it stays there."""
        check_assess_event(self.user, self.event)
        fields = self.checked(EventCaptureIn)
        made = capture_attach(actor=self.user, event=self.event, **fields)
        names = {"slug": self.project.slug, "event_uid": self.event.uid, "uid": made.uid}
        return self.created(made, "api-event-capture", names)
