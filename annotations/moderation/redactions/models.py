"""What was asked to be redacted, by whom, on which ground, who confirmed it and what went."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.history import tracked
from annotations.captures.models import StoredFile
from annotations.lib.ids import uuid7
from annotations.moderation.redactions import triggers
from annotations.moderation.redactions.querysets import RedactionQuerySet
from annotations.projects.models import Project


class Kind(models.TextChoices):
    """What is taken away."""

    WORDS = "words", _("Words of a project")
    PERSON = "person", _("A person's name and address")


class Ground(models.TextChoices):
    """What obliges us."""

    COURT_ORDER = "court_order", _("Court order")
    DATA_PROTECTION = "data_protection", _("Data protection")
    OTHER = "other", _("Other legal duty")


class State(models.TextChoices):
    """How far it has come."""

    LOOKING = "looking", _("Places are being looked for")
    FOUND = "found", _("Waiting for the second person")
    CHANGED = "changed", _("Something changed: look again")
    CONFIRMED = "confirmed", _("Confirmed, being overwritten")
    OVERWRITTEN = "overwritten", _("Overwritten, files are being removed")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


WAITING = (State.LOOKING, State.FOUND, State.CHANGED)


# Places are found anew with every look, and never change once it is confirmed.
@tracked(exclude=["places"])
class Redaction(models.Model):
    """One redaction, kept for ever. It never holds the words: these are in RedactionWords until
    they are gone everywhere else, and leave with them.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(_("what"), max_length=8, choices=Kind.choices)
    # Of words; a person's belongs to the installation.
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("project"),
    )
    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    ground = models.CharField(_("legal ground"), max_length=16, choices=Ground.choices)
    reference = models.TextField(_("reference"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    # [{"table", "column", "rows", "times", "sha256", "ids"}]: where they stand, or stood.
    places = models.JSONField(_("places"), default=list)
    # Of everything that went: over the digests of the places and of the files.
    sha256 = models.CharField(_("SHA-256 of what went"), max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = RedactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="words", project__isnull=False, person__isnull=True)
                | Q(kind="person", project__isnull=True, person__isnull=False),
                name="redaction_is_of_words_or_of_a_person",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("created_by")),
                name="redaction_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=("confirmed", "overwritten", "done"),
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                )
                | Q(
                    state__in=("looking", "found", "changed", "cancelled"),
                    confirmed_by__isnull=True,
                    confirmed_at__isnull=True,
                ),
                name="redaction_is_confirmed_before_it_is_done",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "-id"], name="redaction_of_project"),
        ]
        triggers = [triggers.TAKES_TWO]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_ground_display()} · {self.reference[:60]}"


class RedactionWords(models.Model):
    """The words themselves, for the second person to read; gone once they are overwritten."""

    redaction = models.OneToOneField(Redaction, models.PROTECT, related_name="words")
    spellings = ArrayField(models.TextField())
    whole_words = models.BooleanField(default=True)
    pattern = models.TextField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="words_to_redact_never_change", operation=pgtrigger.Update)
        ]

    def __str__(self) -> str:
        return ", ".join(self.spellings)


class RedactionFile(models.Model):
    """A stored file that holds the words, or may: what it was, and what took its place."""

    redaction = models.ForeignKey(Redaction, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    # How often the words stand in it; none where it cannot be searched.
    times = models.PositiveIntegerField(null=True)
    # Replaced as a whole by a note, because two people say so.
    is_replaced = models.BooleanField(default=False)
    sha256_before = models.CharField(max_length=64)
    sha256_after = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["redaction", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["redaction", "file"], name="redaction_names_a_file_once"
            ),
        ]
        triggers = [triggers.FILES_AS_CONFIRMED]

    def __str__(self) -> str:
        return self.sha256_before
