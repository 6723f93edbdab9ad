"""Claims and their mentions."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import (
    DiscardOut,
    EntityOut,
    Flag,
    ModeratedOut,
    Ranges,
    Row,
    StrictSerializer,
    Text,
    Word,
    uid_if_shown,
)
from annotations.api.serializers.hops import MAX_HOPS, HopOut, MentionHopIn, RangeOut
from annotations.api.serializers.placements import PlacedOut
from annotations.api.shown import ShownClaim
from annotations.articles.models import ArticleVersion
from annotations.claims import choices
from annotations.claims.models import Claim
from annotations.lifecycle.choices import EventType, Standing
from annotations.statements.models import Statement
from annotations.verification.models import Label
from annotations.verification.stages import Stage

MOST_MENTIONS = 50


class _PlaceIn(StrictSerializer):
    exact = serializers.ListField(
        child=Text(allow_null=True),
        required=False,
        help_text="The words you expect in each range, null to leave one unchecked. Others: 400.",
    )
    snap = Flag(
        required=False,
        help_text="Widen to whole visible characters; true by default.",
    )


class MentionIn(_PlaceIn):
    """A claim's appearance in an article version."""

    version = Row(ArticleVersion, above="article", deferred=("text",))
    ranges = Ranges(min_length=1)
    attributions = MentionHopIn(many=True, required=False, max_length=MAX_HOPS)


class MentionChange(_PlaceIn):
    """Other ranges, another chain, or both; a chain is replaced whole."""

    ranges = Ranges(min_length=1, required=False)
    attributions = MentionHopIn(many=True, required=False, max_length=MAX_HOPS)


class ClaimChange(StrictSerializer):
    """The claim's own fields."""

    text = Text(max_length=5000, required=False)
    language = Text(max_length=35, required=False)
    translation_of = Row(Claim, required=False, allow_null=True)
    types = serializers.ListField(
        child=Word(choices=choices.ClaimType.choices), required=False, max_length=6
    )
    checkability = Word(choices=choices.Checkability.choices, required=False)
    priority = Word(choices=choices.Priority.choices, required=False)
    due = serializers.DateField(required=False, allow_null=True)
    check_worthiness = serializers.DecimalField(
        max_digits=4, decimal_places=3, min_value=0, max_value=1, required=False, allow_null=True
    )
    statement = Row(Statement, required=False, allow_null=True)


class ClaimIn(ClaimChange):
    """A new claim, its mentions, and the caller's own label for it."""

    text = Text(max_length=5000)
    mentions = MentionIn(many=True, required=False, max_length=MOST_MENTIONS)
    label = Word(choices=Label.choices, required=False)
    justification = Text(required=False, help_text="Why that label.")


class ReasonIn(StrictSerializer):
    """Why something is done."""

    reason = Text(max_length=1000, required=False)


class MentionOut(EntityOut):
    """A mention, its ranges and its chain, original speaker first."""

    article = serializers.UUIDField(source="article.uid")
    version = serializers.UUIDField(source="version.uid")
    ranges = RangeOut(many=True)
    attributions = HopOut(many=True)
    placements = PlacedOut(many=True, help_text="Where it stands in later versions, in order.")
    discarded = serializers.SerializerMethodField()

    @extend_schema_field(DiscardOut(allow_null=True))
    def get_discarded(self, mention: Any) -> Any:
        """Return when, by whom and why it was taken back."""
        return discarded(mention)


class LabelOut(serializers.Serializer):
    """The label to show: the published verdict's, else the caller's own; one of both is named."""

    verdict = serializers.SerializerMethodField()
    review = serializers.SerializerMethodField()
    label = serializers.ChoiceField(choices=Label.choices, source="value")
    is_stale = serializers.BooleanField()

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_verdict(self, label: Any) -> Any:
        """Return the uid of the verdict that says so."""
        return label.verdict.uid if label.verdict else None

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_review(self, label: Any) -> Any:
        """Return the uid of the caller's review that says so."""
        return label.review.uid if label.review else None


class MarkOut(serializers.Serializer):
    """An event on a statement the claim rests on."""

    event = serializers.UUIDField(source="event.uid")
    type = serializers.ChoiceField(choices=EventType.choices, source="event.type")
    standing = serializers.ChoiceField(choices=Standing.choices)
    statement = serializers.UUIDField(source="statement.uid")


class ClaimOut(ModeratedOut):
    """A claim with its mentions, the label to show and the marks of its statements."""

    number = serializers.IntegerField()
    text = serializers.CharField()
    language = serializers.CharField()
    round = serializers.SerializerMethodField()
    translation_of = serializers.SerializerMethodField()
    types = serializers.ListField(child=serializers.ChoiceField(choices=choices.ClaimType.choices))
    checkability = serializers.ChoiceField(choices=choices.Checkability.choices)
    priority = serializers.ChoiceField(choices=choices.Priority.choices)
    due = serializers.DateField(allow_null=True)
    check_worthiness = serializers.DecimalField(max_digits=4, decimal_places=3, allow_null=True)
    statement = serializers.SerializerMethodField()
    content_revision = serializers.IntegerField()
    discarded = serializers.SerializerMethodField()
    merged_into = serializers.SerializerMethodField(
        help_text="uid of the claim that took its place; this one is read-only then."
    )
    attribution_disputed = serializers.BooleanField()
    label = LabelOut(allow_null=True)
    stage = serializers.ChoiceField(
        choices=Stage.choices,
        help_text="By the reviews you may see, no others, and what was decided.",
    )
    marks = MarkOut(many=True)
    mentions = MentionOut(many=True)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_round(self, claim: ShownClaim) -> Any:
        """Return the uid of the round it was marked in; null in the shared set."""
        return claim.round.uid if claim.round else None

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_translation_of(self, claim: ShownClaim) -> Any:
        """Return the uid of the claim this one translates, if the caller may see it."""
        return uid_if_shown(claim.translation_of, self.context)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_statement(self, claim: ShownClaim) -> Any:
        """Return the uid of the statement it rests on directly, if the caller may see it."""
        return uid_if_shown(claim.statement, self.context)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_merged_into(self, claim: ShownClaim) -> Any:
        """Return the uid of the claim this one was merged into."""
        return uid_if_shown(claim.merged_into, self.context)

    @extend_schema_field(DiscardOut(allow_null=True))
    def get_discarded(self, claim: ShownClaim) -> Any:
        """Return when, by whom and why it was taken back."""
        return discarded(claim)


def discarded(row: Any) -> Any:
    """Return the discard of a row, or None while it stands."""
    return None if row.discarded_at is None else DiscardOut(row).data
