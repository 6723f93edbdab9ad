"""Captures as programs read them; what was fetched itself is in their WARC files."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import EntityOut, StrictSerializer, Text
from annotations.captures.copies import NoCopy, copy_problem


class CaptureIn(StrictSerializer):
    """An address to be captured."""

    url = Text(max_length=8000)
    copy_of = Text(
        max_length=8000,
        required=False,
        help_text="The page that a web archive's copy at `url` was made of.",
    )


class CaptureQueuedOut(serializers.Serializer):
    """The uid a capture will have."""

    uid = serializers.UUIDField()


class CaptureFileOut(serializers.Serializer):
    """A file that was handed in, and how many captures the worker makes of it."""

    file = serializers.UUIDField(help_text="For `?file=` of the list.")
    answers = serializers.IntegerField()


class CaptureHopOut(serializers.Serializer):
    """One request and its answer; of uploads, only what the file says."""

    url = serializers.CharField()
    address = serializers.CharField()
    started_at = serializers.DateTimeField()
    status = serializers.IntegerField(allow_null=True)
    headers = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class NoCopyOut(serializers.Serializer):
    """Why what was fetched is no copy of a page."""

    code = serializers.ChoiceField([code.value for code in NoCopy])
    message = serializers.CharField()
    original = serializers.CharField(help_text="The page it is a copy of, if another.")


class CaptureOut(EntityOut):
    """One attempt at an address: what came, and how it was judged when it was taken."""

    url = serializers.CharField(help_text="As it was asked for.")
    canonical_url = serializers.CharField(help_text="What it is a capture of.")
    final_url = serializers.CharField()
    origin = serializers.CharField(help_text="fetched, uploaded or web_archive.")
    taken_at = serializers.DateTimeField(help_text="When the page was so.")
    status = serializers.IntegerField(allow_null=True)
    failure = serializers.CharField(help_text="A code; empty where a usable answer came.")
    redirects = serializers.IntegerField()
    media_type = serializers.CharField()
    body_sha256 = serializers.CharField()
    body_size = serializers.IntegerField()
    text_sha256 = serializers.CharField()
    extractor = serializers.CharField(help_text="Compare texts only where it is the same.")
    quality = serializers.SerializerMethodField()
    retry_after = serializers.IntegerField(allow_null=True, help_text="Seconds.")
    memento_url = serializers.CharField()
    payload_digest = serializers.CharField()
    no_copy = serializers.SerializerMethodField(
        help_text="Why it is no copy of the page named by `?copy_of=`; null where it is one."
    )
    hops = serializers.SerializerMethodField()
    warc = serializers.SerializerMethodField()

    @extend_schema_field({"type": "object", "properties": {
        "kind": {"type": "string"},
        "score": {"type": "integer", "minimum": 0, "maximum": 100, "nullable": True},
        "reasons": {"type": "array", "items": {"type": "string"}},
        "is_good": {"type": "boolean"},
    }})  # fmt: skip
    def get_quality(self, capture: Any) -> dict[str, object]:
        """Return kind, score and reasons; no score (null) where the page is as it was (304)."""
        quality = capture.quality
        return {
            "kind": quality.kind.value,
            "score": quality.own_score,
            "reasons": list(quality.reasons),
            "is_good": quality.is_good,
        }

    @extend_schema_field(NoCopyOut(allow_null=True))
    def get_no_copy(self, capture: Any) -> dict[str, str] | None:
        """Return why a capture is no copy of what was asked; None where nothing was asked."""
        original = self.context.get("copy_of", "")
        problem = copy_problem(capture, original=original) if original else None
        if problem is None:
            return None
        sentence = gettext(problem.sentence)
        return {"code": problem.code, "message": sentence, "original": problem.original}

    @extend_schema_field(CaptureHopOut(many=True))
    def get_hops(self, capture: Any) -> list[dict[str, Any]]:
        """Return the hops without what was sent, which is always the same."""
        names = ("url", "address", "started_at", "status", "headers")
        return [{name: hop.get(name) for name in names} for hop in capture.hops]

    @extend_schema_field({"type": "string", "format": "uri", "nullable": True})
    def get_warc(self, capture: Any) -> str | None:
        """Return where the WARC file is downloaded; None where nothing was archived."""
        if capture.file_id is None:
            return None
        names = {"slug": self.context["project"].slug, "uid": capture.uid}
        path = reverse("api-capture-warc", kwargs=names)
        return str(self.context["request"].build_absolute_uri(path))
