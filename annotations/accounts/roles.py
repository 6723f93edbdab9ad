"""Roles and what each may do: the one table that every permission check reads."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A person's role in one project, weakest first."""

    READER = "reader", _("Reader")
    REVIEWER = "reviewer", _("Reviewer")
    MODERATOR = "moderator", _("Moderator")
    ADMIN = "admin", _("Admin")


ROLE_ORDER: tuple[str, ...] = tuple(Role.values)


class Permission(TextChoices):
    """What a role allows; ownership and state are added by each concept's permissions."""

    READ = "read", _("read the project")
    EXPORT = "export", _("export the project")
    ANNOTATE = "annotate", _("add articles, claims, evidence, statements, sources and events")
    REVIEW = "review", _("judge claims")
    SEE_CONFIDENTIAL = "see_confidential", _("see confidential rows")
    PUBLISH = "publish", _("adjudicate disputes and publish verdicts")
    MODERATE = "moderate", _("hide, restore and lock")
    SEE_HIDDEN = "see_hidden", _("see what moderation has hidden")
    SEE_ALL_REVIEWS = "see_all_reviews", _("see reviews before they are revealed")
    MANAGE = "manage", _("manage members and settings")


LEAST_ROLE: dict[Permission, Role] = {
    Permission.READ: Role.READER,
    Permission.EXPORT: Role.READER,
    Permission.ANNOTATE: Role.REVIEWER,
    Permission.REVIEW: Role.REVIEWER,
    Permission.SEE_CONFIDENTIAL: Role.REVIEWER,
    Permission.PUBLISH: Role.MODERATOR,
    Permission.MODERATE: Role.MODERATOR,
    Permission.SEE_HIDDEN: Role.MODERATOR,
    Permission.SEE_ALL_REVIEWS: Role.MODERATOR,
    Permission.MANAGE: Role.ADMIN,
}


def role_allows(role: str | None, permission: Permission) -> bool:
    """Say whether `role` (None for an outsider) carries `permission`."""
    if role is None:
        return False
    return ROLE_ORDER.index(role) >= ROLE_ORDER.index(LEAST_ROLE[permission])


def roles_with(permission: Permission) -> tuple[str, ...]:
    """Return the roles that carry `permission`, weakest first."""
    return ROLE_ORDER[ROLE_ORDER.index(LEAST_ROLE[permission]) :]
