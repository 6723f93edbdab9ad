"""What a project judges by: its rating scales and guidelines, each version a row that stays.

Which version holds now is a column of the project, so that there is one or none.
"""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.lib.ids import uuid7
from annotations.projects.models import InProject, ProjectEntity
from annotations.verification.models import Label
from annotations.verification.standards.querysets import StandardsQuerySet

NAME_LENGTH = 60
FEWEST_VALUES, MOST_VALUES = 2, 20
_NEVER = pgtrigger.Update | pgtrigger.Delete


class RatingScale(ProjectEntity):
    """One version of the words a project rates claims with; see docs/scales.md."""

    version = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    description = models.TextField(_("description"), blank=True)
    # Whether its values go from one end to the other; agreement is measured by that.
    is_ordered = models.BooleanField(_("in order"), default=True)
    size = models.PositiveSmallIntegerField(_("number of values"))

    objects = StandardsQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating scale")
        verbose_name_plural = _("rating scales")
        ordering = ["project", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="scale_version_is_one"),
            models.CheckConstraint(
                condition=Q(size__gte=FEWEST_VALUES, size__lte=MOST_VALUES),
                name="scale_has_two_to_twenty_values",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="scale_has_a_name"),
        ]
        triggers = [pgtrigger.Protect(name="scale_never_changes", operation=_NEVER)]

    def __str__(self) -> str:
        return gettext("%(name)s, version %(version)d") % {
            "name": self.name,
            "version": self.version,
        }


class RatingValue(InProject):
    """One value of a scale; `n` counts from one end, 1 first."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    scale = models.ForeignKey(RatingScale, models.PROTECT, related_name="values")
    n = models.PositiveSmallIntegerField(_("place"))
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    description = models.TextField(_("description"), blank=True)
    # What most who give this value would label the claim; each reviewer confirms or chooses.
    suggested_label = models.CharField(
        _("suggested label"), max_length=20, choices=Label.choices, blank=True
    )

    objects = StandardsQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["scale", "n"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "n"], name="rating_place_is_taken_once"),
            models.UniqueConstraint(fields=["scale", "name"], name="rating_name_is_given_once"),
            models.CheckConstraint(condition=Q(n__gte=1), name="rating_places_count_from_one"),
            models.CheckConstraint(condition=~Q(name=""), name="rating_has_a_name"),
        ]
        triggers = [
            pgtrigger.Protect(name="rating_never_changes", operation=_NEVER),
            pgtrigger.Trigger(
                name="rating_is_on_its_scale",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF NEW.n > (SELECT size FROM annotations_ratingscale WHERE id = NEW.scale_id)
                    THEN RAISE EXCEPTION 'The scale has no place for another value'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(value)s (scale version %(version)d)") % {
            "value": self.name,
            "version": self.scale.version,
        }


class Guideline(ProjectEntity):
    """One version of what a project asks of its reviewers, in Markdown."""

    version = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"))
    note = models.CharField(_("what changed"), max_length=300, blank=True)

    objects = StandardsQuerySet.as_manager()

    class Meta:
        verbose_name = _("guideline")
        verbose_name_plural = _("guidelines")
        ordering = ["project", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="guideline_version_is_one"),
            models.CheckConstraint(condition=~Q(text=""), name="guideline_says_something"),
        ]
        triggers = [pgtrigger.Protect(name="guideline_never_changes", operation=_NEVER)]

    def __str__(self) -> str:
        return gettext("version %(version)d") % {"version": self.version}
