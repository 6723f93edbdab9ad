"""The field's own words for evidence, as stored values (after AVeriTeC)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AnswerType(models.TextChoices):
    """How the answer follows from what was found."""

    EXTRACTIVE = "extractive", _("Extractive: its own words")
    ABSTRACTIVE = "abstractive", _("Abstractive: in our words")
    BOOLEAN = "boolean", _("Yes or no")
    UNANSWERABLE = "unanswerable", _("No answer was found")


class Medium(models.TextChoices):
    """What it was found in."""

    WEB_TEXT = "web_text", _("Text on a web page")
    WEB_TABLE = "web_table", _("Table on a web page")
    PDF = "pdf", _("PDF")
    IMAGE = "image", pgettext_lazy("medium", "Image")
    VIDEO = "video", pgettext_lazy("medium", "Video")
    AUDIO = "audio", pgettext_lazy("medium", "Audio")
    METADATA = "metadata", pgettext_lazy("medium", "Metadata")
    CLAIMANT_RESPONSE = "claimant_response", _("Claimant asked for comment")
    OTHER = "other", pgettext_lazy("medium", "Other")


class Stance(models.TextChoices):
    """What a piece of evidence says of one claim."""

    SUPPORTS = "supports", pgettext_lazy("stance", "Supports")
    REFUTES = "refutes", pgettext_lazy("stance", "Refutes")
    MIXED = "mixed", pgettext_lazy("stance", "Mixed")
    CONTEXT = "context", pgettext_lazy("stance", "Context")


class ResponseState(models.TextChoices):
    """What came of asking the claimant."""

    AWAITED = "awaited", pgettext_lazy("claimant", "Not answered yet")
    ANSWERED = "answered", pgettext_lazy("claimant", "Answered")
    NO_ANSWER = "no_answer", pgettext_lazy("claimant", "No answer")
