"""Articles and their versions."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import (
    EntityOut,
    Flag,
    ModeratedOut,
    NamedOut,
    StrictSerializer,
    Text,
    Word,
    uid_if_shown,
)
from annotations.articles.models import ArticleKind, BlockKind, MarkingState, VersionOrigin


class ArticleFields(StrictSerializer):
    """What is said about an article."""

    title = Text(max_length=500, required=False)
    kind = Word(choices=ArticleKind.choices, required=False)
    outlet_name = Text(max_length=200, required=False)
    byline = Text(max_length=300, required=False)
    url = Text(max_length=2000, required=False)
    language = Text(max_length=35, required=False)
    published = Text(max_length=80, required=False, help_text="EDTF, as entered.")


class ArticleIn(ArticleFields):
    """A new article with the text of its first version."""

    text = Text(
        help_text="Kept exactly, but for line ends (CR LF and CR become LF) and a leading BOM.",
    )
    standfirst = Text(required=False)
    copy_ok = Flag(
        required=False, help_text="Accept a text the project has, as a copy of that article."
    )


class ArticleChange(ArticleFields):
    """What can be corrected about an article; its text never changes."""

    marking_state = Word(choices=MarkingState.choices, required=False)


class CurrentVersionOut(serializers.Serializer):
    """The latest version of an article."""

    uid = serializers.UUIDField(source="version_uid")
    number = serializers.IntegerField(source="version_number")


class ArticleOut(ModeratedOut):
    """An article; its text is in its versions."""

    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=ArticleKind.choices)
    outlet = NamedOut(allow_null=True)
    byline = serializers.CharField()
    url = serializers.CharField()
    canonical_url = serializers.CharField()
    language = serializers.CharField()
    published = serializers.CharField()
    published_earliest = serializers.DateTimeField(allow_null=True)
    published_latest = serializers.DateTimeField(allow_null=True)
    published_zone = serializers.CharField()
    marking_state = serializers.ChoiceField(choices=MarkingState.choices)
    syndicated_from = serializers.SerializerMethodField()
    current_version = CurrentVersionOut(source="*")

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_syndicated_from(self, row: Any) -> Any:
        """Return the uid of the article this is a copy of, if the caller may see it."""
        return uid_if_shown(row.syndicated_from, self.context)


class VersionIn(StrictSerializer):
    """A further version of an article."""

    text = Text()
    standfirst = Text(required=False)


class VersionOut(EntityOut):
    """A version without its text."""

    number = serializers.IntegerField()
    length = serializers.IntegerField(help_text="In code points.")
    content_hash = serializers.CharField(help_text="SHA-256 of the text's UTF-8 bytes.")
    origin = serializers.ChoiceField(choices=VersionOrigin.choices)
    capture = serializers.UUIDField(
        source="capture.uid", allow_null=True, default=None, help_text="What it was read from."
    )


class BlockOut(serializers.Serializer):
    """Where a block of the text lies, in code points."""

    kind = serializers.ChoiceField(choices=BlockKind.choices)
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class VersionWithTextOut(VersionOut):
    """A version with its text and blocks."""

    text = serializers.CharField()
    blocks = BlockOut(many=True, source="blocks.all")
