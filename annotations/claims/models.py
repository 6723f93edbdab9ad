"""Claims, their appearances in articles, and who is said to have said them."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.models import Article, ArticleVersion
from annotations.audit.history import tracked
from annotations.claims import choices
from annotations.claims.querysets import AttributionQuerySet, ClaimQuerySet, MentionQuerySet
from annotations.claims.rounds import MarkingRound
from annotations.projects.marking import claims_read_by
from annotations.projects.models import (
    Discardable,
    EditableEntity,
    Moderated,
    ProjectEntity,
)
from annotations.projects.visibility import Sight
from annotations.sources.models import Source, SourceKind
from annotations.spans.models import Span
from annotations.statements.models import Statement


@tracked()
class Claim(EditableEntity, Moderated, Discardable):
    """A normalised assertion. Its label is never here: it is a Review."""

    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("claim"))
    language = models.CharField(_("language"), max_length=35, blank=True)
    translation_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="translations"
    )
    types = ArrayField(
        models.CharField(max_length=20, choices=choices.ClaimType.choices),
        default=list,
        blank=True,
        verbose_name=_("types"),
    )
    checkability = models.CharField(
        _("checkability"),
        max_length=14,
        choices=choices.Checkability.choices,
        default=choices.Checkability.CHECKABLE,
    )
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=choices.Priority.choices, default=choices.Priority.NORMAL
    )
    due = models.DateField(_("due"), null=True, blank=True)
    check_worthiness = models.DecimalField(
        _("check-worthiness"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    # The round in which it was marked independently; none in the shared set.
    round = models.ForeignKey(
        MarkingRound, models.PROTECT, null=True, blank=True, editable=False, related_name="claims"
    )
    # The claim that took its place; what says so is read-only and leads there.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_claims"
    )
    # Counts changes of text, ranges, attribution or figures: what a review was a judgement of.
    content_revision = models.PositiveIntegerField(default=1, editable=False)
    # Set on a claim that `claim_create` has just made, for whoever shows it; no column.
    made_mention: "Mention | None"

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"], name="claim_number_is_unique_per_project"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="claim_has_text"),
            models.CheckConstraint(
                condition=Q(check_worthiness__isnull=True)
                | Q(check_worthiness__gte=0, check_worthiness__lte=1),
                name="check_worthiness_is_between_0_and_1",
            ),
            models.CheckConstraint(
                condition=~Q(translation_of=models.F("id")),
                name="claim_is_not_its_own_translation",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="claim_is_not_merged_into_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "-id"], name="claim_by_added"),
            # What figures of a whole project and the queue read, without the rows themselves.
            models.Index(
                fields=["project", "id"],
                include=["content_revision", "created_at", "due", "hidden_at"],
                condition=Q(
                    discarded_at__isnull=True, merged_into__isnull=True, round__isnull=True
                ),
                name="claim_for_figures",
            ),
            # What few claims may have, so that a list of many need not look for it in each.
            GinIndex(fields=["types"], name="claim_by_type"),
            models.Index(fields=["project", "language"], name="claim_by_language"),
            models.Index(fields=["project", "priority", "id"], name="claim_by_priority"),
            models.Index(fields=["project", "updated_at", "id"], name="claim_by_update"),
            models.Index(fields=["project", "checkability"], name="claim_by_checkability"),
            models.Index(fields=["project", "created_by", "number"], name="claim_by_maker"),
            models.Index(
                fields=["project", "number"],
                condition=Q(discarded_at__isnull=False),
                name="claim_discarded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    def is_apart_from(self, sight: Sight) -> bool:
        """Say whether a round of independent marking keeps the claim from the viewer.

        Without a round, on either side, no query is asked.
        """
        if sight.user_id is None or (self.round_id is None and not sight.marking):
            return False
        rows = type(self).objects.filter(pk=self.pk)
        return not rows.filter(claims_read_by(User(pk=sight.user_id))).exists()


@tracked(read_by=["claim"])
class Mention(ProjectEntity, Discardable):
    """A claim's appearance in one article version."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="mentions")
    article = models.ForeignKey(Article, models.PROTECT, related_name="mentions")
    version = models.ForeignKey(ArticleVersion, models.PROTECT, related_name="mentions")
    span = models.ForeignKey(Span, models.PROTECT, related_name="mentions")
    # Set on a mention that a service has just made, for whoever shows it; no column.
    made_hops: "list[Attribution]"

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        indexes = [
            models.Index(
                fields=["article"],
                condition=Q(discarded_at__isnull=True),
                include=["claim"],
                name="mention_by_article",
            ),
            # From the many hops of a source to their claims.
            models.Index(
                fields=["id"],
                include=["claim"],
                condition=Q(discarded_at__isnull=True),
                name="mention_to_claim",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.claim.number} · {self.article}"

    def is_apart_from(self, sight: Sight) -> bool:
        """Say whether the viewer marks this article independently and this is not theirs."""
        marked = dict(sight.marking).get(self.article_id)
        if marked is None:
            return False
        return (self.claim.round_id, self.claim.created_by_id) != (marked, sight.user_id)


@tracked(deletable=True, read_by=["mention"])
class Attribution(ProjectEntity):
    """One hop of "who said it": of a mention, or of a lifecycle event. Order 0 spoke first."""

    mention = models.ForeignKey(
        Mention, models.PROTECT, null=True, blank=True, related_name="attributions"
    )
    event = models.ForeignKey(
        "annotations.LifecycleEvent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attributions",
    )
    order = models.PositiveSmallIntegerField(_("order"))
    source_given = models.CharField(
        _("source given"),
        max_length=8,
        choices=choices.SourceGiven.choices,
        default=choices.SourceGiven.NAMED,
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attributions",
        # Found by `hop_by_source`.
        db_index=False,
    )
    source_kind = models.CharField(
        _("source kind"), max_length=14, choices=SourceKind.choices, default=SourceKind.UNKNOWN
    )
    source_span = models.ForeignKey(Span, models.PROTECT, null=True, blank=True, related_name="+")
    cue_span = models.ForeignKey(Span, models.PROTECT, null=True, blank=True, related_name="+")
    role_at_time = models.CharField(_("role at the time"), max_length=200, blank=True)
    spokesperson_for = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="spoken_for"
    )
    quote_type = models.CharField(_("quote type"), max_length=8, choices=choices.QuoteType.choices)
    said_on = models.CharField(_("said on"), max_length=80, blank=True)
    said_earliest = models.DateTimeField(null=True, blank=True, editable=False)
    said_latest = models.DateTimeField(null=True, blank=True, editable=False)
    said_zone = models.CharField(max_length=64, blank=True, editable=False)
    said_where = models.CharField(_("said where"), max_length=200, blank=True)
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="attributions"
    )
    original_located = models.CharField(
        _("original"),
        max_length=18,
        choices=choices.OriginalLocated.choices,
        default=choices.OriginalLocated.NOT_SEARCHED,
    )
    attitude = models.CharField(
        _("attitude"), max_length=10, choices=choices.Attitude.choices, blank=True
    )
    cue_negated = models.BooleanField(_("negated cue"), default=False)
    commitment = models.CharField(
        _("commitment"), max_length=3, choices=choices.Commitment.choices, blank=True
    )
    hop_type = models.CharField(
        _("hop type"), max_length=11, choices=choices.HopType.choices, blank=True
    )
    anonymity_reason = models.CharField(_("reason for anonymity"), max_length=300, blank=True)
    basis_of_knowledge = models.CharField(_("basis of knowledge"), max_length=300, blank=True)

    objects = AttributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("attribution")
        verbose_name_plural = _("attributions")
        ordering = ["mention", "event", "order"]
        indexes = [models.Index(fields=["source", "mention"], name="hop_by_source")]
        constraints = [
            models.CheckConstraint(
                condition=Q(mention__isnull=True, event__isnull=False)
                | Q(mention__isnull=False, event__isnull=True),
                name="attribution_has_exactly_one_parent",
            ),
            models.CheckConstraint(
                condition=Q(source_given="named", source__isnull=False)
                | (~Q(source_given="named") & Q(source__isnull=True)),
                name="attribution_names_a_source_or_says_none",
            ),
            models.UniqueConstraint(
                fields=["mention", "order"],
                name="hop_order_is_unique_per_mention",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["event", "order"],
                name="hop_order_is_unique_per_event",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="event_hop_is_immutable",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__event__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.source or self.get_source_given_display()}"
