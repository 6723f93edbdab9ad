"""Fields every serializer uses: strict about types, and rows named by uid."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

LARGEST_OFFSET = 1_000_000
MOST_RANGES = 50


class Text(serializers.CharField):
    """Text, kept as sent: no trimming here, no numbers taken for text."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("trim_whitespace", False)
        options.setdefault("allow_blank", True)
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> str:
        """Return the text. Raises ValidationError for anything but a string."""
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class Flag(serializers.BooleanField):
    """True or false, not "yes", 1 or null."""

    def to_internal_value(self, data: Any) -> bool:
        """Return the flag. Raises ValidationError for anything but true and false."""
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Number(serializers.IntegerField):
    """A whole number, not its digits as text."""

    def to_internal_value(self, data: Any) -> int:
        """Return the number. Raises ValidationError for anything but an integer."""
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return data


class Word(serializers.ChoiceField):
    """One of the field's own words (or numbers), of the same type."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the word. Raises ValidationError for any other."""
        if data == "" and self.allow_blank:
            return ""
        if isinstance(data, bool) or not isinstance(data, (str, int)) or data not in self.choices:
            self.fail("invalid_choice", input=data)
        return data


class Row(serializers.UUIDField):
    """The uid of a row of the project that the caller may see.

    `above` names the row that decides whether this one is seen; without it, the row itself does.
    """

    default_error_messages = {"absent": _("There is nothing with this uid in the project.")}

    def __init__(
        self, model: type[Model], *, above: str = "", deferred: tuple[str, ...] = (), **options: Any
    ) -> None:
        self.rows = model._default_manager.all().defer(*deferred)
        if above:
            self.rows = self.rows.select_related(above)
        self.above = above
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> Any:
        """Return the row. Raises ValidationError when there is none the caller may see."""
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        uid = super().to_internal_value(data)
        project = self.context["project"]
        # The caller is a member of this project, so the row's own state decides the rest.
        try:
            row: Any = self.rows.get(project=project.pk, uid=uid)
        except ObjectDoesNotExist:
            self.fail("absent")
        deciding = getattr(row, self.above) if self.above else row
        if not self.context["sight"].shows(deciding):
            self.fail("absent")
        # A source that was merged is the one it was merged into.
        row = getattr(row, "current", row)
        # Checks that follow ask for the project of either.
        row.project = deciding.project = project
        return row


class Ranges(serializers.ListField):
    """Ranges as [start, end] pairs: code points, end exclusive."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", MOST_RANGES)
        options["child"] = serializers.ListField(
            child=Number(min_value=0, max_value=LARGEST_OFFSET), min_length=2, max_length=2
        )
        super().__init__(**options)


class StrictSerializer(serializers.Serializer):
    """An object whose fields are all known: a misspelt one is refused, not dropped."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the fields. Raises ValidationError, also for each field that is not one."""
        if isinstance(data, Mapping):
            unknown = {
                name: [_("There is no such field.")] for name in data if name not in self.fields
            }
            if unknown:
                raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)


class PersonOut(serializers.Serializer):
    """Somebody, by uid and display name; never by e-mail."""

    uid = serializers.UUIDField()
    name = serializers.CharField(source="display_name")


class NamedOut(serializers.Serializer):
    """A named row."""

    uid = serializers.UUIDField()
    name = serializers.CharField()


class DiscardOut(serializers.Serializer):
    """When, by whom and why a row of ours was taken back."""

    at = serializers.DateTimeField(source="discarded_at")
    by = PersonOut(source="discarded_by")
    reason = serializers.CharField(source="discard_reason")


class HideOut(serializers.Serializer):
    """When and why moderation has hidden a row; only moderators ever see this."""

    at = serializers.DateTimeField(source="hidden_at")
    reason = serializers.CharField(source="hidden_reason")


class HiddenOut(serializers.Serializer):
    """All that the author of a row hidden by moderation is shown."""

    class _Reason(serializers.Serializer):
        reason = serializers.CharField()

    uid = serializers.UUIDField()
    hidden = _Reason()


class EntityOut(serializers.Serializer):
    """What every row of a project shows."""

    uid = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    created_by = PersonOut()


class ModeratedOut(EntityOut):
    """What every row shows that people change and moderation can hide or lock."""

    updated_at = serializers.DateTimeField()
    revision = serializers.IntegerField()
    locked = serializers.SerializerMethodField()
    hidden = serializers.SerializerMethodField()

    def get_locked(self, row: Any) -> bool:
        """Say whether only moderators may change it."""
        return row.locked_at is not None

    @extend_schema_field(HideOut(allow_null=True))
    def get_hidden(self, row: Any) -> Any:
        """Return when and why it was hidden."""
        return None if row.hidden_at is None else HideOut(row).data


def named_if_shown(row: Any, context: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return uid and name of a source, or None when the caller may not see it.

    One that was merged into another is named as that one.
    """
    row = getattr(row, "current", row)
    if row is None or not context["sight"].shows(row):
        return None
    return {"uid": row.uid, "name": row.name}


def uid_if_shown(row: Any, context: Mapping[str, Any]) -> Any:
    """Return the uid of a row, or None when the caller may not see it."""
    return row.uid if row is not None and context["sight"].shows(row) else None
