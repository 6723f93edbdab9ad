"""Evidence, what it says of which claim, and which pieces are independent of each other."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.audit.history import tracked
from annotations.captures.models import StoredFile
from annotations.claims.models import Claim
from annotations.projects.models import Discardable, EditableEntity, Moderated, ProjectEntity
from annotations.sources.models import Source
from annotations.verification.evidence import choices
from annotations.verification.evidence.querysets import (
    ClaimEvidenceQuerySet,
    EvidenceQuerySet,
    IndependenceQuerySet,
    ReviewEvidenceQuerySet,
)
from annotations.verification.models import Review

LONGEST_TITLE = 120


def _in_order(prefix: str) -> models.CheckConstraint:
    """Write that a time's bounds stand in their order."""
    earliest, latest = f"{prefix}_earliest", f"{prefix}_latest"
    return models.CheckConstraint(
        condition=Q(**{f"{earliest}__isnull": True})
        | Q(**{f"{latest}__isnull": True})
        | Q(**{f"{earliest}__lte": F(latest)}),
        name=f"evidence_{prefix}_earliest_before_latest",
    )


# Looked up by file too: a file that history names is not let go.
@tracked(read_by=["file"])
class Evidence(EditableEntity, Moderated, Discardable):
    """One thing that was found, and what it answers; several claims can rest on it."""

    question = models.TextField(_("question"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answer_type = models.CharField(
        _("answer type"), max_length=12, choices=choices.AnswerType.choices, blank=True
    )
    medium = models.CharField(
        _("medium"),
        max_length=17,
        choices=choices.Medium.choices,
        default=choices.Medium.WEB_TEXT,
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    url = models.TextField(_("URL"), blank=True)
    canonical_url = models.TextField(blank=True, editable=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    # As handed in here: the bytes are kept once, whoever named them first.
    file_name = models.CharField(_("file name"), max_length=260, blank=True, editable=False)
    file_type = models.CharField(_("file type"), max_length=40, blank=True, editable=False)
    quote = models.TextField(_("quote"), blank=True)
    published = models.CharField(_("published"), max_length=80, blank=True)
    published_earliest = models.DateTimeField(null=True, blank=True, editable=False)
    published_latest = models.DateTimeField(null=True, blank=True, editable=False)
    published_zone = models.CharField(max_length=64, blank=True, editable=False)
    accessed = models.CharField(_("accessed"), max_length=80, blank=True)
    accessed_earliest = models.DateTimeField(null=True, blank=True, editable=False)
    accessed_latest = models.DateTimeField(null=True, blank=True, editable=False)
    accessed_zone = models.CharField(max_length=64, blank=True, editable=False)
    captured = models.CharField(_("captured"), max_length=80, blank=True)
    captured_earliest = models.DateTimeField(null=True, blank=True, editable=False)
    captured_latest = models.DateTimeField(null=True, blank=True, editable=False)
    captured_zone = models.CharField(max_length=64, blank=True, editable=False)
    asked_on = models.CharField(_("claimant asked on"), max_length=80, blank=True)
    asked_earliest = models.DateTimeField(null=True, blank=True, editable=False)
    asked_latest = models.DateTimeField(null=True, blank=True, editable=False)
    asked_zone = models.CharField(max_length=64, blank=True, editable=False)
    response = models.CharField(
        _("claimant's response"), max_length=9, choices=choices.ResponseState.choices, blank=True
    )
    primary = models.BooleanField(_("primary source"), default=False)
    confidential = models.BooleanField(_("confidential"), default=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(
                condition=~Q(
                    question="", answer="", quote="", url="", response="", file__isnull=True
                ),
                name="evidence_says_or_shows_something",
            ),
            models.CheckConstraint(
                condition=(Q(medium="claimant_response") & ~Q(response=""))
                | (~Q(medium="claimant_response") & Q(response="", asked_on="")),
                name="evidence_of_a_claimant_says_whether_answered",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True, file_name="", file_type="")
                | (Q(file__isnull=False) & ~Q(file_name="") & ~Q(file_type="")),
                name="evidence_file_has_a_name_and_a_type",
            ),
            *(_in_order(prefix) for prefix in ("published", "accessed", "captured", "asked")),
        ]
        indexes = [
            models.Index(fields=["project", "-id"], name="evidence_by_added"),
            models.Index(
                fields=["project", "canonical_url"],
                condition=~Q(canonical_url=""),
                name="evidence_by_link",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Return what lists call it: the first of its own words that there are, shortened."""
        words = self.question or self.answer or self.quote or self.file_name or self.url
        words = " ".join((words or self.get_response_display() or str(self.uid)).split())
        return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"


@tracked(read_by=["claim"])
class ClaimEvidence(EditableEntity, Discardable):
    """What one piece of evidence says of one claim; see docs/decisions/0017."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence_links")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="claim_links")
    stance = models.CharField(_("stance"), max_length=8, choices=choices.Stance.choices)

    objects = ClaimEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of the claim")
        verbose_name_plural = _("evidence of claims")
        ordering = ["claim", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "evidence"], name="evidence_stands_once_on_a_claim"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.evidence}"


@tracked()
class ReviewEvidence(ProjectEntity, Discardable):
    """A piece on the claim that a reviewer rests their judgement on.

    One they no longer rest it on is discarded and not deleted: a row that is gone could not say
    any more from whom its history is to be kept.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, related_name="evidence_used")
    link = models.ForeignKey(
        ClaimEvidence, models.PROTECT, verbose_name=_("evidence"), related_name="used_in"
    )

    objects = ReviewEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence used")
        verbose_name_plural = _("evidence used")
        ordering = ["review", "link"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "link"], name="evidence_is_used_once_in_a_review"
            ),
        ]

    def __str__(self) -> str:
        return str(self.link)


@tracked(deletable=True, read_by=["first", "second"])
class EvidenceIndependence(ProjectEntity):
    """Whether two pieces are independent of each other; one row for both, without an order."""

    first = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    second = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    is_independent = models.BooleanField(_("independent of each other"))

    objects = IndependenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("independence of evidence")
        verbose_name_plural = _("independence of evidence")
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], name="independence_is_said_once_of_two"
            ),
            # So that a pair has one row whichever of the two it was said on.
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="independence_names_the_older_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} · {self.second}"
