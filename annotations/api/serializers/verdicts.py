"""What was decided of claims: adjudications, verdicts, and what is missing for one."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import (
    EntityOut,
    Number,
    PersonOut,
    Row,
    StrictSerializer,
    Text,
    Word,
)
from annotations.claims.models import Claim
from annotations.verification.evidence.models import Evidence
from annotations.verification.models import Confidence, Label, Review
from annotations.verification.stages import Stage
from annotations.verification.transitions import Act
from annotations.verification.verdicts.models import VerdictState

MOST_PIECES = 100
_READ = "The content_revision you read; 412 when the claim has changed since."


def _content_revision() -> Number:
    return Number(min_value=1, max_value=2**31 - 1, required=False, help_text=_READ)


class SeenReviewIn(StrictSerializer):
    """A review as it was read."""

    review = Row(Review)
    revision = Number(min_value=1, max_value=2**31 - 1)


class AdjudicationIn(StrictSerializer):
    """A decision, each field taken from a current review (`..._from`) or given."""

    claim = Row(Claim)
    claim_revision = _content_revision()
    label = Word(choices=Label.choices, required=False)
    label_from = Row(Review, required=False)
    native_rating = Text(max_length=60, required=False)
    native_rating_from = Row(Review, required=False)
    confidence = Word(choices=Confidence.choices, required=False, allow_null=True)
    confidence_from = Row(Review, required=False)
    justification = Text(required=False)
    justification_from = Row(Review, required=False)
    reason = Text()
    weighed = SeenReviewIn(
        many=True,
        required=False,
        help_text="The current reviews as you read them; 412 when they have changed since.",
    )


class WeighedOut(serializers.Serializer):
    """A review that was weighed, as it stood then, and which fields were taken from it."""

    review = serializers.UUIDField(source="review.uid")
    reviewer = PersonOut(source="review.reviewer")
    revision = serializers.IntegerField(source="review_revision")
    gives = serializers.ListField(child=serializers.CharField())


class AdjudicationOut(EntityOut):
    """A decision of a dispute; `is_current` unless the claim changed or a later one was made."""

    claim = serializers.UUIDField(source="claim.uid")
    claim_revision = serializers.IntegerField()
    is_current = serializers.SerializerMethodField()
    label = serializers.ChoiceField(choices=Label.choices)
    native_rating = serializers.CharField()
    confidence = serializers.ChoiceField(choices=Confidence.choices, allow_null=True)
    justification = serializers.CharField()
    reason = serializers.CharField()
    weighed = WeighedOut(many=True, source="seen_weighed", help_text="As far as you may see them.")

    def get_is_current(self, row: Any) -> bool:
        """Say whether it is what counts for the claim."""
        return not row.is_stale and not row.has_later


class _WordsIn(StrictSerializer):
    claim_revision = _content_revision()
    reason = Text(help_text="What it rests on, and why; every member reads it.")
    evidence = serializers.ListField(
        child=Row(Evidence),
        min_length=1,
        max_length=MOST_PIECES,
        help_text="Pieces on the claim; one at least that is not confidential.",
    )


class VerdictIn(_WordsIn):
    """A verdict from what the claim's reviews agree in, or what was adjudicated."""

    claim = Row(Claim)


class SupersedeIn(_WordsIn):
    """A verdict in the place of one that stands."""

    correction_note = Text(help_text="What is corrected; every member reads it.")


class RescindIn(StrictSerializer):
    """Why a verdict is taken back."""

    correction_note = Text(help_text="Every member reads it.")


class BasisOut(serializers.Serializer):
    """A review that a verdict rests on, as it stood then."""

    review = serializers.UUIDField(source="review.uid")
    reviewer = PersonOut(source="review.reviewer")
    revision = serializers.IntegerField(source="review_revision")


class VerdictOut(serializers.Serializer):
    """What the project says, or said, of a claim. It rests on an adjudication or on reviews."""

    uid = serializers.UUIDField()
    claim = serializers.UUIDField(source="claim.uid")
    claim_revision = serializers.IntegerField()
    claim_text = serializers.CharField()
    is_stale = serializers.BooleanField(help_text="The claim has changed since.")
    state = serializers.ChoiceField(choices=VerdictState.choices)
    label = serializers.ChoiceField(choices=Label.choices)
    native_rating = serializers.CharField()
    reason = serializers.CharField()
    publisher = PersonOut(source="created_by")
    adjudication = serializers.SerializerMethodField()
    reviews = BasisOut(many=True, source="basis.all")
    evidence = serializers.SerializerMethodField()
    supersedes = serializers.SerializerMethodField()
    correction_note = serializers.CharField()
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_by = PersonOut(allow_null=True)
    revision = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_adjudication(self, verdict: Any) -> Any:
        """Return the uid of the adjudication it rests on."""
        return verdict.adjudication.uid if verdict.adjudication else None

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_supersedes(self, verdict: Any) -> Any:
        """Return the uid of the verdict in whose place it was published."""
        return verdict.supersedes.uid if verdict.supersedes else None

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_evidence(self, verdict: Any) -> Any:
        """Return the uids of the pieces it rests on, as far as the caller may see them."""
        return [one.evidence.uid for one in verdict.seen_evidence]


class MissingOut(serializers.Serializer):
    """One thing that is missing, and who can do it."""

    code = serializers.CharField()
    sentence = serializers.CharField()


class PublicationOut(serializers.Serializer):
    """Where a claim stands, as far as the caller may know, and what is missing for a verdict.

    With a publisher as the only thing missing it is ready.
    """

    stage = serializers.ChoiceField(choices=Stage.choices)
    missing = MissingOut(many=True)
    acts = serializers.ListField(
        child=serializers.ChoiceField(choices=[(act.value, act.value) for act in Act]),
        help_text="What your role may do to the claim as it stands.",
    )
    verdict = serializers.UUIDField(allow_null=True, help_text="The current one.")
