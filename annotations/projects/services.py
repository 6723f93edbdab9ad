"""Every change to a project: open it, settle how it works, archive it."""

import re
from dataclasses import dataclass
from functools import cache
from secrets import token_hex
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Role
from annotations.audit.context import context
from annotations.lib.errors import Conflict, InvalidInput, StaleVersion
from annotations.projects.models import (
    FormerSlug,
    LookAgainPolicy,
    Membership,
    Project,
    QueuePolicy,
)
from annotations.projects.permissions import (
    check_create_project,
    check_manage_project,
    check_not_archived,
)

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 60


@dataclass(frozen=True)
class ProjectSettings:
    """How a project works; `clean` gives it back checked."""

    name: str
    slug: str
    language: str = "en"
    time_zone: str = "UTC"
    reviews_needed: int = 2
    blind: bool = True
    shared_editing: bool = True
    queue_policy: str = QueuePolicy.PRIORITY
    look_again_policy: str = LookAgainPolicy.NOBODY

    def clean(self) -> "ProjectSettings":
        """Return it tidied; raise InvalidInput naming the field at fault."""
        name = " ".join(self.name.split())
        if not name or len(name) > 200:
            raise InvalidInput(_("A name has 1 to 200 characters."), field="name")
        slug = self.slug.strip().lower() or slugify(name)[:LONGEST_SLUG].strip("-")
        # A name in another script gives no address; asking for one would make the field required.
        slug = slug or f"project-{token_hex(3)}"
        if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
            raise InvalidInput(
                _("An address is made of a-z, 0-9 and single hyphens, at most 60 characters."),
                field="slug",
            )
        if not LANGUAGE_TAG.fullmatch(self.language) or len(self.language) > 35:
            raise InvalidInput(_("Give a language tag such as en, uk or pt-BR."), field="language")
        if self.time_zone not in known_time_zones():
            raise InvalidInput(_("This time zone is not known."), field="time_zone")
        if not 1 <= self.reviews_needed <= 9:
            raise InvalidInput(_("A claim needs between 1 and 9 reviews."), field="reviews_needed")
        if self.queue_policy not in QueuePolicy.values:
            raise InvalidInput(_("The queue has no such order."), field="queue_policy")
        if self.look_again_policy not in LookAgainPolicy.values:
            raise InvalidInput(_("Nobody looks again by this rule."), field="look_again_policy")
        return ProjectSettings(
            name,
            slug,
            self.language,
            self.time_zone,
            self.reviews_needed,
            self.blind,
            self.shared_editing,
            self.queue_policy,
            self.look_again_policy,
        )


@cache
def known_time_zones() -> tuple[str, ...]:
    """Return the zone names a project may have, sorted: regions and UTC, no abbreviations."""
    regions = ("Etc/", "SystemV/", "US/", "posix/", "right/")
    names = (name for name in available_timezones() if "/" in name)
    return ("UTC", *sorted(name for name in names if not name.startswith(regions)))


def project_create(*, actor: User, wanted: ProjectSettings) -> Project:
    """Open a project; whoever opens it is its first admin."""
    check_create_project(actor)
    clean = wanted.clean()
    with context(actor=actor, action="project.create"):
        _check_slug_is_free(clean.slug, None)
        project = Project(created_by=actor, **vars(clean))
        _save_with_free_slug(project)
        Membership.objects.create(project=project, user=actor, role=Role.ADMIN)
    return project


def project_update(
    *, actor: User, project: Project, wanted: ProjectSettings, revision: int | None = None
) -> Project:
    """Change a project's settings; a former address keeps redirecting to the new one.

    Raises StaleVersion when `revision` is given and someone saved in between.
    """
    clean = wanted.clean()
    with context(actor=actor, action="project.update"):
        locked = lock_project(project)
        check_manage_project(actor, locked)
        check_not_archived(locked)
        if revision is not None and revision != locked.revision:
            raise StaleVersion(current=locked)
        before = {name: getattr(locked, name) for name in vars(clean)}
        if before == vars(clean):
            return locked
        if clean.slug != locked.slug:
            _move(locked, clean.slug)
        for name, value in vars(clean).items():
            setattr(locked, name, value)
        locked.revision += 1
        _save_with_free_slug(locked)
    return locked


def project_archive(*, actor: User, project: Project, reason: str = "") -> Project:
    """Close a project for writing; all of it stays readable and can be exported."""
    return _set_archived(actor, project, "project.archive", reason, archived=True)


def project_unarchive(*, actor: User, project: Project, reason: str = "") -> Project:
    """Open an archived project for writing again."""
    return _set_archived(actor, project, "project.unarchive", reason, archived=False)


def lock_project(project: Project) -> Project:
    """Lock the project's row until the transaction ends and return it fresh.

    Whoever changes members takes this lock first, so two people cannot each remove the other
    as the last-but-one admin.
    """
    return Project.objects.select_for_update(no_key=True).get(pk=project.pk)


def _set_archived(
    actor: User, project: Project, action: str, reason: str, *, archived: bool
) -> Project:
    with context(actor=actor, action=action, reason=reason):
        locked = lock_project(project)
        check_manage_project(actor, locked)
        if (locked.archived_at is not None) != archived:
            locked.archived_at = timezone.now() if archived else None
            locked.revision += 1
            locked.save(update_fields=["archived_at", "revision", "updated_at"])
    return locked


def _move(project: Project, slug: str) -> None:
    _check_slug_is_free(slug, project)
    # A project may go back to an address it had.
    FormerSlug.objects.filter(project=project, slug=slug).delete()
    FormerSlug.objects.get_or_create(project=project, slug=project.slug)


def _check_slug_is_free(slug: str, project: Project | None) -> None:
    held = Project.objects.filter(slug=slug)
    formerly = FormerSlug.objects.filter(slug=slug)
    if project is not None:
        held, formerly = held.exclude(pk=project.pk), formerly.exclude(project=project)
    if held.exists() or formerly.exists():
        raise _slug_taken()


def _save_with_free_slug(project: Project) -> None:
    """Save; whoever took the same address a moment ago was first."""
    try:
        with transaction.atomic():
            project.save()
    except IntegrityError as error:
        if "slug" not in str(error):
            raise
        raise _slug_taken() from error


def _slug_taken() -> Conflict:
    return Conflict(_("This address belongs to another project."), field="slug")
