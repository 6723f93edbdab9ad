"""What happened after it was said: events that never change, and how sure we are of them."""

from dataclasses import dataclass
from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.audit.history import tracked
from annotations.captures.models import Capture
from annotations.claims.models import Claim
from annotations.lifecycle import choices
from annotations.lifecycle.querysets import (
    AssessmentQuerySet,
    EventCaptureQuerySet,
    EventQuerySet,
    LookAgainQuerySet,
)
from annotations.lifecycle.state_rule import order_time
from annotations.projects.models import EditableEntity, InProject, Moderated, ProjectEntity
from annotations.sources.models import Source
from annotations.statements.models import Statement
from annotations.verification.verdicts.models import Verdict, VerdictState


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about a verdict that was to be looked at again."""

    at: datetime
    by: User
    reason: str


_APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete


class LifecycleEvent(ProjectEntity):
    """One thing that happened to a statement or an article. `created_at` is our own clock."""

    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="events"
    )
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="events"
    )
    type = models.CharField(_("what happened"), max_length=24, choices=choices.EventType.choices)
    happened = models.CharField(_("happened"), max_length=80, blank=True)
    happened_earliest = models.DateTimeField(null=True, blank=True, editable=False)
    happened_latest = models.DateTimeField(null=True, blank=True, editable=False)
    happened_zone = models.CharField(max_length=64, blank=True, editable=False)
    happened_basis = models.CharField(
        _("time rests on"),
        max_length=8,
        choices=choices.TimeBasis.choices,
        default=choices.TimeBasis.UNKNOWN,
    )
    noticed = models.CharField(_("noticed"), max_length=80, blank=True)
    noticed_earliest = models.DateTimeField(null=True, blank=True, editable=False)
    noticed_latest = models.DateTimeField(null=True, blank=True, editable=False)
    noticed_zone = models.CharField(max_length=64, blank=True, editable=False)
    actor = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="events_as_actor"
    )
    on_behalf_of = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="events_on_behalf"
    )
    self_observed = models.BooleanField(_("we saw it ourselves"), default=False)
    reason_given = models.CharField(
        _("reason"),
        max_length=8,
        choices=choices.ReasonGiven.choices,
        default=choices.ReasonGiven.UNKNOWN,
    )
    reason_text = models.TextField(_("reason, verbatim"), blank=True)
    reason_inferred = models.CharField(
        _("reason, inferred"), max_length=10, choices=choices.ReasonInferred.choices, blank=True
    )
    notice_url = models.TextField(_("notice URL"), blank=True)
    note = models.TextField(_("note"), blank=True)
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="events_reported"
    )

    # That of the latest assessment, and when that was made, where they were annotated.
    standing: str | None
    told_at: datetime

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("lifecycle event")
        verbose_name_plural = _("lifecycle events")
        constraints = [
            models.CheckConstraint(
                condition=Q(statement__isnull=False, article__isnull=True)
                | Q(statement__isnull=True, article__isnull=False),
                name="event_has_exactly_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(happened_earliest__isnull=True)
                | Q(happened_latest__isnull=True)
                | Q(happened_earliest__lte=models.F("happened_latest")),
                name="event_happened_earliest_before_latest",
            ),
            models.CheckConstraint(
                condition=Q(reason_given="given") | Q(reason_text=""),
                name="reason_text_only_when_given",
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="event_by_recorded")]
        triggers = [pgtrigger.Protect(name="event_never_changes", operation=_APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.get_type_display()} · {self.statement or self.article}"

    @property
    def order(self) -> tuple[datetime, int]:
        """Return what sorts events (`order_time`); ties by what was recorded first."""
        return order_time(self), self.pk


class EventAssessment(ProjectEntity):
    """How sure someone was, when, of an event. The latest one is the event's standing."""

    event = models.ForeignKey(LifecycleEvent, models.PROTECT, related_name="assessments")
    standing = models.CharField(_("standing"), max_length=12, choices=choices.Standing.choices)
    # Whose independent report this assessment rests on, beside the event's own.
    reporter = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    reason = models.TextField(_("reason"))
    evidence_url = models.TextField(_("evidence URL"), blank=True)
    evidence_note = models.TextField(_("evidence"), blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["event", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="assessment_has_a_reason"),
        ]
        triggers = [pgtrigger.Protect(name="assessment_never_changes", operation=_APPEND_ONLY)]

    def __str__(self) -> str:
        return self.get_standing_display()


