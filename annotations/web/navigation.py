"""What the frame of every page needs: the project's menu and the person's projects."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from annotations.accounts.roles import Permission
from annotations.projects.models import Membership, Project
from annotations.web.access import Access

# url name, words, what it takes to see it, first word of the url names of its section
SECTIONS = (
    ("me-page", _("My work"), Permission.REVIEW, ("me",)),
    (
        "article-list",
        _("Articles"),
        Permission.READ,
        ("article", "version", "workbench", "capture"),
    ),
    (
        "claim-list",
        _("Claims"),
        Permission.READ,
        ("claim", "mention", "review", "evidence", "verdict"),
    ),
    ("statement-list", _("Statements"), Permission.READ, ("statement", "event")),
    ("source-list", _("Sources"), Permission.READ, ("source",)),
)
# Those that are not used all day; behind "More", which all together would not fit beside.
MORE_SECTIONS = (
    ("ledger-page", _("Ledger"), Permission.READ, ("ledger", "look")),
    ("watch-list", _("Watched pages"), Permission.READ, ("watch",)),
    ("dashboard-page", _("Dashboard"), Permission.READ, ("dashboard", "assignment")),
    ("round-list", _("Rounds"), Permission.READ, ("round",)),
    ("guideline-list", _("Guidelines"), Permission.READ, ("guideline", "scale")),
    ("agreement-page", _("Agreement"), Permission.SEE_ALL_REVIEWS, ("agreement",)),
    ("export-page", _("Export"), Permission.EXPORT, ("export",)),
    ("member-list", _("Members"), Permission.READ, ("member", "invitation")),
    ("project-settings", _("Settings"), Permission.MANAGE, ("project",)),
)


@dataclass(frozen=True)
class Item:
    """One entry of the project's menu."""

    url: str
    label: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, object]:
    """Give templates `access`, `nav_items`, `nav_more`, `nav_projects` and `may_see_admin`."""
    access: Access | None = getattr(request, "access", None)
    if access is None:
        return {"may_see_admin": _admin_lazily(request)}
    return {
        "access": access,
        # A part of a page has no menu.
        "nav_items": SimpleLazyObject(lambda: _items(request, access, SECTIONS)),
        "nav_more": SimpleLazyObject(lambda: _items(request, access, MORE_SECTIONS)),
        "nav_projects": SimpleLazyObject(lambda: _projects(access)),
        "may_see_admin": access.allows(Permission.MODERATE) or _admin_lazily(request),
    }


def _projects(access: Access) -> list[Project]:
    """Return the switcher's projects: not archived, by name."""
    active = [one for one in access.projects if one.archived_at is None]
    return sorted(active, key=lambda one: one.name.casefold())


def _items(
    request: HttpRequest, access: Access, sections: tuple[tuple[Any, ...], ...]
) -> list[Item]:
    match = request.resolver_match
    own = (match.url_name or "").split("-")[0] if match else ""
    section = getattr(request, "section", own)
    items = []
    for name, label, permission, words in sections:
        if not access.allows(permission):
            continue
        try:
            url = reverse(name, kwargs={"slug": access.project.slug})
        except NoReverseMatch:
            continue
        items.append(Item(url, str(label), section in words))
    return items


def _admin_lazily(request: HttpRequest) -> object:
    """Answer only when a template asks: operators, and moderators and admins of any project."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    held = Membership.objects.filter(user=user, role__in=("moderator", "admin"))
    return SimpleLazyObject(held.exists)
