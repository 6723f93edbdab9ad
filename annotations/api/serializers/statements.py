"""Statements: speech acts that claims rest on."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import (
    Flag,
    ModeratedOut,
    NamedOut,
    Row,
    StrictSerializer,
    Text,
    named_if_shown,
)
from annotations.sources.models import Source
from annotations.statements.models import Statement, StatementState


class StatementIn(StrictSerializer):
    """Who said it, where and when, and its words; at least one of these."""

    source = Row(Source, required=False, allow_null=True)
    source_name = Text(
        max_length=200, required=False, help_text="Aliases resolve; new ones are made."
    )
    channel = Text(max_length=200, required=False)
    url = Text(max_length=2000, required=False)
    said_on = Text(max_length=80, required=False, help_text="EDTF, as entered.")
    text = Text(required=False)
    language = Text(max_length=35, required=False)
    confidential = Flag(required=False)


class StatementOut(ModeratedOut):
    """A statement and what its events say has become of it."""

    source = serializers.SerializerMethodField()
    channel = serializers.CharField()
    url = serializers.CharField()
    said_on = serializers.CharField()
    said_earliest = serializers.DateTimeField(allow_null=True)
    said_latest = serializers.DateTimeField(allow_null=True)
    said_zone = serializers.CharField()
    text = serializers.CharField()
    language = serializers.CharField()
    confidential = serializers.BooleanField()
    state = serializers.ChoiceField(choices=StatementState.choices)

    @extend_schema_field(NamedOut(allow_null=True))
    def get_source(self, row: Statement) -> dict[str, Any] | None:
        """Return who said it, if the caller may see that source."""
        return named_if_shown(row.source, self.context)
