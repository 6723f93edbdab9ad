"""Comments on claims, what people were told, and what they follow."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.claims import discarded
from annotations.api.serializers.fields import (
    DiscardOut,
    Flag,
    ModeratedOut,
    PersonOut,
    StrictSerializer,
    Text,
    Word,
)
from annotations.comments.services import TEXT_LENGTH
from annotations.notifications.kinds import FOLLOWED, Kind, TargetKind


class CommentChange(StrictSerializer):
    """Other words of a comment of mine."""

    text = Text(max_length=TEXT_LENGTH, required=False, help_text="@NAME tells a member.")
    confidential = Flag(required=False, help_text="For reviewers and up; so are replies to it.")


class CommentIn(CommentChange):
    """A new comment; `thread` is the uid of the comment that it replies to."""

    text = Text(max_length=TEXT_LENGTH, help_text="@NAME tells a member.")
    thread = serializers.UUIDField(required=False, allow_null=True)


class ResolvedOut(serializers.Serializer):
    """When and by whom a thread was settled."""

    at = serializers.DateTimeField(source="resolved_at")
    by = PersonOut(source="resolved_by")


class CommentOut(ModeratedOut):
    """A comment on a claim; one without `thread` began a thread."""

    claim = serializers.UUIDField(source="claim.uid")
    thread = serializers.UUIDField(source="thread.uid", default=None, allow_null=True)
    text = serializers.CharField()
    confidential = serializers.BooleanField()
    edited_at = serializers.DateTimeField(allow_null=True)
    resolved = serializers.SerializerMethodField()
    discarded = serializers.SerializerMethodField()

    @extend_schema_field(ResolvedOut(allow_null=True))
    def get_resolved(self, row: Any) -> Any:
        """Return when and by whom the thread was settled."""
        return None if row.resolved_at is None else ResolvedOut(row).data

    @extend_schema_field(DiscardOut(allow_null=True))
    def get_discarded(self, row: Any) -> Any:
        """Return when, by whom and why it was taken back."""
        return discarded(row)


class TargetOut(serializers.Serializer):
    """What a notification is about, by its uid."""

    kind = serializers.ChoiceField(source="target_kind", choices=TargetKind.choices)
    uid = serializers.UUIDField(source="target_uid")


class NotificationOut(serializers.Serializer):
    """One thing I was told."""

    uid = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    by = PersonOut(source="actor", allow_null=True)
    target = TargetOut(source="*")
    claim_number = serializers.IntegerField(allow_null=True)
    times = serializers.IntegerField(help_text="How often it happened before it was read.")
    created_at = serializers.DateTimeField()
    latest_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class AllReadOut(serializers.Serializer):
    """How many were unread."""

    read = serializers.IntegerField()


class FollowIn(StrictSerializer):
    """What to follow."""

    kind = Word(choices=[(one.value, one.label) for one in FOLLOWED])
    uid = serializers.UUIDField()


class FollowOut(serializers.Serializer):
    """Something I follow."""

    uid = serializers.UUIDField()
    target = TargetOut(source="*")
    created_at = serializers.DateTimeField()


class NothingIn(StrictSerializer):
    """No fields."""
