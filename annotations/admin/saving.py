"""Saving through services: a form's values go to the service, its refusals come back as errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from annotations.accounts.roles import Permission
from annotations.admin.access import is_operator, project_ids
from annotations.admin.base import ScopedAdmin
from annotations.lib.errors import DomainError, Refused


class ServiceForm(forms.ModelForm):
    """A form whose refusal by the service is shown at the field it names."""

    # Set for the one request, by ServiceAdmin.get_form.
    refusal: DomainError | None = None

    def clean(self) -> dict[str, Any] | None:
        """Show what the service said when it was asked to save these values."""
        cleaned = super().clean()
        if self.refusal is not None:
            field = self.refusal.field if self.refusal.field in self.fields else None
            self.add_error(field, self.refusal.message)
        return cleaned

    def _post_clean(self) -> None:
        """Leave the row alone: what is unique or fits together, the service says in words."""


class RevisionForm(ServiceForm):
    """A form that remembers which revision of the row it was opened on."""

    revision_seen = forms.IntegerField(
        widget=forms.HiddenInput, required=False, label=_("revision")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A form built only to be read has no such field.
        if "revision_seen" in self.fields:
            self.fields["revision_seen"].initial = getattr(self.instance, "revision", None)

    def clean_revision_seen(self) -> int:
        """Return the revision; without one nothing can be saved over."""
        seen: int | None = self.cleaned_data["revision_seen"]
        return -1 if seen is None else seen


class ServiceAdmin(ScopedAdmin):
    """A page that writes, through the services its subclasses name."""

    form: type[forms.ModelForm] = ServiceForm
    needed_to_change = Permission.MODERATE
    # Fields of the form that are no columns: what is shown for them to who may only read.
    shown_instead: Mapping[str, str] = {"outlet_name": "outlet", "revision_seen": ""}

    def service_create(self, request: HttpRequest, values: dict[str, Any]) -> Model:
        """Create the row from the form's values."""
        raise NotImplementedError

    def service_update(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        """Change the row to the form's values."""
        raise NotImplementedError

    def check_change(self, request: HttpRequest, row: Any) -> None:
        """Raise Refused unless the person may change this row."""
        raise NotImplementedError

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show columns in the place of form fields to who may only read."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (heading, {**options, "fields": self._readable(options["fields"])})
            for heading, options in fieldsets
            if self._readable(options["fields"])
        ]

    def _readable(self, names: Iterable[Any]) -> list[Any]:
        shown = [self.shown_instead.get(name, name) for name in names]
        return [name for name in shown if name]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Ask the concept's own rule for a row; a list is as changeable as it is visible."""
        if not self.has_view_permission(request, obj):
            return False
        if obj is None:
            return is_operator(request) or bool(project_ids(request, self.needed_to_change))
        try:
            self.check_change(request, obj)
        except Refused:
            return False
        return True

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the form again with the service's sentence when it refuses to save."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as error:
            # The transaction is undone; the second pass finds the form invalid and saves nothing.
            request._admin_refusal = error  # type: ignore[attr-defined]
            response: HttpResponse = super().changeform_view(
                request, object_id, form_url, extra_context
            )
            return response

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Hand the form what the service said."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "_admin_refusal", None)
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Let the service save, and bring `obj` up to date for the message about it."""
        if change:
            self.service_update(request, obj, form.cleaned_data)
            obj.refresh_from_db()
            return
        created = self.service_create(request, form.cleaned_data)
        obj.__dict__.update(created.__dict__)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save nothing: services save whole things."""

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[Any]:
        """Say nothing: the database keeps the history."""
        return []
