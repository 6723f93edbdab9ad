"""Projects and their members."""

from rest_framework import serializers

from annotations.accounts.roles import Role
from annotations.api.serializers.fields import Flag, Number, PersonOut, StrictSerializer, Text, Word
from annotations.projects.models import LookAgainPolicy, QueuePolicy


class ProjectChange(StrictSerializer):
    """How a project works."""

    name = Text(max_length=200, required=False)
    slug = Text(max_length=60, required=False, help_text="Made from the name when empty.")
    language = Text(max_length=35, required=False)
    time_zone = Text(max_length=64, required=False)
    reviews_needed = Number(min_value=1, max_value=9, required=False)
    blind = Flag(required=False)
    shared_editing = Flag(required=False)
    queue_policy = Word(choices=QueuePolicy.choices, required=False)
    look_again_policy = Word(
        choices=LookAgainPolicy.choices,
        required=False,
        help_text="Who looks again at a verdict when what it rests on is withdrawn.",
    )


class ProjectIn(ProjectChange):
    """A new project."""

    name = Text(max_length=200)


class ProjectOut(serializers.Serializer):
    """A project, and the caller's role in it."""

    uid = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    language = serializers.CharField()
    time_zone = serializers.CharField()
    reviews_needed = serializers.IntegerField()
    blind = serializers.BooleanField()
    shared_editing = serializers.BooleanField()
    queue_policy = serializers.ChoiceField(choices=QueuePolicy.choices)
    look_again_policy = serializers.ChoiceField(choices=LookAgainPolicy.choices)
    archived_at = serializers.DateTimeField(allow_null=True)
    role = serializers.ChoiceField(choices=Role.choices, source="my_role")
    revision = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    created_by = PersonOut()


class MembershipOut(serializers.Serializer):
    """Somebody's role in the project."""

    uid = serializers.UUIDField()
    person = PersonOut(source="user")
    role = serializers.ChoiceField(choices=Role.choices)
    created_at = serializers.DateTimeField()
