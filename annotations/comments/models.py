"""Comments on claims: a thread is a comment and the replies to it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.history import tracked
from annotations.claims.models import Claim
from annotations.comments.querysets import CommentQuerySet
from annotations.projects.models import Discardable, EditableEntity, Moderated


@tracked()
class Comment(EditableEntity, Moderated, Discardable):
    """What somebody says to colleagues about a claim; all of the project see it at once.

    One without `thread` begins a thread, which can be resolved; replies name the one that began it.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="comments")
    thread = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="replies"
    )
    text = models.TextField(_("comment"))
    confidential = models.BooleanField(_("confidential"), default=False)
    # The keys of the people who are addressed with @name, as the text stands.
    named = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True, editable=False)
    resolved_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("resolved by"),
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(thread__isnull=True) | Q(resolved_at__isnull=True),
                name="comment_that_is_resolved_began_a_thread",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(thread=models.F("id")), name="comment_is_no_reply_to_itself"
            ),
        ]
        indexes = [GinIndex(fields=["named"], name="comment_by_named")]

    def __str__(self) -> str:
        words = " ".join(self.text.split())
        return words if len(words) <= 60 else f"{words[:59]}…"

    @property
    def beginning(self) -> "Comment":
        """Return the comment that began the thread: this one, or the one it replies to."""
        return self.thread or self