class EventCapture(ProjectEntity):
    """A capture that shows how things were before or after an event, or that the site was well."""

    event = models.ForeignKey(LifecycleEvent, models.PROTECT, related_name="captures")
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="of_events")
    place = models.CharField(_("shows"), max_length=7, choices=choices.CapturePlace.choices)

    objects = EventCaptureQuerySet.as_manager()

    class Meta:
        verbose_name = _("capture of an event")
        verbose_name_plural = _("captures of an event")
        ordering = ["event", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "capture"], name="capture_has_one_place_in_an_event"
            ),
        ]
        triggers = [pgtrigger.Protect(name="event_capture_never_changes", operation=_APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.get_place_display()} · {self.capture}"


@tracked()
class EventModeration(InProject, Moderated):
    """Hiding of an event, kept beside it because the event itself never changes."""

    event = models.OneToOneField(LifecycleEvent, models.PROTECT, related_name="moderation")

    class Meta:
        verbose_name = _("event moderation")


@tracked()
class LookAgain(EditableEntity):
    """A verdict that rests on a statement which was withdrawn: somebody has to look at it again.

    `verdict` stood when the event became sure; `created_by` has said how sure it is. That it was
    corrected or rescinded since is told by the verdict itself, see `state`.
    """

    event = models.ForeignKey(LifecycleEvent, models.PROTECT, related_name="looks_again")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="looks_again")
    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="looks_again")
    assignee = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("assigned to"),
    )
    kept_at = models.DateTimeField(_("kept"), null=True, blank=True)
    kept_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("kept by"),
    )
    kept_reason = models.TextField(_("why kept"), blank=True)

    objects = LookAgainQuerySet.as_manager()

    class Meta:
        verbose_name = _("look again")
        verbose_name_plural = _("looks again")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "verdict"],
                condition=Q(kept_at__isnull=True),
                name="verdict_waits_once_per_event",
            ),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True, kept_by__isnull=True, kept_reason="")
                | (Q(kept_at__isnull=False, kept_by__isnull=False) & ~Q(kept_reason="")),
                name="kept_says_when_by_whom_and_why",
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="look_again_by_project")]
        triggers = [
            pgtrigger.Protect(
                name="what_is_looked_at_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("project", "uid", "event", "claim", "verdict"),
            ),
            pgtrigger.Protect(
                name="kept_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition('OLD."kept_at" IS NOT NULL'),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.claim.number} · {self.event.get_type_display()}"

    @property
    def state(self) -> choices.LookAgainState:
        """Return what became of it; that it was kept is said even of one that ended later."""
        if self.kept_at is not None:
            return choices.LookAgainState.KEPT
        if self.verdict.state != VerdictState.CURRENT:
            return choices.LookAgainState.CHANGED
        return choices.LookAgainState.OPEN

    @property
    def decided(self) -> "Decided | None":
        """Return who kept the verdict, or ended it, when and why; None while it is open."""
        if self.kept_at is not None and self.kept_by is not None:
            return Decided(self.kept_at, self.kept_by, self.kept_reason)
        ended = self.verdict
        if ended.ended_at is not None and ended.ended_by is not None:
            return Decided(ended.ended_at, ended.ended_by, ended.correction_note)
        return None

    @property
    def is_open(self) -> bool:
        """Say whether it waits for somebody's decision."""
        return self.state == choices.LookAgainState.OPEN
