"""What was decided of a claim: adjudications of disputed reviews, and verdicts for everybody."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.history import tracked
from annotations.claims.models import Claim
from annotations.projects.models import EditableEntity, InProject, ProjectEntity
from annotations.verification.evidence.models import Evidence
from annotations.verification.models import Confidence, Label, Review
from annotations.verification.verdicts import triggers
from annotations.verification.verdicts.querysets import (
    AdjudicationQuerySet,
    VerdictEvidenceQuerySet,
    VerdictQuerySet,
    WeighedQuerySet,
)

# What of a judgement is decided by itself: taken from one of the reviews, or in own words.
FIELDS = ("label", "native_rating", "confidence", "justification")


class Adjudication(ProjectEntity):
    """A moderator's decision of a disputed claim; a later one takes its place, the row stays.

    `created_by` has adjudicated. Stale once the claim's content has changed.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="adjudications")
    claim_revision = models.PositiveIntegerField(_("claim revision judged"))
    label = models.CharField(_("label"), max_length=20, choices=Label.choices)
    native_rating = models.CharField(_("native rating"), max_length=60, blank=True)
    confidence = models.PositiveSmallIntegerField(
        _("confidence"), choices=Confidence.choices, null=True, blank=True
    )
    justification = models.TextField(_("justification"), blank=True)
    reason = models.TextField(_("reason"))

    objects = AdjudicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("adjudication")
        verbose_name_plural = _("adjudications")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="adjudication_has_a_reason"),
            models.CheckConstraint(
                condition=Q(claim_revision__gte=1), name="adjudication_judges_a_claim_revision"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="adjudication_never_changes", operation=triggers.NEVER_CHANGES),
            triggers.ADJUDICATOR_TOOK_NO_SIDE,
        ]

    def __str__(self) -> str:
        return f"#{self.claim.number}: {self.get_label_display()}"

    @property
    def is_stale(self) -> bool:
        """Say whether the claim has changed since."""
        return self.claim_revision != self.claim.content_revision


class AdjudicationReview(InProject):
    """One review that was weighed, as it stood then, and which fields were taken from it."""

    adjudication = models.ForeignKey(Adjudication, models.PROTECT, related_name="weighed")
    review = models.ForeignKey(Review, models.PROTECT, related_name="weighed_in")
    review_revision = models.PositiveIntegerField()
    gives = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    objects = WeighedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["adjudication", "review"], name="review_is_weighed_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="weighed_never_changes", operation=triggers.NEVER_CHANGES)
        ]

    def __str__(self) -> str:
        return str(self.review)


class VerdictState(models.TextChoices):
    """Whether the project stands behind it."""

    CURRENT = "current", _("Current")
    SUPERSEDED = "superseded", _("Superseded")
    RESCINDED = "rescinded", _("Rescinded")


@tracked()
class Verdict(EditableEntity):
    """What the project says of a claim in public. `created_by` has published it.

    It rests on one adjudication, or on reviews (VerdictReview). Its words never change; it ends
    once, superseded by another or rescinded, with a correction note that every member reads.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="verdicts")
    claim_revision = models.PositiveIntegerField(_("claim revision judged"))
    claim_text = models.TextField(_("words judged"))
    label = models.CharField(_("label"), max_length=20, choices=Label.choices)
    native_rating = models.CharField(_("native rating"), max_length=60, blank=True)
    reason = models.TextField(_("reason"))
    adjudication = models.ForeignKey(
        Adjudication, models.PROTECT, null=True, blank=True, related_name="verdicts"
    )
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=VerdictState.choices, default=VerdictState.CURRENT
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    correction_note = models.TextField(_("correction note"), blank=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(state="current"), name="one_current_verdict_per_claim"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="verdict_has_a_reason"),
            models.CheckConstraint(
                condition=Q(claim_revision__gte=1) & ~Q(claim_text=""),
                name="verdict_judges_a_claim_revision",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="current",
                    ended_at__isnull=True,
                    ended_by__isnull=True,
                    correction_note="",
                )
                | Q(
                    ~Q(correction_note=""),
                    state__in=("superseded", "rescinded"),
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                ),
                name="ended_verdict_says_when_by_whom_and_why",
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="verdict_by_published")]
        triggers = [
            pgtrigger.Protect(
                name="published_words_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "project",
                    "uid",
                    "created_at",
                    "created_by",
                    "claim",
                    "claim_revision",
                    "claim_text",
                    "label",
                    "native_rating",
                    "reason",
                    "adjudication",
                    "supersedes",
                ),
            ),
            pgtrigger.Protect(
                name="verdict_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.\"state\" <> 'current'"),
            ),
            triggers.FOUR_EYES,
        ]

    def __str__(self) -> str:
        return f"#{self.claim.number}: {self.get_label_display()}"

    @property
    def is_stale(self) -> bool:
        """Say whether the claim has changed, or was reopened, since."""
        return self.claim_revision != self.claim.content_revision


class VerdictReview(InProject):
    """One of the reviews a verdict rests on, as it stood then."""

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="basis")
    review = models.ForeignKey(Review, models.PROTECT, related_name="verdicts")
    review_revision = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["verdict", "review"], name="verdict_rests_on_a_review_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="basis_never_changes", operation=triggers.NEVER_CHANGES),
            triggers.FOUR_EYES_OF_BASIS,
        ]

    def __str__(self) -> str:
        return str(self.review)


class VerdictEvidence(InProject):
    """One of the pieces a verdict rests on, as it stood then."""

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="evidence")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="verdicts")
    evidence_revision = models.PositiveIntegerField()

    objects = VerdictEvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["verdict", "evidence"], name="verdict_rests_on_evidence_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="rested_on_never_changes", operation=triggers.NEVER_CHANGES)
        ]

    def __str__(self) -> str:
        return str(self.evidence)
