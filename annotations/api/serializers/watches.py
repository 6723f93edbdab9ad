"""Watched pages and their checks."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import (
    EntityOut,
    PersonOut,
    Row,
    StrictSerializer,
    Text,
)
from annotations.articles.models import Article
from annotations.lifecycle.watches.choices import CheckOutcome, WatchState
from annotations.lifecycle.watches.reading import CheckLine
from annotations.projects.editing import REASON_LENGTH
from annotations.statements.models import Statement


class WatchIn(StrictSerializer):
    """The article or the statement whose page is to be watched: one of the two."""

    article = Row(Article, required=False, allow_null=True)
    statement = Row(Statement, required=False, allow_null=True)


class PauseIn(StrictSerializer):
    """Why the page is not to be looked at."""

    reason = Text(max_length=REASON_LENGTH)


class LookedIn(StrictSerializer):
    """Which check was looked at."""

    check = serializers.UUIDField(help_text="The uid of the check that was looked at.")


class WatchOut(EntityOut):
    """A watched page: what people decided, and where its checks are."""

    revision = serializers.IntegerField()
    updated_at = serializers.DateTimeField()
    article = serializers.UUIDField(source="article.uid", allow_null=True, default=None)
    statement = serializers.UUIDField(source="statement.uid", allow_null=True, default=None)
    url = serializers.CharField()
    canonical_url = serializers.CharField()
    state = serializers.ChoiceField(choices=WatchState.choices)
    paused_at = serializers.DateTimeField(allow_null=True)
    paused_by = PersonOut(allow_null=True)
    paused_reason = serializers.CharField()
    to_look = serializers.UUIDField(
        source="turn.to_look.uid",
        allow_null=True,
        default=None,
        help_text="The check that somebody has to look at; null where there is nothing.",
    )
    looked_check = serializers.UUIDField(
        allow_null=True, help_text="The check that somebody looked at last."
    )
    looked_at = serializers.DateTimeField(allow_null=True)
    looked_by = PersonOut(allow_null=True)
    outcome = serializers.ChoiceField(
        source="turn.outcome",
        choices=CheckOutcome.choices,
        allow_blank=True,
        help_text="Of the last check; empty before the first.",
    )
    why = serializers.CharField(source="turn.why", help_text="A code; what a check says of it.")
    checked_at = serializers.DateTimeField(source="turn.checked_at", allow_null=True)
    next_at = serializers.DateTimeField(
        source="turn.next_at", allow_null=True, help_text="Not before; null while paused."
    )
    is_under_way = serializers.BooleanField(source="turn.is_under_way")
    away_at = serializers.DateTimeField(
        source="turn.away_at", allow_null=True, help_text="Not to be read since."
    )
    gone_at = serializers.DateTimeField(
        source="turn.gone_at", allow_null=True, help_text="Plainly absent since."
    )


class ChangesOut(serializers.Serializer):
    """Stretches of the text that changed, counted."""

    weighty = serializers.IntegerField()
    plain = serializers.IntegerField()
    cosmetic = serializers.IntegerField()
    kinds = serializers.ListField(child=serializers.CharField())
    passages = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="The first of them, as they were and are; empty where there is a new version.",
    )
    words_gone = serializers.BooleanField(help_text="A statement's words are not there any more.")


class WatchCheckOut(serializers.Serializer):
    """One look at a watched page, and what it came to; never changed."""

    uid = serializers.UUIDField(source="check.uid")
    created_at = serializers.DateTimeField(source="check.created_at")
    started_at = serializers.DateTimeField(source="check.started_at")
    asked_by = PersonOut(source="check.asked_by", allow_null=True)
    outcome = serializers.ChoiceField(source="check.outcome", choices=CheckOutcome.choices)
    why = serializers.CharField(source="check.why", help_text="A code.")
    reason = serializers.CharField(source="check.reason", help_text="The code in words.")
    changes = serializers.SerializerMethodField()
    capture = serializers.UUIDField(source="capture.uid", allow_null=True, default=None)
    control = serializers.UUIDField(
        source="control.uid",
        allow_null=True,
        default=None,
        help_text="A capture of another page of the site at the time.",
    )
    version = serializers.UUIDField(source="check.version.uid", allow_null=True, default=None)
    event = serializers.UUIDField(source="event.uid", allow_null=True, default=None)
    claims = serializers.SerializerMethodField(help_text="Claims that the change touches.")

    @extend_schema_field(ChangesOut(allow_null=True))
    def get_changes(self, line: CheckLine) -> dict[str, Any] | None:
        """Return the counts; None where nothing was compared."""
        found = line.check.changes
        if "weighty" not in found:
            return None
        told = {"words_gone": False, "passages": [], **found}
        # Whoever may not see what was captured does not read its words here either.
        return told if line.capture is not None else {**told, "passages": []}

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_claims(self, line: CheckLine) -> list[Any]:
        """Return the uids of the claims the caller sees."""
        return [claim.uid for claim in line.touched]
