"""What every view of the API does: who, which project, which row, and how it is shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.viewsets import GenericViewSet

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, Role, role_allows
from annotations.api.encoding import LengthMissing
from annotations.api.etag import expected_revision, is_known, make_etag
from annotations.api.filters import AllowListBackend
from annotations.api.known_at import asked_of
from annotations.api.pagination import BY_ID, BY_ID_DOWN, KeysetPagination, Order
from annotations.api.serializers.trees import represent, validate
from annotations.lib.errors import Conflict, Refused, StaleVersion
from annotations.planned import IsOneOf
from annotations.projects.known_at import not_known_yet, project_as_known
from annotations.projects.marking import marking_of, membership_at, remember_marking
from annotations.projects.models import FormerSlug, Project
from annotations.projects.permissions import remember_role
from annotations.projects.visibility import Sight, hidden_by_moderation, sight_for_role


class HiddenFromAuthor(Http404):
    """The row was hidden by moderation; its author may learn that, and why."""

    def __init__(self, uid: UUID, reason: str) -> None:
        super().__init__(uid)
        self.uid = uid
        self.reason = reason


class Moved(Exception):
    """The project has another slug now; reads are sent there."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class ApiViewSet(GenericViewSet):
    """A view of rows: lists them by page, shows one with its ETag."""

    filter_backends = (AllowListBackend,)
    pagination_class = KeysetPagination
    http_method_names = ("get", "head", "post", "patch", "delete")
    tag: ClassVar[str]
    orders: ClassVar[Mapping[str, Order]] = {"-created": BY_ID_DOWN, "created": BY_ID}
    default_order = "-created"
    # Whether a page's keys are found first, since `rows_by_key` reads what is shown for less.
    finds_keys_first: ClassVar[bool] = False

    @property
    def user(self) -> User:
        """Return who asks; a view that gets this far has no anonymous callers."""
        return cast(User, self.request.user)

    def rows(self) -> QuerySet:
        """Return the rows the caller may see, with what showing them needs."""
        raise NotImplementedError

    def rows_by_key(self, keys: list[int]) -> Iterable[Any]:
        """Return, in any order, rows that were just found in `rows`."""
        return self.rows().filter(IsOneOf("pk", keys))

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return the rows as the caller sees them, with a constant number of queries."""
        kind = cast(type[Serializer], self.get_serializer_class())
        return represent(kind, rows, self.get_serializer_context())

    def list(self, request: Request, **kwargs: Any) -> Response:
        """Answer a page of the rows."""
        rows = self.paginate_queryset(self.filter_queryset(self.rows()))
        return self.get_paginated_response(self.show(rows) if rows else [])

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Answer one row, or 304 when the caller has it already."""
        return self.answer(self.find())

    def find(self) -> Any:
        """Return the row of the address, or raise Http404 (also for one of another project)."""
        row = self.rows().filter(uid=self.kwargs["uid"]).first()
        if row is None:
            raise Http404
        return row

    def find_made(self, uid: UUID) -> Any:
        """Return a row that the caller made before, as they may see it now, or raise Http404."""
        row = self.rows().filter(uid=uid).first()
        if row is None:
            raise Http404
        return row

    def describe(self, row: Any) -> tuple[dict[str, Any], str]:
        """Return the row as the caller sees it now, with its ETag."""
        body = self.show([row])[0]
        return body, make_etag(row.uid, self.revision_of(row), body)

    def revision_of(self, row: Any) -> int:
        """Return what counts a row's changes; rows that never change stay at 1."""
        return int(getattr(row, "revision", 1))

    def answer(self, row: Any, status: int = 200, location: str = "") -> Response:
        """Answer with one row and its ETag; a read may end in 304."""
        body, etag = self.describe(row)
        headers = {"ETag": etag}
        if location:
            headers["Location"] = location
        if self.request.method in SAFE_METHODS and is_known(self.request, etag):
            return Response(status=304, headers=headers)
        return Response(body, status=status, headers=headers)

    def created(
        self, row: Any, route: str, names: Mapping[str, Any], status: int = 201
    ) -> Response:
        """Answer a row that was just made, with where it is from now on."""
        path = reverse(route, kwargs=dict(names))
        return self.answer(row, status, self.request.build_absolute_uri(path))

    def checked(self, kind: type[Serializer]) -> dict[str, Any]:
        """Return the body's fields, or raise the reasons it is not acceptable."""
        if "Transfer-Encoding" in self.request.headers:
            raise LengthMissing
        if not isinstance(self.request.data, dict):
            raise ValidationError(_("The body must be a JSON object."))
        return validate(kind, self.request.data, self.get_serializer_context())

    def revision_seen(self, row: Any) -> int:
        """Return the revision the caller says they saw. Raises IfMatchMissing or StaleVersion."""
        seen = expected_revision(self.request, row.uid)
        if seen != self.revision_of(row):
            raise StaleVersion(current=row)
        return seen

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Keep answers out of shared caches, and let private ones ask again by ETag."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        moment = getattr(self, "known_at", None)
        if moment is not None:
            answer["Known-At"] = moment.isoformat()
        patch_cache_control(answer, private=True, no_cache=True)
        return answer

    def name_conflicting(self, error: Conflict) -> dict[str, Any]:
        """Return members of the problem that name what is in the way."""
        return {}


