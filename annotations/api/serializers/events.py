"""Lifecycle events and how sure we are of them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import (
    EntityOut,
    Flag,
    HideOut,
    NamedOut,
    Row,
    StrictSerializer,
    Text,
    Word,
    named_if_shown,
    uid_if_shown,
)
from annotations.api.serializers.hops import MAX_HOPS, EventHopIn, HopOut
from annotations.articles.models import Article
from annotations.captures.models import Capture
from annotations.claims.models import Claim
from annotations.lifecycle import choices, event_texts
from annotations.lifecycle.models import EventAssessment, LifecycleEvent
from annotations.sources.models import Source
from annotations.statements.models import Statement


class EventIn(StrictSerializer):
    """What happened to a statement or an article (one of the two), and who reports it."""

    statement = Row(Statement, required=False, allow_null=True)
    article = Row(Article, required=False, allow_null=True)
    type = Word(choices=choices.EventType.choices)
    happened = Text(max_length=80, required=False, help_text="EDTF, as entered.")
    happened_basis = Word(choices=choices.TimeBasis.choices, required=False)
    noticed = Text(max_length=80, required=False, help_text="EDTF, as entered.")
    actor = Row(Source, required=False, allow_null=True)
    actor_name = Text(max_length=200, required=False)
    on_behalf_of = Row(Source, required=False, allow_null=True)
    on_behalf_of_name = Text(max_length=200, required=False)
    attributions = EventHopIn(many=True, required=False, max_length=MAX_HOPS)
    reported_by_name = Text(max_length=200, required=False, help_text="Short for one hop.")
    self_observed = Flag(required=False)
    reason_given = Word(choices=choices.ReasonGiven.choices, required=False)
    reason_text = Text(required=False)
    reason_inferred = Word(choices=choices.ReasonInferred.choices, required=False, allow_blank=True)
    notice_url = Text(max_length=2000, required=False)
    note = Text(required=False)
    claim = Row(Claim, required=False, allow_null=True)
    standing = Word(choices=choices.Standing.choices, required=False)
    assessment_reason = Text(required=False)


class EventOut(EntityOut):
    """An event, which never changes, with its present standing."""

    statement = serializers.UUIDField(source="statement.uid", allow_null=True, default=None)
    article = serializers.UUIDField(source="article.uid", allow_null=True, default=None)
    type = serializers.ChoiceField(choices=choices.EventType.choices)
    group = serializers.SerializerMethodField()
    happened = serializers.CharField()
    happened_earliest = serializers.DateTimeField(allow_null=True)
    happened_latest = serializers.DateTimeField(allow_null=True)
    happened_zone = serializers.CharField()
    happened_basis = serializers.ChoiceField(choices=choices.TimeBasis.choices)
    noticed = serializers.CharField()
    noticed_earliest = serializers.DateTimeField(allow_null=True)
    noticed_latest = serializers.DateTimeField(allow_null=True)
    noticed_zone = serializers.CharField()
    actor = serializers.SerializerMethodField()
    on_behalf_of = serializers.SerializerMethodField()
    self_observed = serializers.BooleanField()
    reason_given = serializers.ChoiceField(choices=choices.ReasonGiven.choices)
    reason_text = serializers.CharField()
    reason_inferred = serializers.ChoiceField(
        choices=choices.ReasonInferred.choices, allow_blank=True
    )
    notice_url = serializers.CharField()
    note = serializers.CharField()
    claim = serializers.SerializerMethodField()
    standing = serializers.ChoiceField(choices=choices.Standing.choices)
    attributions = HopOut(many=True)
    hidden = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=choices.EventGroup.choices))
    def get_group(self, event: LifecycleEvent) -> str:
        """Return the kind of event: withdrawal, removal, ..."""
        return choices.GROUP_OF[event.type].value

    @extend_schema_field(NamedOut(allow_null=True))
    def get_actor(self, event: LifecycleEvent) -> dict[str, Any] | None:
        """Return who did it, if the caller may see that source."""
        return named_if_shown(event.actor, self.context)

    @extend_schema_field(NamedOut(allow_null=True))
    def get_on_behalf_of(self, event: LifecycleEvent) -> dict[str, Any] | None:
        """Return for whom it was done, if the caller may see that source."""
        return named_if_shown(event.on_behalf_of, self.context)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_claim(self, event: LifecycleEvent) -> Any:
        """Return the uid of the claim in which someone reports it, if the caller may see it."""
        return uid_if_shown(event.claim, self.context)

    @extend_schema_field(HideOut(allow_null=True))
    def get_hidden(self, event: LifecycleEvent) -> Any:
        """Return when and why it was hidden."""
        moderation = getattr(event, "moderation", None)
        if moderation is None or moderation.hidden_at is None:
            return None
        return HideOut(moderation).data


class AssessmentIn(StrictSerializer):
    """How sure the caller is of an event, and why; earlier assessments stay."""

    standing = Word(choices=choices.Standing.choices)
    reason = Text()
    reporter = Row(Source, required=False, allow_null=True)
    reporter_name = Text(max_length=200, required=False)
    evidence_url = Text(max_length=2000, required=False)
    evidence_note = Text(required=False)


class EventCaptureIn(StrictSerializer):
    """A capture to be added to those of an event; it stays there."""

    capture = Row(Capture)
    place = serializers.ChoiceField(
        choices=choices.CapturePlace.choices,
        required=False,
        help_text="Where it stands to the event; found by times and texts when left out.",
    )


class EventCaptureOut(EntityOut):
    """A capture of an event."""

    event = serializers.UUIDField(source="event.uid")
    capture = serializers.UUIDField(source="capture.uid")
    place = serializers.ChoiceField(
        choices=choices.CapturePlace.choices,
        help_text="Before the event, after it, or of another page of the site at the time.",
    )


class RunOut(serializers.Serializer):
    """Words of one kind in a text that is compared."""

    kind = serializers.ChoiceField(
        choices=event_texts.KINDS,
        help_text=(
            "`equal` on both sides, `delete` gone, `insert` new; what is left out has no words: "
            "`skipped` stayed the same, `cut` is the rest of a long text."
        ),
    )
    words = serializers.CharField()


class EventSideOut(serializers.Serializer):
    """What the subject of an event was on one side of it, and where that was read."""

    runs = RunOut(many=True, help_text="In the order of the text.")
    version = serializers.UUIDField(source="version.uid", allow_null=True, default=None)
    capture = serializers.UUIDField(source="capture.uid", allow_null=True, default=None)
    missing = serializers.CharField(help_text="Why there is no text, in words; else empty.")


class EventTextsOut(serializers.Serializer):
    """What the subject of an event was before it and after it; null where neither is known."""

    before = EventSideOut(allow_null=True)
    after = EventSideOut(allow_null=True)


class AssessmentOut(EntityOut):
    """An assessment, which never changes."""

    event = serializers.UUIDField(source="event.uid")
    standing = serializers.ChoiceField(choices=choices.Standing.choices)
    reason = serializers.CharField()
    reporter = serializers.SerializerMethodField()
    evidence_url = serializers.CharField()
    evidence_note = serializers.CharField()

    @extend_schema_field(NamedOut(allow_null=True))
    def get_reporter(self, row: EventAssessment) -> dict[str, Any] | None:
        """Return whose independent report it rests on, if the caller may see that source."""
        return named_if_shown(row.reporter, self.context)
