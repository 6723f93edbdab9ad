"""Verdicts to be looked at again."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import EntityOut, PersonOut, StrictSerializer, Text
from annotations.lifecycle import choices
from annotations.lifecycle.models import LookAgain
from annotations.projects.editing import REASON_LENGTH


class KeepIn(StrictSerializer):
    """Why the verdict stands nevertheless."""

    reason = Text(max_length=REASON_LENGTH)


class LookAgainOut(EntityOut):
    """A verdict that rests on what an event withdrew, and what became of it.

    One that is `changed` was corrected or rescinded: who did it, when and why is the verdict's.
    """

    revision = serializers.IntegerField()
    event = serializers.UUIDField(source="event.uid")
    claim = serializers.UUIDField(source="claim.uid")
    claim_number = serializers.IntegerField(source="claim.number")
    verdict = serializers.UUIDField(source="verdict.uid")
    assignee = PersonOut(allow_null=True)
    state = serializers.SerializerMethodField()
    decided_at = serializers.SerializerMethodField()
    decided_by = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=choices.LookAgainState.choices))
    def get_state(self, row: LookAgain) -> str:
        """Return what became of it."""
        return row.state.value

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_decided_at(self, row: LookAgain) -> Any:
        """Return when it was kept, corrected or rescinded."""
        return row.decided.at if row.decided else None

    @extend_schema_field(PersonOut(allow_null=True))
    def get_decided_by(self, row: LookAgain) -> Any:
        """Return who decided."""
        return PersonOut(row.decided.by).data if row.decided else None

    @extend_schema_field(serializers.CharField())
    def get_reason(self, row: LookAgain) -> str:
        """Return why it was kept, or the correction note."""
        return row.decided.reason if row.decided else ""
