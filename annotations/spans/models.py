"""Where words stand in a version: immutable spans of one or more ranges."""

from collections.abc import Sequence

import pgtrigger
from django.db import models

from annotations.articles.models import ArticleVersion
from annotations.projects.models import InProject, ProjectEntity
from annotations.spans import triggers
from annotations.spans.selectors import RangeSelector


class Span(ProjectEntity):
    """Sorted, disjoint ranges of one version. Resizing makes a new span; this one stays."""

    version = models.ForeignKey(ArticleVersion, models.PROTECT, related_name="spans")
    # The first range's start and the last one's end, in code points: lists sort and cut by them.
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    # The ranges in order, on a span just made: nobody needs to read them again.
    made_ranges: "Sequence[RangeSelector]"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="span_start_before_end"
            ),
        ]
        indexes = [models.Index(fields=["version", "start"], name="span_by_start")]
        triggers = [
            pgtrigger.Protect(
                name="span_is_immutable", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            triggers.SPAN_HAS_RANGES,
        ]


class SpanRange(InProject):
    """One run of code points, start inclusive, end exclusive, with the words that stand there."""

    span = models.ForeignKey(Span, models.PROTECT, related_name="ranges")
    n = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["span", "n"]
        constraints = [
            models.UniqueConstraint(fields=["span", "n"], name="range_number_is_unique"),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="range_start_before_end"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="range_is_immutable", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            triggers.RANGE_MATCHES_TEXT,
        ]
