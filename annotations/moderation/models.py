"""What people ask moderators to look at."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.history import tracked
from annotations.moderation.choices import FlagKind, FlagOutcome, FlagReason, FlagState
from annotations.moderation.querysets import FlagQuerySet
from annotations.projects.models import EditableEntity


@tracked()
class Flag(EditableEntity):
    """One person asks that a thing be looked at; `created_by` is seen by moderators alone.

    The thing is named by kind and uid, and looked up within the flag's project; see `targets`.
    """

    kind = models.CharField(_("thing"), max_length=8, choices=FlagKind.choices)
    target = models.UUIDField(_("uid of the thing"))
    reason = models.CharField(_("reason"), max_length=9, choices=FlagReason.choices)
    words = models.TextField(_("in their words"), blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=FlagState.choices, default=FlagState.OPEN
    )
    outcome = models.CharField(
        _("what was done"), max_length=7, choices=FlagOutcome.choices, blank=True
    )
    # What the moderator says to whoever raised it.
    answer = models.TextField(_("answer"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("decided by"),
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "created_by"],
                condition=Q(state=FlagState.OPEN),
                name="one_open_flag_per_person_and_thing",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="flag_decided_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=(Q(state="accepted") & ~Q(outcome=""))
                | (~Q(state="accepted") & Q(outcome="")),
                name="flag_accepted_says_what_was_done",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "state", "target", "id"], name="flag_by_thing"),
            models.Index(fields=["created_by", "project", "-id"], name="flag_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_reason_display()}"

    @property
    def is_open(self) -> bool:
        """Say whether it waits for a moderator."""
        return self.state == FlagState.OPEN
