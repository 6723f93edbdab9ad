"""The admin site: who may enter, and what of Django's own stays outside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.admin.access import may_enter
from annotations.admin.audit import audit_csv, audit_list
from annotations.admin.base import ScopedAdmin

# The index and the side bar, by what people come for.
SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Moderation"), ("Flag", "Audit")),
    (
        _("Texts and claims"),
        (
            "Article",
            "Claim",
            "Evidence",
            "Review",
            "Adjudication",
            "Verdict",
            "Comment",
            "Assignment",
        ),
    ),
    (_("Statements and sources"), ("Statement", "LifecycleEvent", "Source")),
    (_("What happened since"), ("Capture", "MentionPlacement", "Watch", "LookAgain")),
    (
        _("Projects"),
        (
            "Project",
            "Membership",
            "Invitation",
            "RatingScale",
            "Guideline",
            "Redaction",
        ),
    ),
    (_("Installation"), ("User", "ApiToken")),
)


# What the index is told of a page that is no list of rows.
_AUDIT: dict[str, Any] = {
    "name": _("Audit"),
    "object_name": "Audit",
    "perms": {"view": True},
    "add_url": None,
    "view_only": True,
}


class NamedChoices(AutocompleteJsonView):
    """What the fields to choose a row from are answered."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        """Name a row so that it can be told from others of its name."""
        named = super().serialize_result(obj, to_field_name)
        if isinstance(obj, User):
            named["text"] = f"{obj.display_name} ({obj.email})"
        return named


class FactcheckAdminSite(AdminSite):
    """Django admin for operators, and for moderators and admins of projects."""

    site_title = _("Factcheck desk")
    site_header = _("Factcheck desk")
    index_title = _("Moderation and administration")
    empty_value_display = "—"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        """Take in our own pages only.

        What the installed packages register shows rows of every project, and allauth's shows the
        seeds of second factors.
        """
        if admin_class is not None and issubclass(admin_class, ScopedAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in operators, and who moderates or manages any project."""
        return may_enter(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Group the pages by what people come for, not by package."""
        found = {
            page["object_name"]: {**page, "name": capfirst(page["name"])}
            for app in super().get_app_list(request, app_label)
            for page in app["models"]
        }
        if self.has_permission(request):
            found["Audit"] = _AUDIT | {"admin_url": reverse("admin:audit")}
        url = reverse("admin:index")
        return [
            {
                "name": heading,
                "app_label": f"section-{number}",
                "app_url": url,
                "has_module_perms": True,
                "models": [found[name] for name in names if name in found],
            }
            for number, (heading, names) in enumerate(SECTIONS)
            if any(name in found for name in names)
        ]

    def app_index(  # type: ignore[override]  # A redirect is an answer like any other.
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the index: there is one app, and its pages are grouped there."""
        return redirect("admin:index")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Find rows to choose from; people with their address, as two may share a name."""
        view = NamedChoices.as_view(admin_site=self)
        return view(request)  # type: ignore[return-value]

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Leave out what the product has pages of its own for, and the shortcut past scoping."""
        gone = {"password_change", "password_change_done", "view_on_site"}
        kept = [url for url in super().get_urls() if getattr(url, "name", None) not in gone]
        return [
            path("audit/", self.admin_view(self.audit_view), name="audit"),
            path("audit/csv/", self.admin_view(audit_csv), name="audit_csv"),
            *kept,
        ]

    def audit_view(self, request: HttpRequest) -> HttpResponse:
        """Show what was changed in the person's projects."""
        return audit_list(request, self.each_context(request))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send people to the one sign-in, with its second factor; refuse who may not enter."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Send people to the one way out."""
        return redirect("account_logout")
