"""Proof bundles as programs read them."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import EntityOut, StrictSerializer
from annotations.exchange.models import BundleProblem, BundleState


class BundleIn(StrictSerializer):
    """Nothing is chosen: a bundle holds what the caller may see of the event."""


class BundleOut(EntityOut):
    """A proof bundle of an event: how far it is, and what came of it."""

    event = serializers.UUIDField(source="event.uid")
    state = serializers.ChoiceField(choices=BundleState.choices)
    problem = serializers.ChoiceField(
        choices=BundleProblem.choices, allow_blank=True, help_text="Why there is none."
    )
    captures = serializers.IntegerField()
    size = serializers.IntegerField(help_text="Bytes of the archive.")
    sha256 = serializers.CharField(help_text="Of the archive; empty before it is made.")
    made_at = serializers.DateTimeField(allow_null=True)
    stamped_at = serializers.DateTimeField(
        allow_null=True, help_text="What the time-stamp authority says of the list of its files."
    )
    file = serializers.SerializerMethodField()

    @extend_schema_field({"type": "string", "format": "uri", "nullable": True})
    def get_file(self, bundle: Any) -> str | None:
        """Return where the archive is downloaded; None while there is none."""
        if not bundle.is_there:
            return None
        names = {"slug": self.context["project"].slug, "event_uid": bundle.event.uid}
        path = reverse("api-event-bundle-file", kwargs=names | {"uid": bundle.uid})
        return str(self.context["request"].build_absolute_uri(path))
