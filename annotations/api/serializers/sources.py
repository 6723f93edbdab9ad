"""Sources and the names they go by."""

from rest_framework import serializers

from annotations.api.serializers.fields import ModeratedOut, StrictSerializer, Text, Word
from annotations.sources.models import SourceKind


class SourceChange(StrictSerializer):
    """What can be changed of a source; a new name becomes an alias, the old one stays one."""

    name = Text(max_length=200, required=False)
    kind = Word(choices=SourceKind.choices, required=False)
    description = Text(max_length=10_000, required=False)


class SourceIn(SourceChange):
    """A new source."""

    name = Text(max_length=200)
    aliases = serializers.ListField(child=Text(max_length=200), required=False, max_length=50)


class AliasIn(StrictSerializer):
    """Another spelling of a source's name."""

    name = Text(max_length=200)


class AliasOut(serializers.Serializer):
    """A spelling."""

    uid = serializers.UUIDField()
    name = serializers.CharField()


class SourceOut(ModeratedOut):
    """A source and every name it goes by."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=SourceKind.choices)
    description = serializers.CharField()
    outlet = serializers.UUIDField(source="outlet.uid", allow_null=True, default=None)
    merged_into = serializers.UUIDField(
        source="merged_into.uid",
        allow_null=True,
        default=None,
        help_text="uid of the source that took its place and has its names.",
    )
    aliases = AliasOut(many=True, source="aliases.all")
