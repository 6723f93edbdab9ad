"""Reviews: one person's judgement each."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.claims import discarded
from annotations.api.serializers.fields import (
    DiscardOut,
    Number,
    PersonOut,
    Row,
    StrictSerializer,
    Text,
    Word,
)
from annotations.claims.models import Claim
from annotations.verification.models import Confidence, Label


class ReviewChange(StrictSerializer):
    """What a judgement says."""

    label = Word(choices=Label.choices, required=False)
    justification = Text(required=False)
    confidence = Word(choices=Confidence.choices, required=False, allow_null=True)
    native_rating = Text(max_length=60, required=False)


class ReviewIn(ReviewChange):
    """The caller's judgement of a claim as it stands; an earlier one of the same is changed."""

    label = Word(choices=Label.choices)
    claim = Row(Claim)
    claim_revision = Number(
        min_value=1,
        max_value=2**31 - 1,
        required=False,
        help_text="The content_revision you read; 412 when the claim has changed since.",
    )


class ReviewOut(serializers.Serializer):
    """A judgement; `is_stale` when the claim has changed since, and then it does not count."""

    uid = serializers.UUIDField()
    claim = serializers.UUIDField(source="claim.uid")
    claim_revision = serializers.IntegerField()
    is_stale = serializers.BooleanField()
    reviewer = PersonOut()
    label = serializers.ChoiceField(choices=Label.choices)
    native_rating = serializers.CharField()
    confidence = serializers.ChoiceField(choices=Confidence.choices, allow_null=True)
    justification = serializers.CharField()
    discarded = serializers.SerializerMethodField()
    revision = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    @extend_schema_field(DiscardOut(allow_null=True))
    def get_discarded(self, review: Any) -> Any:
        """Return when, by whom and why it was taken back."""
        return discarded(review)
