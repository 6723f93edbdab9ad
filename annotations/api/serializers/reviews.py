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
from annotations.verification.evidence.models import Evidence
from annotations.verification.models import Confidence, Label
from annotations.verification.standards.models import Guideline, RatingValue

# More pieces than any claim has.
MOST_PIECES = 200


class ReviewChange(StrictSerializer):
    """What a judgement says."""

    label = Word(choices=Label.choices, required=False)
    justification = Text(required=False)
    confidence = Word(choices=Confidence.choices, required=False, allow_null=True)
    rating = Row(
        RatingValue, required=False, allow_null=True, help_text="uid of a value of the scale."
    )
    native_rating = Text(
        max_length=60,
        required=False,
        help_text="The value's name instead; free words where the project has no scale.",
    )
    evidence = serializers.ListField(
        child=Row(Evidence),
        max_length=MOST_PIECES,
        required=False,
        help_text="uids of the claim's evidence that the judgement rests on: all of it.",
    )
    guideline = Row(
        Guideline, required=False, help_text="The guidelines you read; by default those that hold."
    )


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


class RatingOut(serializers.Serializer):
    """A value of one version of the project's scale."""

    uid = serializers.UUIDField()
    name = serializers.CharField()
    n = serializers.IntegerField()
    scale = serializers.UUIDField(source="scale.uid")
    scale_version = serializers.IntegerField(source="scale.version")


class ReviewOut(serializers.Serializer):
    """A judgement; `is_stale` when the claim has changed since, and then it does not count."""

    uid = serializers.UUIDField()
    claim = serializers.UUIDField(source="claim.uid")
    claim_revision = serializers.IntegerField()
    is_stale = serializers.BooleanField()
    reviewer = PersonOut()
    label = serializers.ChoiceField(choices=Label.choices)
    rating = RatingOut(allow_null=True)
    native_rating = serializers.CharField(
        source="rating_words", help_text="The rating's name, or what was typed without a scale."
    )
    guideline = serializers.SerializerMethodField()
    guideline_version = serializers.SerializerMethodField()
    evidence = serializers.SerializerMethodField(help_text="As far as you may see it.")
    confidence = serializers.ChoiceField(choices=Confidence.choices, allow_null=True)
    justification = serializers.CharField()
    discarded = serializers.SerializerMethodField()
    revision = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_guideline(self, review: Any) -> Any:
        """Return the uid of the guidelines it was made under."""
        return review.guideline.uid if review.guideline else None

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_guideline_version(self, review: Any) -> Any:
        """Return the version of the guidelines it was made under."""
        return review.guideline.version if review.guideline else None

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_evidence(self, review: Any) -> Any:
        """Return the uids of the evidence that it rests on."""
        return [one.link.evidence.uid for one in review.shown_used]

    @extend_schema_field(DiscardOut(allow_null=True))
    def get_discarded(self, review: Any) -> Any:
        """Return when, by whom and why it was taken back."""
        return discarded(review)
