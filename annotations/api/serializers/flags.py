"""Flags, and merging."""

from rest_framework import serializers

from annotations.api.serializers.fields import (
    EntityOut,
    PersonOut,
    Row,
    StrictSerializer,
    Text,
    Word,
)
from annotations.claims.models import Claim
from annotations.moderation.choices import FlagKind, FlagOutcome, FlagReason, FlagState
from annotations.moderation.flags import WORDS_LENGTH
from annotations.moderation.services import REASON_LENGTH
from annotations.sources.models import Source


class FlagIn(StrictSerializer):
    """What moderators are asked to look at, and why."""

    kind = Word(choices=FlagKind.choices)
    target = serializers.UUIDField(help_text="uid of a thing of that kind that you see.")
    reason = Word(choices=FlagReason.choices)
    words = Text(max_length=WORDS_LENGTH, required=False)


class FlagDecisionIn(StrictSerializer):
    """What becomes of a flag; whoever raised it reads the reason."""

    state = Word(choices=[one for one in FlagState.choices if one[0] != FlagState.OPEN])
    outcome = Word(
        choices=FlagOutcome.choices,
        required=False,
        help_text="What is done to the thing of an accepted flag; `nothing` by default.",
    )
    reason = Text(max_length=REASON_LENGTH)


class FlagOut(EntityOut):
    """A flag, as whoever raised it and moderators see it."""

    revision = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=FlagKind.choices)
    target = serializers.UUIDField()
    reason = serializers.ChoiceField(choices=FlagReason.choices)
    words = serializers.CharField()
    state = serializers.ChoiceField(choices=FlagState.choices)
    outcome = serializers.ChoiceField(choices=FlagOutcome.choices, allow_blank=True)
    answer = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = PersonOut(allow_null=True)


class _MergeIn(StrictSerializer):
    reason = Text(max_length=REASON_LENGTH)


class ClaimMergeIn(_MergeIn):
    """The claim that stays, and why."""

    into = Row(Claim)


class SourceMergeIn(_MergeIn):
    """The source that stays, and why."""

    into = Row(Source)
