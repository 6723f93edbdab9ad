"""Articles, their immutable versions, the blocks these are cut into, and uploads on the way in."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.querysets import (
    ArticleQuerySet,
    OutletQuerySet,
    UploadQuerySet,
    VersionQuerySet,
)
from annotations.audit.history import tracked
from annotations.captures.models import Capture, StoredFile
from annotations.projects.models import EditableEntity, InProject, Moderated, ProjectEntity


@tracked()
class Outlet(ProjectEntity):
    """A publisher of articles. The database gives each exactly one Source of kind outlet."""

    name = models.CharField(_("name"), max_length=200)
    # Folded by lib.names.fold_name, so that "CNN" and "cnn" are one outlet.
    name_key = models.CharField(max_length=200, editable=False)
    host = models.CharField(_("host name"), max_length=253, blank=True)

    objects = OutletQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlet")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name_key"], name="outlet_name_is_unique"),
        ]
        indexes = [models.Index(fields=["project", "name", "id"], name="outlet_by_name")]

    def __str__(self) -> str:
        return self.name


class ArticleKind(models.TextChoices):
    """What sort of text it is."""

    NEWS = "news", _("News")
    POST = "post", _("Post")
    TRANSCRIPT = "transcript", _("Transcript")
    DOCUMENT = "document", _("Document")
    PRESS_RELEASE = "press_release", _("Press release")
    OTHER = "other", _("Other")


class MarkingState(models.TextChoices):
    """How far marking has come."""

    TO_DO = "to_do", _("To do")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")


@tracked()
class Article(EditableEntity, Moderated):
    """Something published that claims are marked in; its words are in its versions."""

    title = models.CharField(_("title"), max_length=500)
    kind = models.CharField(
        _("kind"), max_length=16, choices=ArticleKind.choices, default=ArticleKind.NEWS
    )
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, null=True, blank=True, related_name="articles"
    )
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    url = models.TextField(_("URL"), blank=True)
    canonical_url = models.TextField(blank=True, editable=False)
    language = models.CharField(_("language"), max_length=35, blank=True)
    published = models.CharField(_("published"), max_length=80, blank=True)
    published_earliest = models.DateTimeField(null=True, blank=True, editable=False)
    published_latest = models.DateTimeField(null=True, blank=True, editable=False)
    published_zone = models.CharField(max_length=64, blank=True, editable=False)
    marking_state = models.CharField(
        _("marking"), max_length=12, choices=MarkingState.choices, default=MarkingState.TO_DO
    )
    syndicated_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="syndicated_copies"
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "canonical_url"],
                condition=~models.Q(canonical_url=""),
                name="article_url_is_unique_per_project",
            ),
            models.CheckConstraint(
                condition=~models.Q(syndicated_from=models.F("id")),
                name="article_is_not_its_own_copy",
            ),
        ]
        # Lists sort by each of these. `hidden_at` is inside, so that page 500 is counted off in the
        # index alone and only the 25 rows of the page are read from the table.
        indexes = [
            models.Index(
                fields=["project", "-created_at", "-id"],
                include=["hidden_at"],
                name="article_by_added",
            ),
            models.Index(
                fields=["project", "published_earliest", "id"],
                include=["hidden_at"],
                name="article_by_published",
            ),
            models.Index(
                "project",
                models.F("published_earliest").desc(nulls_last=True),
                models.F("id").desc(),
                include=["hidden_at"],
                name="article_by_published_last",
            ),
            models.Index(
                fields=["project", "title", "id"], include=["hidden_at"], name="article_by_title"
            ),
            models.Index(
                fields=["project", "marking_state", "-id"],
                include=["hidden_at"],
                name="article_by_marking",
            ),
            models.Index(
                fields=["project", "outlet", "-id"],
                include=["hidden_at"],
                name="article_by_outlet",
            ),
            models.Index(
                fields=["project", "language", "-id"],
                include=["hidden_at"],
                name="article_by_language",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class VersionOrigin(models.TextChoices):
    """How a version's text came in."""

    PASTE = "paste", _("Pasted")
    UPLOAD = "upload", _("Uploaded")
    COMMAND = "command", _("Added by command")
    FETCHED = "fetched", _("Fetched from its address")
    API = "api", _("Added by a program")
    IMPORT = "import", _("Imported")


class ArticleVersion(ProjectEntity):
    """One immutable text of an article. Offsets everywhere count its code points."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"))
    length = models.PositiveIntegerField(_("code points"))
    content_hash = models.CharField(max_length=64)
    origin = models.CharField(max_length=8, choices=VersionOrigin.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    # What the text was read from, where it was fetched.
    capture = models.ForeignKey(
        Capture, models.PROTECT, null=True, blank=True, related_name="versions"
    )
    # The highest number of the article's versions, where that was read along.
    latest_number: int

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_number_is_unique"),
            models.CheckConstraint(
                condition=models.Q(length__gte=1, length__lte=1_000_000),
                name="version_has_1_to_1000000_code_points",
            ),
        ]
        indexes = [models.Index(fields=["project", "content_hash"], name="version_by_content")]
        triggers = [
            pgtrigger.Protect(
                name="version_is_immutable", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} · v{self.number}"


class BlockKind(models.TextChoices):
    """What a block of text is."""

    HEADLINE = "headline", _("Headline")
    STANDFIRST = "standfirst", _("Standfirst")
    HEADING = "heading", _("Heading")
    PARAGRAPH = "paragraph", _("Paragraph")
    LIST = "list", _("List")
    QUOTE = "quote", _("Quote")
    CAPTION = "caption", _("Caption")
    EMBED = "embed", _("Embed")


class Block(InProject):
    """A run of a version's text; the blocks of a version concatenate exactly to it."""

    version = models.ForeignKey(ArticleVersion, models.PROTECT, related_name="blocks")
    n = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=BlockKind.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["version", "n"]
        constraints = [
            models.UniqueConstraint(fields=["version", "n"], name="block_number_is_unique"),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="block_start_before_end"
            ),
        ]
        indexes = [models.Index(fields=["version", "start"], name="block_by_start")]
        triggers = [
            pgtrigger.Protect(
                name="block_is_immutable", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]


class UploadState(models.TextChoices):
    """Where an upload is on its way to becoming an article."""

    WAITING = "waiting", _("Waiting")
    FETCHING = "fetching", _("Fetching")
    READING = "reading", _("Reading")
    READY = "ready", _("Ready to check")
    FAILED = "failed", _("Could not be read")
    SAVED = "saved", _("Saved")


class ArticleUpload(ProjectEntity):
    """A handed-in text between upload and saving: what was guessed, for a person to correct.

    With `url` it is fetched. `is_refresh` looks whether the article's page has changed since: what
    came of it is saved at once where nobody's corrections would be lost (see refreshing.py).
    """

    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="uploads"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    url = models.TextField(blank=True)
    capture = models.ForeignKey(
        Capture, models.PROTECT, null=True, blank=True, related_name="uploads"
    )
    is_refresh = models.BooleanField(default=False)
    encoding = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=UploadState.choices, default=UploadState.WAITING)
    error = models.TextField(blank=True)
    found = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    objects = UploadQuerySet.as_manager()


class Presence(InProject):
    """Who has an article open, and when their page last said so; forgotten after a crash."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="present_once_per_article"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.article}"
