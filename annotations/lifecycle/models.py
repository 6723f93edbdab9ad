"""What happened after it was said: events that never change, and how sure we are of them."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.articles.models import Article
from annotations.audit.history import tracked
from annotations.claims.models import Claim
from annotations.lifecycle import choices
from annotations.lifecycle.querysets import AssessmentQuerySet, EventQuerySet
from annotations.projects.models import InProject, Moderated, ProjectEntity
from annotations.sources.models import Source
from annotations.statements.models import Statement

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


@tracked()
class EventModeration(InProject, Moderated):
    """Hiding of an event, kept beside it because the event itself never changes."""

    event = models.OneToOneField(LifecycleEvent, models.PROTECT, related_name="moderation")

    class Meta:
        verbose_name = _("event moderation")
