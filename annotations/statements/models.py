"""Speech acts: who said what, when and where, and what has become of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.audit.history import tracked
from annotations.projects.models import EditableEntity, Moderated
from annotations.sources.models import Source
from annotations.statements.querysets import StatementQuerySet


class StatementState(models.TextChoices):
    """What its events say has become of a statement; kept in the events' transaction."""

    # Of an event the same word says how sure it is.
    STANDING = "standing", pgettext_lazy("statement", "Standing")
    CHANGED = "changed", _("Changed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REMOVED = "removed", _("Removed")
    RESTORED = "restored", _("Restored")


@tracked()
class Statement(EditableEntity, Moderated):
    """One speech act; many claims and articles can rest on it."""

    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="statements"
    )
    channel = models.CharField(
        _("channel"), max_length=200, blank=True, help_text=_("For example: Facebook, briefing")
    )
    url = models.TextField(_("URL"), blank=True)
    canonical_url = models.TextField(blank=True, editable=False)
    said_on = models.CharField(_("said on"), max_length=80, blank=True)
    said_earliest = models.DateTimeField(null=True, blank=True, editable=False)
    said_latest = models.DateTimeField(null=True, blank=True, editable=False)
    said_zone = models.CharField(max_length=64, blank=True, editable=False)
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    confidential = models.BooleanField(_("confidential"), default=False)
    state = models.CharField(
        max_length=10,
        choices=StatementState.choices,
        default=StatementState.STANDING,
        editable=False,
    )
    state_event = models.ForeignKey(
        "annotations.LifecycleEvent",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(said_earliest__isnull=True)
                | models.Q(said_latest__isnull=True)
                | models.Q(said_earliest__lte=models.F("said_latest")),
                name="statement_said_earliest_before_latest",
            ),
            models.CheckConstraint(
                condition=~models.Q(source__isnull=True, url="", text="", channel=""),
                name="statement_says_who_or_what_or_where",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "-said_earliest", "-id"], name="statement_by_said"),
            models.Index(fields=["project", "-created_at", "-id"], name="statement_by_added"),
            models.Index(
                fields=["project", "canonical_url"],
                condition=~models.Q(canonical_url=""),
                name="statement_by_url",
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(str(part) for part in (self.source, self.channel, self.said_on) if part)
