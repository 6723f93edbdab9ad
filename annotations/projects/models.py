"""Projects, who belongs to them, and what every row of a project has in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Role
from annotations.audit.history import tracked
from annotations.lib.ids import uuid7
from annotations.projects.querysets import ProjectQuerySet


class QueuePolicy(models.TextChoices):
    """What the queue hands out first."""

    NEWEST = "newest", _("Newest first")
    PRIORITY = "priority", _("Highest priority first")
    CHECK_WORTHINESS = "check_worthiness", _("Most check-worthy first")
    DUE = "due", _("Due soonest first")
    FEWEST_REVIEWS = "fewest_reviews", _("Fewest reviews first")


class LookAgainPolicy(models.TextChoices):
    """Who is to look again at a verdict when what it rests on was withdrawn."""

    NOBODY = "nobody", _("Nobody by name: it is listed for moderators")
    PUBLISHER = "publisher", _("Whoever published the verdict")
    ANOTHER = "another", _("Another moderator, with the fewest of them in hand")


@tracked(exclude=["last_claim_number"])
class Project(models.Model):
    """A desk's workspace. Archived, never deleted."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    language = models.CharField(_("language"), max_length=35, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    reviews_needed = models.PositiveSmallIntegerField(_("reviews needed"), default=2)
    blind = models.BooleanField(_("blind reviews"), default=True)
    queue_policy = models.CharField(
        _("order of the queue"),
        max_length=16,
        choices=QueuePolicy.choices,
        default=QueuePolicy.PRIORITY,
    )
    look_again_policy = models.CharField(
        _("who looks again"),
        max_length=9,
        choices=LookAgainPolicy.choices,
        default=LookAgainPolicy.NOBODY,
    )
    shared_editing = models.BooleanField(_("shared editing"), default=True)
    # What its reviewers judge by now; earlier versions stay readable (verification/standards).
    rating_scale = models.ForeignKey(
        "annotations.RatingScale",
        models.PROTECT,
        verbose_name=_("rating scale"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    guideline = models.ForeignKey(
        "annotations.Guideline",
        models.PROTECT,
        verbose_name=_("guideline"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    last_claim_number = models.PositiveIntegerField(default=0, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviews_needed__gte=1, reviews_needed__lte=9),
                name="project_needs_one_to_nine_reviews",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FormerSlug(models.Model):
    """An address a project had before; it redirects and is never given to another."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="former_slugs")
    slug = models.SlugField(max_length=60, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug


@tracked(deletable=True)
class Membership(models.Model):
    """One person's role in one project."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user__display_name"]
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="member_once_per_project"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class InProject(models.Model):
    """A row of exactly one project; the database refuses references across projects."""

    # Indexed by the (project, id) constraint that composite foreign keys refer to.
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class ProjectEntity(InProject):
    """A row of a project with a public identity."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class EditableEntity(ProjectEntity):
    """An entity people change; `revision` counts the changes and makes the ETag."""

    updated_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Moderated(models.Model):
    """What moderation has decided about a row: hidden (with the reason), locked."""

    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True, editable=False)
    hidden_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    hidden_reason = models.TextField(_("why hidden"), blank=True, editable=False)
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True, editable=False)
    locked_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
    )

    class Meta:
        abstract = True


class Discardable(models.Model):
    """What we took back ourselves; it stays readable with a mark and can be restored."""

    discarded_at = models.DateTimeField(_("discarded"), null=True, blank=True, editable=False)
    discarded_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    discard_reason = models.TextField(_("why discarded"), blank=True, editable=False)

    class Meta:
        abstract = True
