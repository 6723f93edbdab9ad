"""Where a mention stands in a later version of its article, and who says so."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion
from annotations.audit.history import tracked
from annotations.claims.models import Mention
from annotations.claims.placements.querysets import PlacementQuerySet
from annotations.projects.models import EditableEntity
from annotations.projects.visibility import Sight
from annotations.spans.models import Span


class State(models.TextChoices):
    """Where the words of a mention stand in a later version."""

    SAME = "same", _("Same place")
    MOVED = "moved", _("Moved")
    NEEDS_REVIEW = "needs_review", _("Needs review")
    ORPHANED = "orphaned", _("Gone")


class Why(models.TextChoices):
    """What a placement rests on: the first six on the comparison, the others on a person."""

    IDENTICAL = "identical", _("The sentences are the same")
    CONTEXT_CHANGED = "context_changed", _("What stands around the words has changed")
    SENTENCE_CHANGED = "sentence_changed", _("The sentence has changed")
    REPEATED = "repeated", _("The words stand there more than once")
    REORDERED = "reordered", _("The parts stand in another order")
    NOT_FOUND = "not_found", _("The words were not found")
    CONFIRMED = "confirmed", _("Confirmed at the proposed place")
    SELECTED = "selected", _("Selected anew")
    MARKED_GONE = "marked_gone", _("Marked as gone")


# The states in which the words stand in the version, in a span of its own.
STANDING = (State.SAME, State.MOVED)


@tracked(read_by=["mention"])
class MentionPlacement(EditableEntity):
    """Where one mention stands in one later version: placed by comparing, or by a person.

    `span` is where it stands; `proposed` what a person is asked to confirm, and stays when they
    have decided; `placed_from` the span in an earlier version that it was compared with.
    """

    mention = models.ForeignKey(
        Mention, models.PROTECT, related_name="placements", db_index=False, editable=False
    )
    version = models.ForeignKey(
        ArticleVersion, models.PROTECT, related_name="placements", db_index=False, editable=False
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    why = models.CharField(_("why"), max_length=16, choices=Why.choices)
    span = models.ForeignKey(
        Span,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=_("words"),
    )
    proposed = models.ForeignKey(
        Span,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("proposed words"),
    )
    placed_from = models.ForeignKey(
        Span, models.PROTECT, related_name="+", db_index=False, verbose_name=_("compared with")
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in a later version")
        verbose_name_plural = _("places in later versions")
        constraints = [
            models.UniqueConstraint(
                fields=["mention", "version"], name="mention_is_placed_once_per_version"
            ),
            models.CheckConstraint(
                condition=Q(state__in=STANDING, span__isnull=False)
                | (~Q(state__in=STANDING) & Q(span__isnull=True)),
                name="placement_that_stands_has_a_span",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="placement_is_decided_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(span=F("placed_from")), name="placement_has_words_of_its_own"
            ),
        ]
        indexes = [models.Index(fields=["version", "state"], name="placement_by_state")]

    def __str__(self) -> str:
        return f"{self.mention_id} · {self.version_id} · {self.state}"

    @property
    def stands(self) -> bool:
        """Say whether the words stand in the version."""
        return self.state in STANDING

    def is_apart_from(self, sight: Sight) -> bool:
        """Say whether the viewer marks the article independently: then it is not theirs."""
        return self.mention.is_apart_from(sight)
