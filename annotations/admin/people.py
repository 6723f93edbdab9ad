"""Accounts and API tokens in the desk: operators only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import ApiToken, User
from annotations.accounts.operators import operator_grant, operator_revoke, password_link
from annotations.accounts.permissions import check_edit_user
from annotations.accounts.services import (
    second_step_remove,
    sessions_end,
    user_create,
    user_reactivate,
    user_update,
)
from annotations.accounts.tokens import token_revoke
from annotations.admin.access import acting_user, is_operator
from annotations.admin.deactivating import DeactivateForm, deactivation_effects
from annotations.admin.decisions import DecidingAdmin, Decision
from annotations.admin.filters import state_filter
from annotations.admin.pages import show_link
from annotations.admin.saving import ServiceAdmin, ServiceForm
from annotations.moderation.people import person_deactivate
from annotations.moderation.redactions.services import person_redaction_ask

DEACTIVATE = Decision(
    "deactivate_users",
    _("Deactivate"),
    "user.deactivate",
    _(
        "They are signed out at once and their tokens end; work given to them is withdrawn. What"
        " they wrote stays, and so do their flags."
    ),
    lambda actor, row, reason: person_deactivate(actor=actor, user=row, reason=reason),
    lambda row: row.is_active,
    form=DeactivateForm,
    effects=deactivation_effects,
)
REACTIVATE = Decision(
    "reactivate_users",
    _("Reactivate"),
    "user.reactivate",
    _("They can sign in again; old sessions and tokens stay ended."),
    lambda actor, row, reason: user_reactivate(actor=actor, user=row, reason=reason),
    lambda row: not row.is_active,
)
SIGN_OUT = Decision(
    "end_sessions",
    _("Sign out everywhere"),
    "user.sessions_end",
    _("Every session and every token of these people ends at once."),
    lambda actor, row, reason: sessions_end(actor=actor, user=row, reason=reason),
)
SECOND_STEP_OFF = Decision(
    "remove_second_steps",
    _("Take off the second step"),
    "user.second_step_remove",
    _("For people who lost it: passkeys, authenticator and recovery codes go; sessions end."),
    lambda actor, row, reason: second_step_remove(actor=actor, user=row, reason=reason),
)
MAKE_OPERATOR = Decision(
    "make_operators",
    _("Make operator"),
    "operator.grant",
    _("They can manage every account and every project of this installation."),
    lambda actor, row, reason: operator_grant(actor=actor, user=row, reason=reason),
    lambda row: row.is_active and not row.is_superuser,
)
STOP_OPERATOR = Decision(
    "stop_operators",
    _("No longer operator"),
    "operator.revoke",
    _("They keep their account and their roles in projects."),
    lambda actor, row, reason: operator_revoke(actor=actor, user=row, reason=reason),
    lambda row: row.is_superuser,
)
PSEUDONYMISE = Decision(
    "pseudonymise_users",
    _("Pseudonymise"),
    "redaction.ask",
    _(
        "Once another operator or an admin of a project of theirs confirms it, name and address "
        "are overwritten everywhere and the person is shut out. Name the request they made."
    ),
    lambda actor, row, reason: person_redaction_ask(actor=actor, person=row, reference=reason),
)
REVOKE = Decision(
    "revoke_tokens",
    _("Revoke"),
    "token.revoke",
    _("Programs that use these tokens are refused from now on."),
    lambda actor, row, reason: token_revoke(actor=actor, token=row),
    lambda row: row.revoked_at is None,
)
AccountFilter = state_filter(
    _("account"),
    "state",
    {
        "active": (_("active"), Q(is_active=True)),
        "deactivated": (_("deactivated"), Q(is_active=False)),
        "operator": (_("operator"), Q(is_superuser=True)),
    },
)


class UserForm(ServiceForm):
    """How a person is named; on adding, their address as well."""

    language = forms.ChoiceField(
        label=_("Interface language"),
        required=False,
        choices=lambda: [("", _("As the browser asks")), *settings.LANGUAGES],
    )

    class Meta:
        model = User
        fields = ("email", "display_name", "is_superuser")


@admin.register(User)
class UserAdmin(DecidingAdmin, ServiceAdmin):
    """Accounts: created, named, deactivated and made operator by operators."""

    project_column = None
    form = UserForm
    decisions = (
        *(DEACTIVATE, REACTIVATE, SIGN_OUT, SECOND_STEP_OFF, MAKE_OPERATOR, STOP_OPERATOR),
        PSEUDONYMISE,
    )
    change_form_template = "admin/user_change_form.html"
    list_display = ("email", "display_name", "is_active", "is_superuser", "date_joined")
    list_filter = (AccountFilter,)
    search_fields = ("email", "display_name")
    ordering = ("email",)
    sortable_by = ("email", "date_joined")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Offer only people who can be given a role where one is to be chosen."""
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(is_active=True, is_system=False)
        return super().get_search_results(request, queryset, search_term)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Ask for an address once; show what decisions have made of the account."""
        if obj is None:
            return ("email", "display_name", "language", "is_superuser")
        return (
            "email",
            "display_name",
            "language",
            "is_active",
            "is_superuser",
            "uid",
            "date_joined",
            "last_login",
            "deactivated_at",
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """See `get_fields`."""
        if obj is None:
            return ()
        return tuple(
            name
            for name in self.get_fields(request, obj)
            if name not in ("display_name", "language")
        )

    def get_urls(self) -> list[URLPattern]:
        """Add the page that makes a link to set a password."""
        view = self.admin_site.admin_view(self.password_link_view)
        name = "annotations_user_password_link"
        return [path("<path:object_id>/password-link/", view, name=name), *super().get_urls()]

    def password_link_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show, once, a link by which the person sets a new password (POST only)."""
        if not is_operator(request) or request.method != "POST":
            raise PermissionDenied
        user = self.get_object(request, unquote(object_id))
        if not isinstance(user, User):
            raise PermissionDenied
        return show_link(
            self,
            request,
            title=str(_("Link for %(email)s to set a password") % {"email": user.email}),
            explanation=_("Hand it over on a way you trust. It works once, for a limited time."),
            link=password_link(actor=acting_user(request), user=user),
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let operators create accounts."""
        return is_operator(request)

    def has_decide_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let operators decide about everyone but the machine's own account."""
        return is_operator(request) and not (obj is not None and obj.is_system)

    def check_change(self, request: HttpRequest, row: User) -> None:
        """Ask the accounts' own rule."""
        check_edit_user(acting_user(request), row)

    def service_create(self, request: HttpRequest, values: dict[str, Any]) -> User:
        """Create an account without a password; a link lets the person set one."""
        return user_create(
            actor=acting_user(request),
            email=values["email"],
            display_name=values["display_name"],
            language=values["language"],
            is_operator=values["is_superuser"],
        )

    def service_update(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        """Change how the person is named."""
        user_update(
            actor=acting_user(request),
            user=row,
            display_name=values["display_name"],
            language=values["language"],
        )


@admin.register(ApiToken)
class TokenAdmin(DecidingAdmin):
    """Tokens: made by their owners, revoked by operators too."""

    project_column = None
    decisions = (REVOKE,)
    list_display = ("name", "prefix", "user", "scopes", "expires_at", "last_used_at", "revoked_at")
    list_select_related = ("user",)
    search_fields = ("name", "prefix", "user__email")
    sortable_by = ()
    fields = (
        "user",
        "name",
        "prefix",
        "scopes",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
        "uid",
    )

    def has_decide_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let operators revoke."""
        return is_operator(request)
