"""Judgements on claims. A label lives here and nowhere else."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.history import tracked
from annotations.claims.models import Claim
from annotations.projects.models import Discardable, EditableEntity, InProject
from annotations.verification.querysets import ReviewQuerySet


class Label(models.TextChoices):
    """A judgement on a claim (AVeriTeC's four, and one for what cannot be judged)."""

    SUPPORTED = "supported", _("Supported")
    REFUTED = "refuted", _("Refuted")
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence", _("Not enough evidence")
    CONFLICTING_EVIDENCE = "conflicting_evidence", _("Conflicting evidence")
    NOT_CHECKABLE = "not_checkable", _("Not checkable")


class Confidence(models.IntegerChoices):
    """How sure the reviewer is."""

    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")


@tracked(read_by=["claim"])
class Review(EditableEntity, Discardable):
    """One reviewer's judgement of one content revision of a claim; stale once that has passed.

    A discarded one is taken back by its reviewer: it stays readable with a mark and never counts.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reviews")
    claim_revision = models.PositiveIntegerField(_("claim revision judged"))
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="reviews")
    label = models.CharField(_("label"), max_length=20, choices=Label.choices)
    # On a scale of the project; `native_rating` holds what was typed where there was none.
    rating = models.ForeignKey(
        "annotations.RatingValue",
        models.PROTECT,
        verbose_name=_("rating"),
        null=True,
        blank=True,
        related_name="reviews",
    )
    native_rating = models.CharField(_("native rating"), max_length=60, blank=True)
    # What the reviewer was to go by.
    guideline = models.ForeignKey(
        "annotations.Guideline",
        models.PROTECT,
        verbose_name=_("guideline"),
        null=True,
        blank=True,
        related_name="reviews",
    )
    confidence = models.PositiveSmallIntegerField(
        _("confidence"), choices=Confidence.choices, null=True, blank=True
    )
    justification = models.TextField(_("justification"), blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-claim_revision", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "reviewer", "claim_revision"],
                name="one_review_per_reviewer_and_claim_revision",
            ),
            models.CheckConstraint(
                condition=Q(claim_revision__gte=1), name="review_judges_a_claim_revision"
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(native_rating=""),
                name="review_has_one_native_rating",
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "claim", "claim_revision"],
                include=["label", "reviewer", "created_at"],
                condition=Q(discarded_at__isnull=True),
                name="review_for_figures",
            ),
            models.Index(
                fields=["project", "reviewer", "label"],
                include=["claim"],
                condition=Q(discarded_at__isnull=True),
                name="review_by_label",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.get_label_display()}"

    @property
    def rating_words(self) -> str:
        """Return the native rating for people: of a scale, or as it was typed."""
        return self.rating.name if self.rating is not None else self.native_rating

    @property
    def is_stale(self) -> bool:
        """Say whether the claim has changed since; a stale review never counts."""
        return self.claim_revision != self.claim.content_revision


class Draft(InProject):
    """What somebody has typed into a form and not saved: theirs alone, and in nobody's history."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    # The form and what it is about, as the page names it.
    about = models.CharField(max_length=80)
    content = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "user", "about"], name="one_draft_per_form"),
        ]

    def __str__(self) -> str:
        return self.about
