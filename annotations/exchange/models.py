"""Every bulk export: what, for whom, how many, and its hash."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.exchange.querysets import ReleaseQuerySet
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
