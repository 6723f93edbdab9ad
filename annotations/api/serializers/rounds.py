"""Rounds of independent marking."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from annotations.accounts.models import User
from annotations.api.serializers.agreement import MeasuredOut
from annotations.api.serializers.fields import (
    EntityOut,
    PersonOut,
    Row,
    StrictSerializer,
    Text,
)
from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.claims.rounds import RoundState
from annotations.verification.assignments.models import AssignmentState
from annotations.verification.rounds.groups import Kind
from annotations.verification.rounds.models import Outcome
from annotations.verification.rounds.services import MOST


class Member(serializers.UUIDField):
    """The uid of somebody who belongs to the project."""

    default_error_messages = {"absent": _("Nobody with this uid belongs to the project.")}

    def to_internal_value(self, data: Any) -> Any:
        """Return the person. Raises ValidationError where nobody of the project is meant."""
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        uid = super().to_internal_value(data)
        person = User.objects.filter(
            uid=uid, memberships__project=self.context["project"].pk
        ).first()
        if person is None:
            self.fail("absent")
        return person


class RoundIn(StrictSerializer):
    """The current text of an article, for several people to mark each without the others."""

    article = Row(Article)
    people = serializers.ListField(child=Member(), max_length=MOST)
    due = serializers.DateField(required=False, allow_null=True)
    note = Text(max_length=1000, required=False)


class RoundPersonIn(StrictSerializer):
    """One person more."""

    person = Member()
    due = serializers.DateField(required=False, allow_null=True)
    note = Text(max_length=1000, required=False)


class RoundWithdrawIn(StrictSerializer):
    """One person less."""

    person = Member()
    reason = Text(max_length=1000, required=False)


class NothingIn(StrictSerializer):
    """An empty object."""


class CallOffIn(StrictSerializer):
    """Why nothing is brought together."""

    reason = Text(max_length=1000)


class AcceptIn(StrictSerializer):
    """Originals that become one shared claim, or go `into` one there is.

    `wording` gives its text and chain, `place` its ranges: both one of the originals, the first
    unless said.
    """

    originals = serializers.ListField(child=Row(Claim), min_length=1, max_length=200)
    wording = Row(Claim, required=False)
    place = Row(Claim, required=False)
    into = Row(Claim, required=False)


class RejectIn(StrictSerializer):
    """An original that goes into no shared claim, and why."""

    original = Row(Claim)
    reason = Text(max_length=1000)


class FinishIn(StrictSerializer):
    """Why what is undecided is left out; needed where something is."""

    rest_reason = Text(max_length=1000, required=False)


class RoundPersonOut(serializers.Serializer):
    """Who takes part. How far others are is told when all have handed in, moderators before."""

    person = PersonOut(source="assignee")
    state = serializers.ChoiceField(choices=AssignmentState.choices, allow_null=True)
    due = serializers.DateField(allow_null=True)
    note = serializers.CharField(allow_null=True)


class RoundOut(EntityOut):
    """A round; its originals are at `claims/?round=`, side by side at `groups/`."""

    updated_at = serializers.DateTimeField()
    revision = serializers.IntegerField()
    article = serializers.UUIDField(source="article.uid")
    version = serializers.UUIDField(source="version.uid")
    state = serializers.ChoiceField(choices=RoundState.choices)
    closed_at = serializers.DateTimeField(allow_null=True)
    people = RoundPersonOut(many=True, source="people_shown")


class DecisionOut(serializers.Serializer):
    """What became of an original."""

    outcome = serializers.ChoiceField(choices=Outcome.choices)
    claim = serializers.UUIDField(source="claim.uid", allow_null=True, default=None)
    reason = serializers.CharField()
    by = PersonOut(source="created_by")


class OriginalOut(serializers.Serializer):
    """One person's claim, as far as it is needed to compare."""

    claim = serializers.UUIDField()
    number = serializers.IntegerField()
    text = serializers.CharField()
    found_by = PersonOut()
    ranges = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    decision = DecisionOut(allow_null=True)


class GroupOut(serializers.Serializer):
    """Originals that share words. `plain`: everybody marked the very same, once each."""

    kind = serializers.ChoiceField(choices=[one.value for one in Kind])
    plain = serializers.BooleanField()
    originals = OriginalOut(many=True)


class GroupsOut(serializers.Serializer):
    """All groups of a round in text order, as far as the caller may read its originals."""

    groups = GroupOut(many=True)


class SpanPairOut(serializers.Serializer):
    """Two people who marked the same texts; `marks` are both their claims there."""

    first = PersonOut()
    second = PersonOut()
    rounds = serializers.IntegerField()
    marks = serializers.IntegerField()
    exact_f1 = MeasuredOut()
    overlap_f1 = MeasuredOut()


class SpanAgreementOut(serializers.Serializer):
    """How far people agree on what to mark, from the rounds that all have handed in."""

    rounds = serializers.IntegerField()
    marks = serializers.IntegerField()
    token_alpha = MeasuredOut()
    pairs = SpanPairOut(many=True)
