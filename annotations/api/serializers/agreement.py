"""How far reviewers agree."""

from rest_framework import serializers

from annotations.api.serializers.fields import PersonOut
from annotations.verification.agreement import Undefined


class AgreementQuery(serializers.Serializer):
    """Whose agreement, and of which days in the project's zone."""

    first = serializers.UUIDField(required=False, help_text="uid of a person; with `second`.")
    second = serializers.UUIDField(required=False, help_text="uid of another person.")
    since = serializers.DateField(required=False, help_text="First day a judgement was given.")
    until = serializers.DateField(required=False, help_text="Last day a judgement was given.")
    scale = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        help_text="A version of the rating scale: its ratings are compared, and not the labels.",
    )


class MeasuredOut(serializers.Serializer):
    """A number, or null with why it is undefined: a code, and a sentence."""

    value = serializers.FloatField(allow_null=True)
    undefined = serializers.ChoiceField(choices=[one.value for one in Undefined], allow_null=True)
    reason = serializers.CharField()


class MatrixOut(serializers.Serializer):
    """How often labels, or ratings, met on a claim: `rows[n][m]` is of label n by label m.

    Rows are the first of the pair and columns the second; of everybody, every pair both ways.
    """

    labels = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(min_value=0))
    )


class PairOut(serializers.Serializer):
    """Two people who judged the same claims; `percentage` is a share from 0 to 1."""

    first = PersonOut()
    second = PersonOut()
    claims = serializers.IntegerField()
    percentage = MeasuredOut()
    kappa = MeasuredOut()


class AgreementOut(serializers.Serializer):
    """The agreement of everybody, or of the pair that was asked for; and of every pair.

    `claims` were judged by two or more (by both of the pair); `percentage` is a share from 0 to 1;
    `kappa` is there for a pair only. `is_ordinal` says that `alpha` takes one step on the scale for
    less than five.
    """

    scale = serializers.IntegerField(allow_null=True)
    is_ordinal = serializers.BooleanField()
    claims = serializers.IntegerField()
    alpha = MeasuredOut()
    percentage = MeasuredOut()
    kappa = MeasuredOut(allow_null=True)
    matrix = MatrixOut()
    pairs = PairOut(many=True)
