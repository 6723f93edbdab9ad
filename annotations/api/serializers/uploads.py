"""Texts on their way to becoming articles: fetched by the worker, read, and saved."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.articles import ArticleFields
from annotations.api.serializers.fields import (
    EntityOut,
    Flag,
    Row,
    StrictSerializer,
    Text,
    uid_if_shown,
)
from annotations.articles.models import Article, ArticleUpload, UploadState
from annotations.articles.refreshing import Outcome
from annotations.articles.uploads import found_of, problem_of
from annotations.projects.refusals import sentence


class UploadIn(StrictSerializer):
    """The address of a page to be fetched, archived and read."""

    url = Text(max_length=8000)
    article = Row(Article, required=False, help_text="To get it as a further version.")


class UploadSaveIn(ArticleFields):
    """What was read, corrected; what is left out is kept as it was read.

    A further version takes `text` alone.
    """

    text = Text(required=False)
    copy_ok = Flag(
        required=False, help_text="Accept a text the project has, as a copy of that article."
    )


class FoundOut(serializers.Serializer):
    """What was read, to be corrected."""

    title = serializers.CharField()
    standfirst = serializers.CharField()
    outlet_name = serializers.CharField(source="outlet")
    byline = serializers.CharField()
    published = serializers.CharField()
    language = serializers.CharField()
    url = serializers.CharField()
    text = serializers.CharField()


class UploadOut(EntityOut):
    """How far a page has come, and what became of it."""

    url = serializers.CharField()
    state = serializers.ChoiceField(choices=UploadState.choices)
    is_refresh = serializers.BooleanField(help_text="Whether an article's own page was asked for.")
    article = serializers.SerializerMethodField()
    capture = serializers.SerializerMethodField()
    outcome = serializers.SerializerMethodField(help_text="Of a refresh: what it came to.")
    version = serializers.SerializerMethodField(help_text="The number of the version it is about.")
    problem = serializers.SerializerMethodField(help_text="Why not, in the reader's language.")
    reasons = serializers.SerializerMethodField(
        help_text="Codes: another_text, and as the capture was judged."
    )
    found = serializers.SerializerMethodField()

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_article(self, row: ArticleUpload) -> Any:
        """Return the article it is of, or became."""
        return uid_if_shown(row.article, self.context)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_capture(self, row: ArticleUpload) -> Any:
        """Return the capture that was made."""
        return row.capture.uid if row.capture else None

    @extend_schema_field({"type": "string", "nullable": True, "enum": [*map(str, Outcome), None]})
    def get_outcome(self, row: ArticleUpload) -> str | None:
        """Return what a refresh came to, once it has."""
        if not row.is_refresh:
            return None
        known = {UploadState.READY: Outcome.TO_CHECK, UploadState.FAILED: Outcome.NOT_GOOD}
        return known.get(UploadState(row.state)) or row.found.get("outcome")

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_version(self, row: ArticleUpload) -> int | None:
        """Return the version that was added, or that has the text."""
        number: int | None = row.found.get("version")
        return number

    @extend_schema_field(serializers.CharField())
    def get_problem(self, row: ArticleUpload) -> str:
        """Return why it could not be used; empty where it could."""
        problem = problem_of(row)
        return sentence(problem) if problem else ""

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_reasons(self, row: ArticleUpload) -> list[str]:
        """Return why it waits, and why the capture was judged as it was."""
        waits = ["another_text"] if found_of(row).is_another_text else []
        return waits + (list(row.capture.quality_reasons) if row.capture else [])

    @extend_schema_field(FoundOut(allow_null=True))
    def get_found(self, row: ArticleUpload) -> Any:
        """Return what was read, while it waits to be saved."""
        return FoundOut(found_of(row)).data if row.state == UploadState.READY else None
