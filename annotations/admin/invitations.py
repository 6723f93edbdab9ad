"""Invitations in the desk: sent and revoked, never changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import Invitation
from annotations.accounts.roles import Permission
from annotations.admin.access import acting_user, manages_any, may_manage
from annotations.admin.decisions import DecidingAdmin, Decision
from annotations.admin.filters import ProjectFilter, state_filter
from annotations.admin.pages import show_link
from annotations.admin.saving import ServiceAdmin, ServiceForm
from annotations.projects.invitations import (
    invitation_create,
    invitation_link,
    invitation_revoke,
)

REVOKE = Decision(
    "revoke_invitations",
    _("Revoke"),
    "invitation.revoke",
    _("The links of these invitations stop working."),
    lambda actor, row, reason: invitation_revoke(actor=actor, invitation=row),
    lambda row: row.accepted_at is None and row.revoked_at is None,
)
InvitationStateFilter = state_filter(
    _("state"),
    "state",
    {
        "open": (_("open"), Q(accepted_at__isnull=True, revoked_at__isnull=True)),
        "accepted": (_("accepted"), Q(accepted_at__isnull=False)),
        "revoked": (_("revoked"), Q(revoked_at__isnull=False)),
    },
)


@admin.register(Invitation)
class InvitationAdmin(DecidingAdmin, ServiceAdmin):
    """Invitations: sent and revoked by a project's admins and by operators, never changed."""

    needed = Permission.MANAGE
    form = ServiceForm
    decisions = (REVOKE,)
    list_display = ("email", "project", "role", "status", "expires_at")
    list_select_related = ("project", "invited_by")
    list_filter = (ProjectFilter, InvitationStateFilter, "role")
    search_fields = ("email",)
    sortable_by = ()
    autocomplete_fields = ("project",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Ask for the address, the project and the role; show what came of it."""
        if obj is None:
            return ("project", "email", "role")
        return (
            "project",
            "email",
            "role",
            "status",
            "invited",
            "created_at",
            "expires_at",
            "accepted_at",
            "revoked_at",
            "uid",
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Let nothing be changed once sent."""
        return self.get_fields(request, obj) if obj is not None else ()

    @admin.display(description=_("state"))
    def status(self, row: Invitation) -> str:
        """Say whether the link still works."""
        if row.accepted_at is not None:
            return str(_("accepted"))
        if row.revoked_at is not None:
            return str(_("revoked"))
        return str(_("expired") if row.expires_at <= timezone.now() else _("open"))

    @admin.display(description=_("invited by"))
    def invited(self, row: Invitation) -> str:
        """Name who sent it."""
        return row.invited_by.display_name

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let whoever sees invitations send one; the service asks for the project's admin."""
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: an invitation is revoked and sent again."""
        return False

    def has_decide_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let a project's admins and operators revoke."""
        if obj is None:
            return manages_any(request)
        return may_manage(request, obj.project)

    def service_create(self, request: HttpRequest, values: dict[str, Any]) -> Invitation:
        """Send an invitation."""
        return invitation_create(actor=acting_user(request), **values)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Show the link this once: only its hash is kept."""
        return show_link(
            self,
            request,
            title=_("Invitation for %(email)s") % {"email": obj.email},
            explanation=_("It was mailed as well. Whoever has this link can join; it works once."),
            link=invitation_link(obj),
        )

    def rows_for_decision(self, request: HttpRequest, rows: QuerySet[Any]) -> list[Any]:
        """Read the projects along."""
        return super().rows_for_decision(request, rows.select_related("project"))
