"""Projects the caller belongs to, and who else does."""

from dataclasses import replace
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.accounts.roles import Permission
from annotations.api.idempotency import idempotent
from annotations.api.pagination import BY_ID, BY_ID_DOWN, by_text
from annotations.api.schema import changing, creating, listing, retrieving
from annotations.api.serializers.projects import MembershipOut, ProjectChange, ProjectIn, ProjectOut
from annotations.api.views.base import ApiViewSet, ProjectViewSet
from annotations.projects.models import Membership, Project
from annotations.projects.permissions import (
    check_create_project,
    check_manage_project,
    check_role,
)
from annotations.projects.services import ProjectSettings, project_create, project_update


def _with_role(rows: QuerySet, user_id: int) -> QuerySet:
    mine = Membership.objects.filter(project=OuterRef("pk"), user=user_id).values("role")[:1]
    return rows.annotate(my_role=Subquery(mine)).select_related("created_by")


class ProjectsViewSet(ApiViewSet):
    """The projects the caller is a member of."""

    tag = "projects"
    queryset = Project.objects.none()
    serializer_class = ProjectOut
    orders = {"name": by_text("name"), "-created": BY_ID_DOWN, "created": BY_ID}
    default_order = "name"

    def rows(self) -> QuerySet:
        """Return the caller's projects."""
        user = self.user
        return _with_role(Project.objects.visible_to(user), user.pk)

    @listing(ProjectOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List your projects."""
        return super().list(request, **kwargs)

    @creating(ProjectIn, ProjectOut)
    @idempotent
    def create(self, request: Request) -> Response:
        """Open a project; you are its first admin."""
        check_create_project(self.user)
        fields = {"slug": "", **self.checked(ProjectIn)}
        project = project_create(actor=self.user, wanted=ProjectSettings(**fields))
        row = self.rows().get(pk=project.pk)
        return self.created(row, "api-project", {"slug": row.slug})


class ProjectView(ProjectViewSet):
    """One project."""

    tag = "projects"
    queryset = Project.objects.none()
    serializer_class = ProjectOut

    def find(self) -> Any:
        """Return the project of the address."""
        return self._shown(self.project)

    def show(self, rows: Any) -> list[dict[str, Any]]:
        """Return the project with the caller's role."""
        return super().show([self._shown(row) for row in rows])

    def _shown(self, row: Any) -> Any:
        row.my_role = self.role
        return row

    @retrieving(ProjectOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a project."""
        return super().retrieve(request, **kwargs)

    @changing(ProjectChange, ProjectOut)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a project's settings; a former slug keeps leading here."""
        check_role(self.role, self.project, Permission.MANAGE)
        check_manage_project(self.user, self.project)
        revision = self.revision_seen(self.project)
        present = ProjectSettings(
            **{name: getattr(self.project, name) for name in ProjectSettings.__dataclass_fields__}
        )
        wanted = replace(present, **self.checked(ProjectChange))
        project = project_update(
            actor=self.user, project=self.project, wanted=wanted, revision=revision
        )
        return self.answer(project)


class MembershipViewSet(ProjectViewSet):
    """Who belongs to the project, for its members, as on the page."""

    tag = "projects"
    queryset = Membership.objects.none()
    serializer_class = MembershipOut

    def rows(self) -> QuerySet:
        """Return the project's members."""
        return Membership.objects.filter(project=self.project).select_related("user")

    @listing(MembershipOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List the project's members and their roles."""
        return super().list(request, **kwargs)

    @retrieving(MembershipOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read one membership."""
        return super().retrieve(request, **kwargs)
