"""Watches, the turn each waits for, what checks came to, and how hosts want to be treated."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.models import Article, ArticleVersion
from annotations.audit.history import tracked
from annotations.captures.models import Capture
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.watches.choices import (
    CheckOutcome,
    Urgency,
    WatchState,
    why_words,
)
from annotations.lifecycle.watches.next_look import LooksNext
from annotations.lifecycle.watches.querysets import CheckQuerySet, WatchQuerySet
from annotations.projects.models import EditableEntity, InProject, ProjectEntity
from annotations.statements.models import Statement


@tracked()
class Watch(LooksNext, EditableEntity):
    """That the page of an article or a statement is looked at again and again: what people decide.

    `url` is the page's address when the watch began or was resumed.
    """

    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="watches", editable=False
    )
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="watches", editable=False
    )
    url = models.TextField(_("URL"), editable=False)
    canonical_url = models.TextField(editable=False)
    state = models.CharField(
        _("state"), max_length=6, choices=WatchState.choices, default=WatchState.ACTIVE
    )
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    paused_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("paused by"),
    )
    paused_reason = models.TextField(_("why paused"), blank=True)
    # The uid of the check that a person looked at last.
    looked_check = models.UUIDField(null=True, blank=True, editable=False)
    looked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    looked_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("looked at by"),
    )

    objects = WatchQuerySet.as_manager()
    turn: "WatchTurn"

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(statement__isnull=False, article__isnull=True)
                | Q(statement__isnull=True, article__isnull=False),
                name="watch_has_exactly_one_subject",
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(article__isnull=False),
                name="article_is_watched_once",
            ),
            models.UniqueConstraint(
                fields=["statement"],
                condition=Q(statement__isnull=False),
                name="statement_is_watched_once",
            ),
            models.CheckConstraint(
                condition=Q(state="active", paused_at__isnull=True, paused_reason="")
                | (Q(state="paused", paused_at__isnull=False) & ~Q(paused_reason="")),
                name="paused_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(looked_check__isnull=True, looked_at__isnull=True)
                | Q(looked_check__isnull=False, looked_at__isnull=False),
                name="looked_at_says_when_and_at_what",
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def subject(self) -> Article | Statement:
        """Return what is watched."""
        found = self.article or self.statement
        assert found is not None
        return found

    @property
    def is_active(self) -> bool:
        """Say whether the page is looked at."""
        return self.state == WatchState.ACTIVE

    @property
    def has_moved(self) -> bool:
        """Say whether the subject has another address now than the one that is watched."""
        return self.canonical_url != self.subject.canonical_url


class WatchTurn(InProject):
    """Where the machine is with a watch: when it looks next, and the check that is under way.

    Changed with every check, so no history is kept of it: what was found stays in the checks. Times
    of a page: `fresh_at` is when it was published or last changed, `away_at` when it was first not
    to be read since it last was, `gone_at` when it was first plainly absent since.
    """

    watch = models.OneToOneField(Watch, models.PROTECT, related_name="turn")
    # With the port where it is not the usual one: what is asked politely is a server.
    host = models.CharField(max_length=260)
    next_at = models.DateTimeField(null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(default=Urgency.ORDINARY)
    fresh_at = models.DateTimeField()
    refusals = models.PositiveSmallIntegerField(default=0)
    away_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=CheckOutcome.choices, blank=True)
    why = models.CharField(max_length=20, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    # The check that somebody has to look at (looking.py); None where there is nothing.
    to_look = models.ForeignKey(
        "WatchCheck", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # The last good capture that a check has judged: what the next one is held against.
    good = models.ForeignKey(Capture, models.PROTECT, null=True, blank=True, related_name="+")
    # The removal that was recorded of the page and has not ended.
    event = models.ForeignKey(
        LifecycleEvent, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The check under way. Its uids are fixed before anything is asked, so that who takes it up
    # after a crash finds what was done.
    check_uid = models.UUIDField(null=True, blank=True)
    capture_uid = models.UUIDField(null=True, blank=True)
    control_uid = models.UUIDField(null=True, blank=True)
    control_url = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Until when somebody has it in hand, and who; how often this step was begun.
    leased_until = models.DateTimeField(null=True, blank=True)
    holder = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    check_uid__isnull=True,
                    capture_uid__isnull=True,
                    control_uid__isnull=True,
                    leased_until__isnull=True,
                    holder__isnull=True,
                )
                | Q(
                    check_uid__isnull=False,
                    capture_uid__isnull=False,
                    control_uid__isnull=False,
                    urgency=Urgency.UNDER_WAY,
                ),
                name="check_under_way_is_known_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["host", "urgency", "next_at", "id"],
                condition=Q(next_at__isnull=False),
                name="watch_turn_at_host",
            ),
            models.Index(
                fields=["host", "leased_until"],
                condition=Q(leased_until__isnull=False),
                name="watch_turn_in_hand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.watch_id} · {self.host}"

    @property
    def is_under_way(self) -> bool:
        """Say whether a check has begun and not ended."""
        return self.check_uid is not None

    @property
    def is_asked(self) -> bool:
        """Say whether a check is waited for: begun, or asked for by a person."""
        return self.urgency != Urgency.ORDINARY

    @property
    def reason(self) -> str:
        """Return why the last check came to what it did, in the language active now."""
        return why_words(self.why)


class WatchCheck(ProjectEntity):
    """One look at a watched page and what it came to; never changed.

    `before` is the capture it was compared with. `changes` counts the stretches of the text that
    changed: `weighty`, `plain` and `cosmetic`, with the weighty `kinds`; where there is no version
    to compare, `passages` are the first of them as they were and are. `words_gone` says that the
    statement's words are no longer there.
    """

    watch = models.ForeignKey(Watch, models.PROTECT, related_name="checks", db_index=False)
    started_at = models.DateTimeField(_("began"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=CheckOutcome.choices)
    why = models.CharField(_("why"), max_length=20, blank=True)
    asked_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("asked for by"),
    )
    capture = models.ForeignKey(Capture, models.PROTECT, null=True, blank=True, related_name="+")
    control = models.ForeignKey(Capture, models.PROTECT, null=True, blank=True, related_name="+")
    before = models.ForeignKey(Capture, models.PROTECT, null=True, blank=True, related_name="+")
    changes = models.JSONField(default=dict, blank=True)
    version = models.ForeignKey(
        ArticleVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    event = models.ForeignKey(
        LifecycleEvent, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a watched page")
        verbose_name_plural = _("checks of watched pages")
        ordering = ["-id"]
        indexes = [models.Index(fields=["watch", "-id"], name="check_of_watch")]
        triggers = [
            pgtrigger.Protect(
                name="check_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} · {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def reason(self) -> str:
        """Return why it came to that, in the language active now."""
        return why_words(self.why)


class HostPace(models.Model):
    """How one server of all projects' watches is to be asked: when next, and what it allows."""

    host = models.CharField(max_length=260, unique=True)
    free_at = models.DateTimeField(default=timezone.now)
    # Until when a look that was led there from another server has it to itself.
    held_until = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    # Seconds between two requests that robots.txt asks for; None where it asks for nothing.
    delay = models.FloatField(null=True, blank=True)
    # As it was read last, and until when that holds; None where it never was.
    robots = models.TextField(blank=True)
    robots_read_at = models.DateTimeField(null=True, blank=True)
    robots_until = models.DateTimeField(null=True, blank=True)
    # Nobody could say what it allows: nothing is fetched until it can be asked again.
    is_closed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.host
