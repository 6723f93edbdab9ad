"""Where mentions stand in later versions of their article."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import Flag, Ranges, StrictSerializer, Text, Word
from annotations.api.serializers.hops import RangeOut
from annotations.claims.placements.models import State, Why

DECISIONS = (("confirm", "confirm"), ("select", "select"), ("gone", "gone"))


class PlacedOut(serializers.Serializer):
    """Where a mention stands in one later version."""

    uid = serializers.UUIDField()
    revision = serializers.IntegerField()
    version = serializers.UUIDField(source="version.uid")
    version_number = serializers.IntegerField(source="version.number")
    state = serializers.ChoiceField(choices=State.choices)
    why = serializers.ChoiceField(choices=Why.choices)
    ranges = RangeOut(many=True, help_text="Where it stands; none unless same or moved.")
    proposed = RangeOut(many=True, help_text="What a person was asked to confirm; may be none.")
    decided_by = serializers.SerializerMethodField(
        help_text="uid of who decided; null where the comparison did."
    )
    decided_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_decided_by(self, placed: Any) -> Any:
        """Return the uid of who decided."""
        return placed.decided_by.uid if placed.decided_by else None


class PlacementOut(PlacedOut):
    """The same with its mention and claim."""

    mention = serializers.UUIDField(source="mention.uid")
    claim = serializers.UUIDField(source="mention.claim.uid")
    article = serializers.UUIDField(source="mention.article.uid")


class PlacementChange(StrictSerializer):
    """What a person decides: confirm the proposed place, select another, or mark it as gone."""

    decision = Word(choices=DECISIONS)
    ranges = Ranges(min_length=1, required=False, help_text="With select: where it stands.")
    exact = serializers.ListField(
        child=Text(allow_null=True),
        required=False,
        help_text="The words you expect in each range, null to leave one unchecked. Others: 400.",
    )
    snap = Flag(required=False, help_text="Widen to whole visible characters; true by default.")
    reason = Text(max_length=1000, required=False, help_text="With gone: kept in history.")
