"""Who works on what, what comes next, and how the project is doing."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import (
    PersonOut,
    Row,
    StrictSerializer,
    Text,
    Word,
    uid_if_shown,
)
from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.projects.models import Membership
from annotations.verification.assignments.models import (
    Assignment,
    AssignmentMode,
    AssignmentState,
)
from annotations.verification.assignments.queue import KINDS
from annotations.verification.assignments.services import MOST_AT_ONCE
from annotations.verification.stages import Stage


class MemberField(serializers.UUIDField):
    """The uid of a member of the project."""

    default_error_messages = {"absent": _("Nobody with this uid belongs to the project.")}

    def to_internal_value(self, data: Any) -> Any:
        """Return the person. Raises ValidationError for anybody who is no member."""
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        uid = super().to_internal_value(data)
        members = Membership.objects.filter(project=self.context["project"])
        try:
            return members.select_related("user").get(user__uid=uid).user
        except ObjectDoesNotExist:
            self.fail("absent")


class OwnAssignment(Row):
    """The uid of an assignment that the caller may see."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Assignment, **options)
        self.rows = self.rows.select_related("claim", "article", "assignee")

    def to_internal_value(self, data: Any) -> Any:
        """Return the assignment. Raises ValidationError where there is none for the caller."""
        row = super().to_internal_value(data)
        person = self.context["request"].user
        if not Assignment.objects.visible_to(person).filter(pk=row.pk).exists():
            self.fail("absent")
        return row


def _many(child: Any, **options: Any) -> serializers.ListField:
    return serializers.ListField(child=child, max_length=MOST_AT_ONCE, **options)


class NextIn(StrictSerializer):
    """What sort of work is asked for."""

    kind = Word(choices=KINDS, required=False)


class GiveIn(StrictSerializer):
    """Claims and articles, to be given to somebody."""

    assignee = MemberField()
    claims = _many(Row(Claim), required=False)
    articles = _many(Row(Article), required=False)
    due = serializers.DateField(required=False, allow_null=True)
    note = Text(max_length=1000, required=False)


class WithdrawIn(StrictSerializer):
    """Assignments to be taken from those who have them, and why."""

    assignments = _many(OwnAssignment())
    reason = Text(max_length=1000)


class ReassignIn(WithdrawIn):
    """Assignments to be given to somebody else, and why."""

    assignee = MemberField()


class HandBackIn(StrictSerializer):
    """Why it is handed back."""

    reason = Text(max_length=1000)


class SendBackIn(StrictSerializer):
    """What is to be looked at again."""

    note = Text(max_length=1000)


class AssignmentOut(serializers.Serializer):
    """One claim or one article, given to one person by hand or by the queue.

    From the queue it is theirs until `leased_until`, which a heartbeat or a save moves on.
    """

    uid = serializers.UUIDField()
    claim = serializers.SerializerMethodField()
    article = serializers.SerializerMethodField()
    assignee = PersonOut()
    mode = serializers.ChoiceField(choices=AssignmentMode.choices)
    state = serializers.ChoiceField(choices=AssignmentState.choices)
    due = serializers.DateField(allow_null=True)
    note = serializers.CharField()
    is_from_queue = serializers.BooleanField()
    leased_until = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    revision = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    created_by = PersonOut()
    updated_at = serializers.DateTimeField()

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_claim(self, row: Assignment) -> Any:
        """Return the uid of the claim, where it is of one."""
        return uid_if_shown(row.claim, self.context)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_article(self, row: Assignment) -> Any:
        """Return the uid of the article, where it is of one."""
        return uid_if_shown(row.article, self.context)


class GivenOut(serializers.Serializer):
    """What came of giving work out: new, theirs already, and what they have done (by uid)."""

    made = AssignmentOut(many=True)
    already = AssignmentOut(many=True)
    done = serializers.ListField(child=serializers.UUIDField())


class StageCountOut(serializers.Serializer):
    """How many claims are in a stage."""

    stage = serializers.ChoiceField(choices=Stage.choices)
    claims = serializers.IntegerField()


class WeekOut(serializers.Serializer):
    """One week, by its Monday in the project's zone: claims added, judgements given."""

    begins = serializers.DateField()
    claims = serializers.IntegerField()
    reviews = serializers.IntegerField()


class PersonFiguresOut(serializers.Serializer):
    """One person's work."""

    uid = serializers.UUIDField()
    name = serializers.CharField()
    in_hand = serializers.IntegerField()
    overdue = serializers.IntegerField()
    sent_back = serializers.IntegerField()
    reviews = serializers.IntegerField()
    stale = serializers.IntegerField()


class DashboardOut(serializers.Serializer):
    """The figures the caller may know: stages by the reviews they may see, people's rows or theirs.

    `ages` counts claims that are neither agreed nor decided: under 7, 28 and 91 days since they
    were added, older.
    """

    claims = serializers.IntegerField()
    stages = StageCountOut(many=True)
    ages = serializers.ListField(child=serializers.IntegerField())
    overdue = serializers.IntegerField()
    weeks = WeekOut(many=True)
    people = PersonFiguresOut(many=True)
