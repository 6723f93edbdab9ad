"""Who has been given what to do, or has taken it from the queue."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.audit.history import tracked
from annotations.claims.models import Claim
from annotations.claims.rounds import MarkingRound
from annotations.projects.models import EditableEntity
from annotations.verification.assignments.choices import (
    UNFINISHED,
    AssignmentMode,
    AssignmentState,
)
from annotations.verification.assignments.querysets import AssignmentQuerySet


@tracked(exclude=["leased_until"])
class Assignment(EditableEntity):
    """One article or one claim, given to one person; from the queue, for as long as a lease runs.

    `created_by` is who gave it: the person themselves where they asked the queue for it.
    """

    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    assignee = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    mode = models.CharField(
        _("mode"), max_length=12, choices=AssignmentMode.choices, default=AssignmentMode.OPEN
    )
    round = models.ForeignKey(
        MarkingRound, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=AssignmentState.choices, default=AssignmentState.WAITING
    )
    due = models.DateField(_("due"), null=True, blank=True)
    # What the assignee was told last: with the work, or when it was sent back.
    note = models.TextField(_("note"), blank=True)
    is_from_queue = models.BooleanField(_("from the queue"), default=False, editable=False)
    # Until when nobody else is handed the same place in the queue; moved on by a heartbeat.
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=True, claim__isnull=False)
                | Q(article__isnull=False, claim__isnull=True),
                name="assignment_is_of_an_article_or_a_claim",
            ),
            models.CheckConstraint(
                condition=Q(mode="open", round__isnull=True)
                | Q(mode="independent", round__isnull=False, article__isnull=False),
                name="independent_assignment_is_of_a_round",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, state__in=UNFINISHED)
                | (Q(ended_at__isnull=False) & ~Q(state__in=UNFINISHED)),
                name="finished_assignment_says_when",
            ),
            models.UniqueConstraint(
                fields=["claim", "assignee"],
                condition=Q(state__in=UNFINISHED, claim__isnull=False),
                name="one_unfinished_assignment_of_a_claim",
            ),
            models.UniqueConstraint(
                fields=["article", "assignee"],
                condition=Q(state__in=UNFINISHED, article__isnull=False),
                name="one_unfinished_assignment_of_an_article",
            ),
        ]
        indexes = [
            models.Index(
                fields=["assignee", "project"],
                condition=Q(state__in=UNFINISHED),
                name="assignment_of_somebody",
            ),
            models.Index(
                fields=["leased_until"],
                condition=Q(state=AssignmentState.IN_PROGRESS),
                name="assignment_by_lease",
            ),
        ]

    @property
    def is_unfinished(self) -> bool:
        """Say whether it still is somebody's work."""
        return self.state in UNFINISHED

    @property
    def lease_runs(self) -> bool:
        """Say whether its lease has not ended yet."""
        return self.leased_until is not None and self.leased_until > timezone.now()

    @property
    def subject_id(self) -> int:
        """Return the id of what is to be worked on."""
        subject_id = self.claim_id or self.article_id
        assert subject_id is not None
        return subject_id

    @property
    def subject(self) -> Article | Claim:
        """Return what is to be worked on."""
        subject = self.claim or self.article
        assert subject is not None
        return subject

    def __str__(self) -> str:
        return f"{self.claim or self.article} · {self.assignee} · {self.get_state_display()}"
