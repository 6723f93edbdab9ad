"""Projects, their members and invitations in the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.accounts.roles import Permission
from annotations.admin.access import acting_user, is_operator, manages_any, may_manage
from annotations.admin.decisions import DecidingAdmin, Decision
from annotations.admin.filters import ProjectFilter, state_filter
from annotations.admin.saving import RevisionForm, ServiceAdmin, ServiceForm
from annotations.audit.timeline import Parts
from annotations.projects.members import member_add, member_change_role, member_remove
from annotations.projects.models import Membership, Project
from annotations.projects.permissions import check_manage_project, check_not_archived
from annotations.projects.services import (
    ProjectSettings,
    project_archive,
    project_create,
    project_unarchive,
    project_update,
)

ARCHIVE = Decision(
    "archive_projects",
    _("Archive"),
    "project.archive",
    _("Everything in these projects can still be read and exported; nothing can be changed."),
    lambda actor, row, reason: project_archive(actor=actor, project=row, reason=reason),
    lambda row: row.archived_at is None,
)
UNARCHIVE = Decision(
    "unarchive_projects",
    _("Open again"),
    "project.unarchive",
    _("These projects can be worked in again."),
    lambda actor, row, reason: project_unarchive(actor=actor, project=row, reason=reason),
    lambda row: row.archived_at is not None,
)
REMOVE = Decision(
    "remove_members",
    _("Remove from the project"),
    "member.remove",
    _("These people lose the project at once; what they wrote stays under their names."),
    lambda actor, row, reason: member_remove(actor=actor, membership=row, reason=reason),
)
ProjectStateFilter = state_filter(
    _("state"),
    "state",
    {
        "active": (_("active"), Q(archived_at__isnull=True)),
        "archived": (_("archived"), Q(archived_at__isnull=False)),
    },
)


class ProjectForm(RevisionForm):
    """How a project works."""

    class Meta:
        model = Project
        fields = (
            "name",
            "slug",
            "language",
            "time_zone",
            "reviews_needed",
            "blind",
            "shared_editing",
            "queue_policy",
            "look_again_policy",
        )


@admin.register(Project)
class ProjectAdmin(DecidingAdmin, ServiceAdmin):
    """Projects: settled by their admins and by operators, archived by decision."""

    project_column = "id"
    needed_to_change = Permission.MANAGE
    form = ProjectForm
    decisions = (ARCHIVE, UNARCHIVE)
    list_display = ("name", "slug", "language", "reviews_needed", "blind", "archived_at")
    list_filter = (ProjectStateFilter, "blind")
    search_fields = ("name", "slug")
    ordering = ("name", "id")
    fieldsets = (
        (None, {"fields": ("name", "slug", "language", "time_zone")}),
        (
            None,
            {
                "fields": (
                    "reviews_needed",
                    "blind",
                    "shared_editing",
                    "queue_policy",
                    "look_again_policy",
                    "revision_seen",
                )
            },
        ),
        (_("Record"), {"fields": ("uid", "created_at", "archived_at")}),
    )
    readonly_fields = ("uid", "created_at", "archived_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let operators open projects here; everyone else does in the product."""
        return is_operator(request)

    def has_decide_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let a project's admins and operators archive it."""
        if obj is None:
            return manages_any(request)
        return may_manage(request, obj)

    def check_change(self, request: HttpRequest, row: Project) -> None:
        """Ask the projects' own rule."""
        check_manage_project(acting_user(request), row)
        check_not_archived(row)

    def service_create(self, request: HttpRequest, values: dict[str, Any]) -> Project:
        """Open a project; the operator is its first admin."""
        values.pop("revision_seen", None)
        return project_create(actor=acting_user(request), wanted=ProjectSettings(**values))

    def service_update(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        """Change the project's settings."""
        revision = values.pop("revision_seen")
        project_update(
            actor=acting_user(request),
            project=row,
            wanted=ProjectSettings(**values),
            revision=revision,
        )

    def history_parts(self, obj: Any) -> Iterable[Parts]:
        """Show who was a member when, those who left included."""
        return [Parts(Membership, "project", [obj])]


@admin.register(Membership)
class MembershipAdmin(DecidingAdmin, ServiceAdmin):
    """Members: their role is changed by a project's admins and by operators."""

    needed_to_change = Permission.MANAGE
    form = ServiceForm
    decisions = (REMOVE,)
    list_display = ("who", "project", "role", "created_at")
    list_select_related = ("user", "project")
    list_filter = (ProjectFilter, "role")
    search_fields = ("user__display_name",)
    search_help_text = _("Any part of a display name")
    sortable_by = ()
    autocomplete_fields = ("user", "project")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Choose person and project once; only the role can be changed."""
        if obj is None:
            return ("project", "user", "role")
        return ("project", "who", "role", "uid", "created_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """See `get_fields`."""
        return ("project", "who", "uid", "created_at") if obj is not None else ()

    @admin.display(description=_("member"))
    def who(self, row: Membership) -> str:
        """Name the person, without a link to an account most may not open."""
        return row.user.display_name

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let operators add people they know by account; everyone else invites."""
        return is_operator(request)

    def has_decide_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let a project's admins and operators remove members."""
        if obj is None:
            return manages_any(request)
        return may_manage(request, obj.project)

    def check_change(self, request: HttpRequest, row: Membership) -> None:
        """Ask the projects' own rule."""
        check_manage_project(acting_user(request), row.project)

    def service_create(self, request: HttpRequest, values: dict[str, Any]) -> Membership:
        """Give a person a role."""
        return member_add(actor=acting_user(request), **values)

    def service_update(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        """Give a member another role."""
        member_change_role(actor=acting_user(request), membership=row, role=values["role"])
