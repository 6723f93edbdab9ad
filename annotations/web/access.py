"""The door to a project's pages: who asks, which project, in what role."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.db.models import Case, F, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_htmx.middleware import HtmxDetails

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, Role
from annotations.planned import Planned, Slot
from annotations.projects.marking import marking_columns, membership_at, remember_marking
from annotations.projects.models import FormerSlug, Membership, Project
from annotations.projects.permissions import allows, check_role, remember_role
from annotations.projects.visibility import Sight, sight_for_role
from annotations.verification.assignments.queue import work_renew_numbered

# Fields that scripts fill in; words worth giving back are in none of them.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "key", "content_hash", "range", "in", "claim"})
# Projects in the menu; the page of all projects is one click further.
SWITCHER_LIMIT = 12


class Allowed:
    """What the role may do, for templates: `{% if access.can.annotate %}`."""

    def __init__(self, access: "Access") -> None:
        self._access = access

    def __getitem__(self, name: str) -> bool:
        return self._access.allows(Permission(name))


@dataclass
class Access:
    """The signed-in person's way into one project."""

    user: User
    project: Project
    role: Role
    sight: Sight

    @cached_property
    def projects(self) -> tuple[Project, ...]:
        """This one and others of the person's, to switch to."""
        return tuple(one.project for one in _memberships(self.user.pk, self.project.slug))

    def allows(self, permission: Permission) -> bool:
        """Say whether the role, in the project as it stands, carries `permission`."""
        return allows(self.role, self.project, permission)

    @property
    def can(self) -> Allowed:
        """Answer `allows` by permission name, for templates."""
        return Allowed(self)


class SignedInRequest(HttpRequest):
    """A request whose user is a person; `access` is set on pages of a project."""

    user: User
    access: Access
    htmx: HtmxDetails
    # The first word of the addresses whose part of the menu the page is in, where its own is not.
    section: str


View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Send anonymous visitors to sign in; keep what signed-in people see out of shared caches."""
    guarded = never_cache(login_required(view))

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_script = request.headers.get("HX-Request") == "true"
        if is_script and not _is_for(request):
            # A redirect would put the sign-in page into the middle of someone's work.
            message = _("You were signed out. Sign in in another tab, then try again.")
            return render(request, "_partials/problem.html", {"message": message}, status=401)
        if not request.user.is_authenticated and request.method not in ("GET", "HEAD"):
            return _signed_out(request)
        return guarded(request, *args, **kwargs)

    return answer


def _is_for(request: HttpRequest) -> bool:
    """Say whether a script's request comes from a page of the person who is signed in.

    Another one may have signed in in another tab; what the page sends is not theirs.
    """
    if not request.user.is_authenticated:
        return False
    meant = request.headers.get("X-Factcheck-User", "")
    return meant in ("", str(request.user.uid))


def _signed_out(request: HttpRequest) -> HttpResponse:
    """Give back what somebody typed whose session has ended, and the way to where they typed it.

    A redirect to the sign-in page would throw the words away, and lead on to an address that only
    takes what is sent to it.
    """
    came_from = request.headers.get("Referer", "")
    here = f"{request.scheme}://{request.get_host()}"
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    following = came_from.removeprefix(here) if is_ours else resolve_url("project-list")
    sign_in = f"{resolve_url('account_login')}?{urlencode({'next': following})}"
    typed = [
        value
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
        for value in values
        if " " in value.strip() or len(value) > 40
    ]
    context = {"sign_in": sign_in, "typed": typed}
    return render(request, "signed_out.html", context, status=401)


def find_access(user: User, slug: str, *, is_part: bool = False) -> Access:
    """Return the person's way into the project at `slug`; 404 when there is none.

    The same query gives the projects to switch to, as every page's menu shows them; a part of a
    page (`is_part`), which shows none, reads the one membership.
    """
    found = membership_at(user.pk, slug) if is_part else _memberships(user.pk, slug)
    if not found or found[0].project.slug != slug:
        raise Http404
    project, role = found[0].project, Role(found[0].role)
    remember_role(user, project, role)
    marking = remember_marking(user, project, found[0])
    access = Access(user, project, role, sight_for_role(user, role, marking))
    if not is_part:
        access.projects = tuple(one.project for one in found)
    return access


@Planned
def _memberships(user_id: Slot, slug: Slot) -> QuerySet[Membership]:
    """Read the memberships of the menu, that of the project at `slug` first."""
    asked_first = Case(When(project__slug=slug, then=0), default=1)
    active_first = F("project__archived_at").desc(nulls_first=True)
    # Of the asked one only: the others are names in a menu.
    of_asked = {
        name: Case(When(project__slug=slug, then=column))
        for name, column in marking_columns().items()
    }
    rows = Membership.objects.select_related("project").filter(user=user_id)
    rows = rows.annotate(**of_asked)
    return rows.order_by(asked_first, active_first, "project__name")[:SWITCHER_LIMIT]


def current_slug(user: User, slug: str) -> str | None:
    """Return the present slug of a project once found at `slug`, if the person may see it."""
    former = FormerSlug.objects.filter(
        slug=slug, project__in=Project.objects.visible_to(user)
    ).select_related("project")
    return former[0].project.slug if former else None


def project_page(permission: Permission = Permission.READ) -> Callable[[View], View]:
    """Make a view of `/p/<slug>/...`: signed in, a member (else 404), allowed (else Refused).

    The view gets `(request, project, **rest)`; `request.access` holds project and role; times are
    shown in the project's zone. A renamed slug redirects (GET and HEAD; others get 404). Whatever
    is sent to a claim's address moves the end of the person's lease on it on.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, slug: str, **kwargs: Any) -> HttpResponse:
            try:
                access = find_access(request.user, slug, is_part=bool(request.htmx))
            except Http404:
                moved_to = current_slug(request.user, slug)
                if moved_to is None or request.method not in ("GET", "HEAD"):
                    raise
                old, new = f"/p/{slug}/", f"/p/{moved_to}/"
                return redirect(request.get_full_path().replace(old, new, 1), permanent=False)
            request.access = access
            check_role(access.role, access.project, permission)
            with timezone.override(ZoneInfo(access.project.time_zone)):
                answer = view(request, access.project, **kwargs)
                if request.method == "POST" and "number" in kwargs:
                    work_renew_numbered(
                        actor=request.user, project=access.project, number=kwargs["number"]
                    )
                return answer

        return signed_in(guarded)

    return decorate
