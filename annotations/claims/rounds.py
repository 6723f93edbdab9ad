"""Rounds in which several people mark one text, each without seeing what the others do."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.articles.models import Article, ArticleVersion
from annotations.audit.history import tracked
from annotations.claims.rounds_querysets import RoundQuerySet
from annotations.projects.models import EditableEntity


class RoundState(models.TextChoices):
    """How far a round has come; only an open one keeps people's claims apart."""

    OPEN = "open", _("Being marked")
    HANDED_IN = "handed_in", _("Handed in by all")
    MERGED = "merged", _("Merged")
    CALLED_OFF = "called_off", _("Called off")


@tracked()
class MarkingRound(EditableEntity):
    """One text, marked independently by the people whose assignments name this round.

    A claim made in it (`Claim.round`) is seen by its maker alone until all have handed in.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="rounds")
    version = models.ForeignKey(ArticleVersion, models.PROTECT, related_name="rounds")
    state = models.CharField(
        _("state"), max_length=12, choices=RoundState.choices, default=RoundState.OPEN
    )
    closed_at = models.DateTimeField(_("handed in by all"), null=True, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("marking round")
        verbose_name_plural = _("marking rounds")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=models.Q(state__in=[RoundState.OPEN, RoundState.HANDED_IN]),
                name="article_has_one_round_at_a_time",
            ),
        ]
        indexes = [
            # Mostly empty: every list asks whether its reader takes part in an open round.
            models.Index(
                fields=["project"], condition=models.Q(state="open"), name="round_that_is_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} · {self.get_state_display()}"
