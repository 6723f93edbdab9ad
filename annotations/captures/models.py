"""Files as they were handed in, addressed by their content, and captures: archived fetches."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.captures.choices import (
    FAILURES,
    NOT_FETCHED,
    Origin,
    PageKindChoices,
    reason_words,
)
from annotations.captures.failures import OURS
from annotations.captures.quality import PageKind, Quality
from annotations.captures.querysets import CaptureQuerySet, TimeStampQuerySet
from annotations.projects.models import ProjectEntity


class StoredFile(ProjectEntity):
    """One file's bytes, kept once per project under their SHA-256 (see storage.py)."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "sha256"], name="file_is_stored_once_per_project"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Capture(ProjectEntity):
    """One attempt at an address and what it brought home. `created_at` is our own clock.

    `hops` holds each request with its answer's headers, and how long its parts took, in
    milliseconds; the bytes are in the WARC file. `body_sha256` is of the body once it is unpacked,
    `payload_digest` of what follows the headers on the wire.
    """

    url = models.TextField(_("URL"))
    canonical_url = models.TextField(editable=False)
    final_url = models.TextField(_("final URL"), editable=False)
    # Where it led, in the spelling of addresses; empty where that is no other address.
    final_canonical_url = models.TextField(blank=True, editable=False, default="")
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices)
    # When the page was as the capture shows it: asked for, archived, or said by the archive.
    taken_at = models.DateTimeField(_("taken"))
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    failure = models.CharField(_("failure"), max_length=20, choices=FAILURES, blank=True)
    failure_detail = models.CharField(max_length=300, blank=True)
    redirects = models.PositiveSmallIntegerField(_("redirects"), default=0)
    hops = models.JSONField(default=list)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)
    media_type = models.CharField(max_length=150, blank=True)
    body_sha256 = models.CharField(max_length=64, blank=True)
    body_size = models.PositiveBigIntegerField(default=0)
    text_sha256 = models.CharField(max_length=64, blank=True)
    text_length = models.PositiveIntegerField(default=0)
    extractor = models.CharField(max_length=40, blank=True)
    quality_score = models.PositiveSmallIntegerField(_("quality"))
    quality_kind = models.CharField(
        _("what it shows"), max_length=16, choices=PageKindChoices.choices
    )
    quality_reasons = models.JSONField(default=list)
    retry_after = models.PositiveIntegerField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    # The text whose hash is above, of a good page: what others are compared with.
    text_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    record_id = models.CharField(max_length=200, blank=True)
    payload_digest = models.CharField(max_length=71, blank=True)
    # What a web archive says of its copy (RFC 7089): whose address, and the copy's own.
    memento_url = models.TextField(blank=True)

    objects = CaptureQuerySet.as_manager()

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-taken_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(failure="", status__isnull=False) | ~Q(failure=""),
                name="capture_has_an_answer_or_a_failure",
            ),
            models.CheckConstraint(
                condition=Q(failure="", file__isnull=False) | ~Q(failure=""),
                name="answer_of_capture_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(quality_score__lte=100), name="capture_quality_is_0_to_100"
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "canonical_url", "-taken_at", "-id"], name="capture_by_address"
            ),
            models.Index(fields=["project", "-taken_at", "-id"], name="capture_by_taken"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="capture_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.url} · {self.shows}"

    @property
    def quality(self) -> Quality:
        """Return kind, score and reasons as they were judged."""
        kind = PageKind(self.quality_kind)
        return Quality(self.quality_score, kind, tuple(self.quality_reasons))

    @property
    def own_score(self) -> int | None:
        """Return the score from 0 to 100; None where the server says that all is as it was."""
        return self.quality.own_score

    @property
    def is_left_by_us(self) -> bool:
        """Say whether it was we who asked for nothing, or no further."""
        return self.failure in OURS

    @property
    def shows(self) -> str:
        """Return what it shows, in the language active now."""
        if self.is_left_by_us:
            return str(NOT_FETCHED)
        return str(PageKindChoices(self.quality_kind).label)

    @property
    def reasons(self) -> list[str]:
        """Return why it was judged so, in the language active now."""
        return [reason_words(reason) for reason in self.quality_reasons]

    @property
    def is_good(self) -> bool:
        """Say whether this is a page that a later one may be held against."""
        return self.quality.is_good


class TimeStamp(ProjectEntity):
    """A token (RFC 3161) over a capture's WARC file: that it existed at `stamped_at`.

    `sha256` is of the file as `download.capture_warc` gives it; `request` and `reply` are what was
    asked and answered, byte for byte. `created_at` is our own clock.
    """

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="time_stamps")
    sha256 = models.CharField(max_length=64)
    # Named by the operator; no words of a project.
    authority_url = models.TextField()
    request = models.BinaryField()
    reply = models.BinaryField()
    stamped_at = models.DateTimeField(_("stamped"))

    objects = TimeStampQuerySet.as_manager()

    class Meta:
        verbose_name = _("time stamp")
        verbose_name_plural = _("time stamps")
        ordering = ["stamped_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["capture", "authority_url"],
                name="capture_is_stamped_once_by_an_authority",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="time_stamp_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority_url} · {self.stamped_at:%Y-%m-%d %H:%M}"
