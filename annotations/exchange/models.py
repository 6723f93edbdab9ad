"""Every bulk export and every proof bundle: what, for whom, and its hash."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.captures.models import StoredFile
from annotations.captures.reading import PROOF_TYPE
from annotations.exchange.querysets import BundleQuerySet, ReleaseQuerySet
from annotations.lifecycle.models import LifecycleEvent
from annotations.projects.models import ProjectEntity


class ExportRelease(ProjectEntity):
    """One finished or cut-off export."""

    format = models.CharField(_("format"), max_length=20)
    # Whose eyes the export was made with; nobody's means everything (operators' command only).
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    with_history = models.BooleanField(default=False)
    # The moment whose knowledge it holds; none for the moment it was made.
    known_at = models.DateTimeField(_("known at"), null=True, blank=True, editable=False)
    counts = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    # Empty while it is being made, and for ever when it was cut off.
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["project", "-created_at"], name="release_by_made")]

    def __str__(self) -> str:
        return f"{self.format} · {self.created_at:%Y-%m-%d %H:%M}"


class BundleState(models.TextChoices):
    """How far a proof bundle is."""

    WAITING = "waiting", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")
    GONE = "gone", _("Not kept any more")


class BundleProblem(models.TextChoices):
    """Why a proof bundle could not be made, or is not kept any more."""

    TOO_LARGE = "too_large", _("It would be larger than 200 MB: too many pages were captured.")
    NOT_SEEN = "not_seen", _("You may not see this event any more, or not export it.")
    STOPPED = "stopped", _("The worker was stopped while it was made. Ask for it again.")
    NEWER = "newer", _("You have a newer one of this event.")
    OLD = "old", _("Bundles are kept for 30 days. Ask for a new one.")
    PERSON = "person", _("Somebody it names has another name now. Ask for a new one.")


# Longer than making the largest takes; then whoever asked may ask anew.
BUNDLE_GIVEN_UP = timedelta(minutes=30)


class ProofBundle(ProjectEntity):
    """An archive that proves one event to somebody without access; made by the worker.

    `created_by` asked for it, and it holds what they may see. `holds` names the rows in it by uid,
    so that nobody is given it once they may not see one of them.
    """

    # Found by `bundle_by_event`.
    event = models.ForeignKey(
        LifecycleEvent, models.PROTECT, related_name="proof_bundles", db_index=False
    )
    state = models.CharField(
        _("state"), max_length=8, choices=BundleState.choices, default=BundleState.WAITING
    )
    problem = models.CharField(max_length=10, choices=BundleProblem.choices, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    captures = models.PositiveIntegerField(default=0)
    holds = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    # When the authority says that the list of its files existed; none without an authority.
    stamped_at = models.DateTimeField(_("stamped"), null=True, blank=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof bundle")
        verbose_name_plural = _("proof bundles")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "created_by"],
                condition=Q(state="waiting"),
                name="one_bundle_waits_per_person_and_event",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(file__isnull=False, made_at__isnull=False),
                name="ready_bundle_has_a_file",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "created_by", "-id"], name="bundle_by_event"),
            models.Index(fields=["project", "-id"], name="bundle_by_project"),
        ]

    def __str__(self) -> str:
        return f"{self.event} · {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_there(self) -> bool:
        """Say whether there is an archive to be saved: a redaction may have replaced it."""
        return (
            self.state == BundleState.READY
            and self.file is not None
            and self.file.media_type == PROOF_TYPE
        )

    def is_waiting_for(self, time: timedelta) -> bool:
        """Say whether it has been waiting for longer than this."""
        return self.state == BundleState.WAITING and timezone.now() - self.created_at > time
