"""What people were told, what they follow, and what they want by mail.

No words of what it is about are kept here: whether somebody may still see a thing is asked when
they are shown that they were told of it.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.lib.ids import uuid7
from annotations.notifications.kinds import FOLLOWED, Kind, TargetKind
from annotations.projects.models import InProject


class Notification(InProject):
    """One thing somebody was told; what happens to it again while unread is counted, not added."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    recipient = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("what"), max_length=20, choices=Kind.choices)
    # Who did it last; none for the machine's own work.
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    target_kind = models.CharField(max_length=12, choices=TargetKind.choices)
    target_uid = models.UUIDField()
    claim_number = models.PositiveIntegerField(null=True, blank=True)
    times = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    latest_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    # When it was mailed, or was found to need no mail.
    mail_settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "target_kind", "target_uid"],
                condition=Q(read_at__isnull=True),
                name="told_once_of_one_thing_while_unread",
            ),
            models.CheckConstraint(
                condition=Q(actor__isnull=True) | ~Q(actor=models.F("recipient")),
                name="nobody_is_told_of_their_own_deed",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-latest_at", "-id"], name="notification_by_time"),
            models.Index(
                fields=["recipient", "created_at"],
                condition=Q(read_at__isnull=True, mail_settled_at__isnull=True),
                name="notification_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.recipient}"


class Follow(InProject):
    """That somebody wants to be told what happens to an article, claim, source or statement."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    target_kind = models.CharField(max_length=12, choices=TargetKind.choices)
    target_uid = models.UUIDField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "target_kind", "target_uid"], name="followed_once_by_a_person"
            ),
            models.CheckConstraint(
                condition=Q(target_kind__in=[one.value for one in FOLLOWED]),
                name="followed_is_an_article_claim_source_or_statement",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "target_kind", "target_uid"], name="follow_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_target_kind_display()} {self.target_uid}"


class FollowersTold(models.Model):
    """Up to when followers were told of what history holds: one row for the installation."""

    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.until.isoformat()


class MailChoice(models.Model):
    """What somebody does not want by mail; without a row they want everything."""

    user = models.OneToOneField(User, models.PROTECT, related_name="mail_choice")
    no_mail = models.BooleanField(_("no mail at all"), default=False)
    not_by_mail = ArrayField(
        models.CharField(max_length=20, choices=Kind.choices), default=list, blank=True
    )

    def __str__(self) -> str:
        return str(self.user)
