"""Whoever can say things, and every name they go by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.articles.models import Outlet
from annotations.audit.history import tracked
from annotations.projects.models import EditableEntity, Moderated, ProjectEntity
from annotations.sources.querysets import SourceQuerySet


class SourceKind(models.TextChoices):
    """What sort of speaker it is (after PolNeAR's source kinds)."""

    NAMED_PERSON = "named_person", _("Named person")
    ORGANISATION = "organisation", _("Organisation")
    OFFICE = "office", _("Office")
    SPOKESPERSON = "spokesperson", _("Spokesperson")
    COLLECTIVE = "collective", _("Collective")
    ANONYMOUS = "anonymous", _("Anonymous source")
    DOCUMENT = "document", _("Document")
    OUTLET = "outlet", _("Outlet")
    ACCOUNT = "account", _("Account")
    AUTHOR = "author", _("Author of the article")
    UNKNOWN = "unknown", _("Unknown")


@tracked()
class Source(EditableEntity, Moderated):
    """A speaker. Its name is also its first alias, so that one look-up resolves any spelling."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=14, choices=SourceKind.choices, default=SourceKind.UNKNOWN
    )
    description = models.TextField(_("description"), blank=True)
    outlet = models.OneToOneField(
        Outlet, models.PROTECT, null=True, blank=True, editable=False, related_name="source"
    )

    # The source that took its place and has its names; kept so that old addresses lead there.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_sources"
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outlet__isnull=True) | models.Q(kind="outlet"),
                name="outlet_source_is_of_kind_outlet",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")),
                name="source_is_not_merged_into_itself",
            ),
        ]
        indexes = [models.Index(fields=["project", "name", "id"], name="source_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def current(self) -> "Source":
        """Return the source this one was merged into, or itself."""
        return self.merged_into or self


@tracked(deletable=True)
class SourceAlias(ProjectEntity):
    """One spelling of a source's name; within a project a spelling means one source."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="aliases")
    name = models.CharField(_("name"), max_length=200)
    # See names.fold_name: case, accents, width and spacing do not tell two speakers apart.
    name_key = models.CharField(max_length=400, editable=False)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name_key"], name="alias_means_one_source"),
        ]

    def __str__(self) -> str:
        return self.name
