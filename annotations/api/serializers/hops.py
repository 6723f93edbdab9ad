"""Hops of attribution chains: of mentions and of lifecycle events alike."""

from typing import Any

from rest_framework import serializers

from annotations.api.serializers.fields import (
    Flag,
    NamedOut,
    Ranges,
    Row,
    StrictSerializer,
    Text,
    Word,
)
from annotations.claims import choices
from annotations.claims.hops import MAX_HOPS, HopInput
from annotations.sources.models import Source, SourceKind
from annotations.statements.models import Statement, StatementState

__all__ = ["IN_HOPS", "MAX_HOPS", "EventHopIn", "HopOut", "MentionHopIn", "read_hops"]


class EventHopIn(StrictSerializer):
    """One hop; hops come in order, the original speaker first."""

    source = Row(Source, required=False, allow_null=True)
    source_name = Text(max_length=200, required=False)
    source_given = Word(choices=choices.SourceGiven.choices, required=False)
    source_kind = Word(choices=SourceKind.choices, allow_blank=True, required=False)
    role_at_time = Text(max_length=200, required=False)
    spokesperson_for = Row(Source, required=False, allow_null=True)
    spokesperson_for_name = Text(max_length=200, required=False)
    quote_type = Word(choices=choices.QuoteType.choices)
    said_on = Text(max_length=80, required=False, help_text="EDTF, as entered.")
    said_where = Text(max_length=200, required=False)
    statement = Row(Statement, required=False, allow_null=True)
    original_located = Word(choices=choices.OriginalLocated.choices, required=False)
    attitude = Word(choices=choices.Attitude.choices, allow_blank=True, required=False)
    cue_negated = Flag(required=False)
    commitment = Word(choices=choices.Commitment.choices, allow_blank=True, required=False)
    hop_type = Word(choices=choices.HopType.choices, allow_blank=True, required=False)
    anonymity_reason = Text(max_length=300, required=False)
    basis_of_knowledge = Text(max_length=300, required=False)


class MentionHopIn(EventHopIn):
    """A hop of a mention, with the words that name the speaker and those that say "said"."""

    source_ranges = Ranges(required=False)
    cue_ranges = Ranges(required=False)


# Where an error of a service belongs that names a field of some hop.
IN_HOPS = {"attributions": frozenset(MentionHopIn().fields) | {"hops"}}


def read_hops(hops: list[dict[str, Any]]) -> list[HopInput]:
    """Return validated hops as the services take them."""
    return [HopInput(**hop) for hop in hops]


class RangeOut(serializers.Serializer):
    """A range with its words and up to 32 code points before and after."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    exact = serializers.CharField()
    prefix = serializers.CharField()
    suffix = serializers.CharField()


class StatementRefOut(serializers.Serializer):
    """The statement a hop rests on."""

    uid = serializers.UUIDField()
    channel = serializers.CharField()
    url = serializers.CharField()
    said_on = serializers.CharField()
    state = serializers.ChoiceField(choices=StatementState.choices)


class HopOut(serializers.Serializer):
    """One hop as the caller may read it; `withheld` when its source is named but not shown.

    What describes a withheld source is empty: its role, its words in the text, why it is anonymous,
    how it knows.
    """

    uid = serializers.UUIDField(source="row.uid")
    order = serializers.IntegerField(source="row.order")
    source = NamedOut(allow_null=True)
    withheld = serializers.BooleanField()
    source_given = serializers.ChoiceField(
        choices=choices.SourceGiven.choices, source="row.source_given"
    )
    source_kind = serializers.ChoiceField(choices=SourceKind.choices, source="row.source_kind")
    source_ranges = RangeOut(many=True)
    cue_ranges = RangeOut(many=True)
    role_at_time = serializers.CharField()
    spokesperson_for = NamedOut(allow_null=True)
    quote_type = serializers.ChoiceField(choices=choices.QuoteType.choices, source="row.quote_type")
    said_on = serializers.CharField(help_text="The statement's, where there is one.")
    said_where = serializers.CharField(source="where", help_text="The statement's channel, or own.")
    statement = StatementRefOut(allow_null=True)
    original_located = serializers.ChoiceField(
        choices=choices.OriginalLocated.choices, source="row.original_located"
    )
    attitude = serializers.ChoiceField(
        choices=choices.Attitude.choices, allow_blank=True, source="row.attitude"
    )
    cue_negated = serializers.BooleanField(source="row.cue_negated")
    commitment = serializers.ChoiceField(
        choices=choices.Commitment.choices, allow_blank=True, source="row.commitment"
    )
    hop_type = serializers.ChoiceField(
        choices=choices.HopType.choices, allow_blank=True, source="row.hop_type"
    )
    anonymity_reason = serializers.CharField()
    basis_of_knowledge = serializers.CharField()
