"""Rating scales and guidelines: versions that stay as they were made."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import EntityOut, Flag, Number, StrictSerializer, Text, Word
from annotations.verification.models import Label
from annotations.verification.standards.models import MOST_VALUES, NAME_LENGTH
from annotations.verification.standards.services import (
    DESCRIPTION_LENGTH,
    NOTE_LENGTH,
    TEXT_LENGTH,
)

_SEEN = "The version that held when you read, 0 for none; 412 when another holds by now."


class ValueIn(StrictSerializer):
    """One value of a new scale."""

    name = Text(max_length=NAME_LENGTH)
    description = Text(max_length=DESCRIPTION_LENGTH, required=False)
    suggested_label = Word(choices=Label.choices, required=False, allow_blank=True)


class ScaleIn(StrictSerializer):
    """A new version of the project's scale, which holds from now on."""

    name = Text(max_length=NAME_LENGTH)
    description = Text(max_length=DESCRIPTION_LENGTH, required=False)
    is_ordered = Flag(required=False, help_text="Whether the values go from one end to the other.")
    values = serializers.ListField(child=ValueIn(), max_length=MOST_VALUES)
    seen = Number(min_value=0, max_value=2**31 - 1, required=False, help_text=_SEEN)


class ScaleUseIn(StrictSerializer):
    """Which version was seen to hold."""

    seen = Number(min_value=0, max_value=2**31 - 1, required=False, help_text=_SEEN)


class ValueOut(serializers.Serializer):
    """One value of a scale; what it suggests is for a person to confirm."""

    uid = serializers.UUIDField()
    n = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField()
    suggested_label = serializers.CharField()


class ScaleOut(EntityOut):
    """One version of a scale, values from one end to the other where it is ordered."""

    version = serializers.IntegerField()
    is_current = serializers.SerializerMethodField()
    name = serializers.CharField()
    description = serializers.CharField()
    is_ordered = serializers.BooleanField()
    values = serializers.SerializerMethodField()

    def get_is_current(self, scale: Any) -> bool:
        """Say whether claims are rated on it now."""
        return bool(scale.pk == self.context["project"].rating_scale_id)

    @extend_schema_field(ValueOut(many=True))
    def get_values(self, scale: Any) -> Any:
        """Return the values in their order."""
        return ValueOut(scale.values.all(), many=True).data


class ScaleStopOut(serializers.Serializer):
    """No scale holds: claims get labels only."""

    current = ScaleOut(allow_null=True)


class GuidelineIn(StrictSerializer):
    """New guidelines, which hold from now on; Markdown."""

    text = Text(max_length=TEXT_LENGTH)
    note = Text(max_length=NOTE_LENGTH, required=False, help_text="What changed.")
    seen = Number(min_value=0, max_value=2**31 - 1, required=False, help_text=_SEEN)


class GuidelineOut(EntityOut):
    """One version of the guidelines."""

    version = serializers.IntegerField()
    is_current = serializers.SerializerMethodField()
    text = serializers.CharField()
    note = serializers.CharField()

    def get_is_current(self, guideline: Any) -> bool:
        """Say whether claims are judged by it now."""
        return bool(guideline.pk == self.context["project"].guideline_id)