class ProjectViewSet(ApiViewSet):
    """A view of rows of the project in the address."""

    project: Project
    role: Role
    can_be_hidden: ClassVar[bool] = False
    # Which actions answer `known_at`, and the moment asked about.
    past_of: ClassVar[frozenset[str]] = frozenset()
    known_at: datetime | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check who asks, then find their way into the project (404 without one)."""
        super().initial(request, *args, **kwargs)
        found = membership_at(request.user.pk, kwargs["slug"])
        if not found:
            raise _moved(request, kwargs["slug"]) or Http404
        membership = found[0]
        self.project = membership.project
        self.role = Role(membership.role)
        remember_role(self.user, self.project, self.role)
        remember_marking(self.user, self.project, membership)
        self.known_at = asked_of(request, self.project, answers=self.action in self.past_of)

    def under(self) -> Any:
        """Return the row that the view's rows belong to."""
        return self.project

    @contextmanager
    def as_known(self) -> Iterator[None]:
        """Read what was known at the moment asked about, if one was; say when what was not yet
        there began. What the caller may not see now is as if it had never been.
        """
        if self.known_at is None:
            yield
            return
        try:
            with project_as_known(self.project, self.user, self.known_at):
                yield
        except Http404:
            row = self.find() if "uid" in self.kwargs else self.project
            raise not_known_yet(row, self.under()) from None

    def list(self, request: Request, **kwargs: Any) -> Response:
        """Answer a page of the rows, as they are or as they were known."""
        with self.as_known():
            return super().list(request, **kwargs)

    def allows(self, permission: Permission) -> bool:
        """Say whether the caller's role carries `permission`."""
        return role_allows(self.role, permission)

    @property
    def sight(self) -> Sight:
        """Return what the caller sees in the project."""
        return sight_for_role(self.user, self.role, marking_of(self.user.pk, self.project))

    def get_serializer_context(self) -> dict[str, Any]:
        """Hand serializers the project and what the caller sees in it."""
        context = dict(super().get_serializer_context())
        if hasattr(self, "project"):  # Not while the schema is made.
            context |= {"project": self.project, "sight": self.sight, "role": self.role}
        return context

    def find(self) -> Any:
        """Return the row of the address; its author is told when moderation has hidden it."""
        return self.find_made(self.kwargs["uid"])

    def find_made(self, uid: UUID) -> Any:
        """Return the row; its author is told when moderation has hidden it."""
        row = self.rows().filter(uid=uid).first()
        if row is None:
            reason = self.hidden_reason(uid)
            raise Http404 if reason is None else HiddenFromAuthor(uid, reason)
        row.project = self.project
        return row

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Answer one row; the author of a hidden one is told why it is hidden, and nothing else."""
        try:
            with self.as_known():
                return super().retrieve(request, **kwargs)
        except HiddenFromAuthor as hidden:
            return Response({"uid": hidden.uid, "hidden": {"reason": hidden.reason}})

    def handle_exception(self, exc: Exception) -> Response:
        """Refuse changes to a hidden row in words its author can read; follow a renamed slug."""
        if isinstance(exc, Moved):
            return Response(status=307, headers={"Location": exc.location})
        if isinstance(exc, HiddenFromAuthor):
            exc = Refused(
                _("A moderator has hidden this: %(reason)s"),
                params={"reason": exc.reason},
            )
        return super().handle_exception(exc)

    def hidden_reason(self, uid: UUID) -> str | None:
        """Return why moderation has hidden the caller's own row; None when it has not."""
        if not self.can_be_hidden:
            return None
        model = type(self).queryset.model  # type: ignore[union-attr]
        rows = model._base_manager.filter(project=self.project.pk, uid=uid)
        hidden = hidden_by_moderation(rows, self.user).values_list("hidden_reason")
        return next((reason for (reason,) in hidden), None)


def _moved(request: Request, slug: str) -> Moved | None:
    """Return where a read of a renamed project is now, if the caller may see that project."""
    if request.method not in SAFE_METHODS:
        return None
    former = FormerSlug.objects.filter(
        slug=slug, project__in=Project.objects.visible_to(cast(User, request.user))
    ).select_related("project")
    for one in former:
        old, new = f"/projects/{slug}/", f"/projects/{one.project.slug}/"
        path = request._request.get_full_path().replace(old, new, 1)
        return Moved(request.build_absolute_uri(path))
    return None
