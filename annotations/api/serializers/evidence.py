"""Evidence, what it says of claims, and what it is independent of."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.claims import discarded
from annotations.api.serializers.fields import (
    DiscardOut,
    EntityOut,
    Flag,
    ModeratedOut,
    NamedOut,
    Row,
    StrictSerializer,
    Text,
    Word,
    named_if_shown,
)
from annotations.claims.models import Claim
from annotations.sources.models import Source
from annotations.verification.evidence.choices import (
    AnswerType,
    Medium,
    ResponseState,
    Stance,
)
from annotations.verification.evidence.columns import TEXTS
from annotations.verification.evidence.models import Evidence
from annotations.verification.evidence.warnings import Answer

_EDTF = "EDTF, as entered."
_ANSWERS = [(one.value, one.name) for one in Answer]


class EvidenceChange(StrictSerializer):
    """What was asked and found, where, and when; at least a word, a link or a file."""

    question = Text(max_length=TEXTS["question"], required=False)
    answer = Text(max_length=TEXTS["answer"], required=False)
    answer_type = Word(choices=AnswerType.choices, required=False, allow_blank=True)
    quote = Text(max_length=TEXTS["quote"], required=False, help_text="Verbatim, from inside it.")
    medium = Word(choices=Medium.choices, required=False)
    source = Row(Source, required=False, allow_null=True)
    source_name = Text(
        max_length=200, required=False, help_text="Aliases resolve; new ones are made."
    )
    url = Text(max_length=2000, required=False)
    published = Text(max_length=80, required=False, help_text=_EDTF)
    accessed = Text(max_length=80, required=False, help_text=_EDTF)
    captured = Text(max_length=80, required=False, help_text=_EDTF)
    asked_on = Text(max_length=80, required=False, help_text="Of a claimant_response. EDTF.")
    response = Word(
        choices=ResponseState.choices,
        required=False,
        allow_blank=True,
        help_text="Of a claimant_response, and required there.",
    )
    primary = Flag(required=False)
    confidential = Flag(required=False)


class EvidenceIn(EvidenceChange):
    """A new piece; with `claim`, put on that claim with the given `stance`."""

    claim = Row(Claim, required=False, allow_null=True)
    stance = Word(choices=Stance.choices, required=False, help_text="Required with `claim`.")


class EvidenceFileOut(serializers.Serializer):
    """The file of a piece; its type is what its content is."""

    name = serializers.CharField(source="file_name")
    media_type = serializers.CharField(source="file_type")
    size = serializers.IntegerField(source="file.size")
    sha256 = serializers.CharField(source="file.sha256")
    url = serializers.SerializerMethodField()

    def get_url(self, row: Any) -> str:
        """Return where the file is downloaded."""
        names = {"slug": self.context["project"].slug, "uid": row.uid}
        path = reverse("api-evidence-file", kwargs=names)
        return str(self.context["request"].build_absolute_uri(path))


class ClaimOfEvidenceOut(serializers.Serializer):
    """A claim that the piece is on, as far as the caller may see it."""

    uid = serializers.UUIDField(help_text="Of the link between the two.")
    claim = serializers.UUIDField(source="claim.uid")
    stance = serializers.ChoiceField(choices=Stance.choices)
    discarded = serializers.SerializerMethodField()

    @extend_schema_field(DiscardOut(allow_null=True))
    def get_discarded(self, row: Any) -> Any:
        """Return when, by whom and why it was taken off."""
        return discarded(row)


class ComparedOut(serializers.Serializer):
    """Another piece, and whether the two are independent of each other."""

    evidence = serializers.UUIDField()
    independent = serializers.BooleanField()


class EvidenceOut(ModeratedOut):
    """A piece of evidence."""

    question = serializers.CharField()
    answer = serializers.CharField()
    answer_type = serializers.ChoiceField(choices=AnswerType.choices, allow_blank=True)
    quote = serializers.CharField()
    medium = serializers.ChoiceField(choices=Medium.choices)
    source = serializers.SerializerMethodField()
    url = serializers.CharField()
    file = serializers.SerializerMethodField()
    published = serializers.CharField()
    published_earliest = serializers.DateTimeField(allow_null=True)
    published_latest = serializers.DateTimeField(allow_null=True)
    published_zone = serializers.CharField()
    accessed = serializers.CharField()
    accessed_earliest = serializers.DateTimeField(allow_null=True)
    accessed_latest = serializers.DateTimeField(allow_null=True)
    accessed_zone = serializers.CharField()
    captured = serializers.CharField()
    captured_earliest = serializers.DateTimeField(allow_null=True)
    captured_latest = serializers.DateTimeField(allow_null=True)
    captured_zone = serializers.CharField()
    asked_on = serializers.CharField()
    asked_earliest = serializers.DateTimeField(allow_null=True)
    asked_latest = serializers.DateTimeField(allow_null=True)
    asked_zone = serializers.CharField()
    response = serializers.ChoiceField(choices=ResponseState.choices, allow_blank=True)
    primary = serializers.BooleanField()
    confidential = serializers.BooleanField()
    claims = ClaimOfEvidenceOut(many=True)
    independence = ComparedOut(many=True)
    discarded = serializers.SerializerMethodField()

    @extend_schema_field(NamedOut(allow_null=True))
    def get_source(self, row: Any) -> dict[str, Any] | None:
        """Return whose it is, if the caller may see that source."""
        return named_if_shown(row.source, self.context)

    @extend_schema_field(EvidenceFileOut(allow_null=True))
    def get_file(self, row: Any) -> Any:
        """Return what is known of its file."""
        return None if row.file_id is None else EvidenceFileOut(row, context=self.context).data

    @extend_schema_field(DiscardOut(allow_null=True))
    def get_discarded(self, row: Any) -> Any:
        """Return when, by whom and why it was discarded."""
        return discarded(row)


class IndependenceIn(StrictSerializer):
    """Whether the piece is independent of another; null takes back what was said."""

    evidence = Row(Evidence)
    independent = Flag(allow_null=True)


class ClaimEvidenceChange(StrictSerializer):
    """What the piece says of the claim."""

    stance = Word(choices=Stance.choices)


class ClaimEvidenceIn(ClaimEvidenceChange):
    """A piece of the project that is put on the claim."""

    evidence = Row(Evidence)


class ClaimEvidenceOut(EntityOut):
    """A piece on a claim, with what it says of it."""

    updated_at = serializers.DateTimeField()
    revision = serializers.IntegerField()
    evidence = serializers.UUIDField(source="evidence.uid")
    title = serializers.CharField(source="evidence.title")
    stance = serializers.ChoiceField(choices=Stance.choices)
    counts = serializers.SerializerMethodField()
    discarded = serializers.SerializerMethodField()

    def get_counts(self, row: Any) -> bool:
        """Say whether neither the piece nor its place here was discarded."""
        return row.discarded_at is None and row.evidence.discarded_at is None

    @extend_schema_field(DiscardOut(allow_null=True))
    def get_discarded(self, row: Any) -> Any:
        """Return when, by whom and why it was taken off."""
        return discarded(row)


class DatedOut(serializers.Serializer):
    """One piece that counts, and whether it was published after the claim was made."""

    evidence = serializers.UUIDField()
    dated_after_claim = serializers.ChoiceField(choices=_ANSWERS)


class WarningsOut(serializers.Serializer):
    """What to be warned of in a claim's evidence, as far as the caller sees it."""

    one_origin = serializers.ChoiceField(choices=_ANSWERS)
    links_used_twice = serializers.ListField(
        child=serializers.ListField(child=serializers.UUIDField())
    )
    pieces = DatedOut(many=True)
