"""What became of each claim that was marked in a round: accepted into the shared set, or not."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.audit.history import tracked
from annotations.claims.models import Claim
from annotations.claims.rounds import MarkingRound
from annotations.projects.models import EditableEntity
from annotations.verification.rounds.querysets import OriginalDecisionQuerySet


class Outcome(models.TextChoices):
    """What was decided about an original."""

    ACCEPTED = "accepted", pgettext_lazy("original", "Accepted")
    REJECTED = "rejected", pgettext_lazy("original", "Rejected")


@tracked()
class OriginalDecision(EditableEntity):
    """One original, and the shared claim it went into or why it went into none.

    The original itself stays as it was handed in; several may have gone into one shared claim.
    """

    round = models.ForeignKey(MarkingRound, models.PROTECT, related_name="decisions")
    original = models.OneToOneField(Claim, models.PROTECT, related_name="decision")
    outcome = models.CharField(_("decision"), max_length=8, choices=Outcome.choices)
    claim = models.ForeignKey(
        Claim,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="found_in",
        verbose_name=_("claim"),
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = OriginalDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision about an original")
        verbose_name_plural = _("decisions about originals")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="accepted", claim__isnull=False)
                | Q(outcome="rejected", claim__isnull=True) & ~Q(reason=""),
                name="original_is_in_a_claim_or_it_is_said_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.original.number} · {self.get_outcome_display()}"
