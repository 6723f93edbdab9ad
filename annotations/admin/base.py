"""What every page of the desk has in common: its rows, its history, no deleting, quick lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.admin import ModelAdmin, ShowFacets
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.db.models import ForeignKey, Model, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from annotations.accounts.roles import Permission
from annotations.admin.access import acting_user, is_operator, may_enter, project_ids, reaches
from annotations.audit.timeline import Parts, timeline
from annotations.projects.marking import claims_not_marked_by
from annotations.projects.models import Project

# Counting 100,000 rows takes longer than showing a page of them; past this, people search.
MOST_COUNTED = 10_000
# What a list's own links may append to a column they filter by.
FILTER_ENDINGS = ("", "__exact", "__id__exact", "__isnull")


class CappedPaginator(Paginator):
    """Counts no further than MOST_COUNTED rows; later ones are found by searching."""

    @cached_property
    def count(self) -> int:
        """Return the number of rows, at most MOST_COUNTED."""
        rows: Any = self.object_list
        # Ids only: whatever else a list reads of a row would be read for all that are counted.
        return int(rows.order_by().values("pk")[:MOST_COUNTED].count())

    @property
    def is_capped(self) -> bool:
        """Say whether there may be more rows than counted."""
        return self.count >= MOST_COUNTED


class ScopedAdmin(ModelAdmin):
    """Rows of the person's projects; of all projects for operators. Nothing is deleted here.

    `project_column` is the column that holds the project's id; None for what belongs to no
    project, which only operators see. `needed` is what the role in the project must carry.
    """

    project_column: str | None = "project_id"
    needed = Permission.MODERATE
    # The path, ending in "__" or empty, to the claim that a row is or is of; None without one.
    claim_path: str | None = None
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    ordering: ClassVar[Any] = ("-id",)
    view_on_site = False
    save_on_top = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Every list, search, choice, action and single row starts from these rows."""
        rows = super().get_queryset(request)
        if self.claim_path is not None:
            # Who marks a text independently sees nothing of the others in here either.
            rows = rows.filter(claims_not_marked_by(acting_user(request).pk, self.claim_path))
        if is_operator(request):
            return rows
        if self.project_column is None:
            return rows.none()
        return rows.filter(**{f"{self.project_column}__in": project_ids(request, self.needed)})

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list; refuse chosen rows that are no ids, which Django would stumble over."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if any(not (one.isascii() and one.isdigit() and len(one) < 19) for one in chosen):
            raise BadRequest
        # "Select ... to change" promises what many may not.
        context = {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        return super().changelist_view(request, context)

    # Permissions: role first; what may be changed is each page's own.

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the section to whoever may enter."""
        return may_enter(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Say whether the person may see the list, or this row."""
        if is_operator(request):
            return True
        if self.project_column is None:
            return False
        if obj is None:
            return bool(project_ids(request, self.needed))
        return reaches(request, getattr(obj, self.project_column), self.needed)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: what is not offered here is made in the product itself."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: what no service changes is read only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: nothing that has a history may go."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Leave out the page for deleting."""
        return [url for url in super().get_urls() if not str(url.name).endswith("_delete")]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Allow the lookups of this list's own filters, and none that a client thinks up."""
        filters = self.get_list_filter(request)
        columns = [one for one in filters if isinstance(one, str)]
        allowed = {f"{column}{end}" for column in columns for end in FILTER_ENDINGS}
        return lookup in allowed | {getattr(one, "parameter_name", "") for one in filters}

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Allow rows to be named by their id only."""
        return to_field == "id"

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """Offer, and accept, only rows the person finds in the desk, of the row's own project."""
        target: Any = db_field.related_model
        admin = self.admin_site._registry.get(target)
        rows = admin.get_queryset(request) if admin else target._default_manager.none()
        if target is Project and not is_operator(request):
            rows = rows.filter(pk__in=project_ids(request, self.needed))
        row = getattr(request, "_admin_row", None)
        if row is not None and hasattr(target, "project_id") and hasattr(row, "project_id"):
            rows = rows.filter(project_id=row.project_id)
        kwargs["queryset"] = rows
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Remember the row for the choices of its foreign keys."""
        request._admin_row = obj  # type: ignore[attr-defined]
        return super().get_form(request, obj, change=change, **kwargs)

    # History is the audit's; Django's own log would say less, and twice.

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:  # type: ignore[override]
        """Write nothing: the database keeps the history."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> None:  # type: ignore[override]
        """Write nothing: the database keeps the history."""

    def history_objects(self, obj: Any) -> Iterable[Model]:
        """Return the rows whose changes the page of `obj` shows."""
        return [obj]

    def history_parts(self, obj: Any) -> Iterable[Parts]:
        """Return what of `obj` may have been replaced or removed, see `Parts`."""
        return []

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show who changed what, when and why."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        viewer = None if is_operator(request) else acting_user(request)
        entries = timeline(self.history_objects(obj), viewer, parts=self.history_parts(obj))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change history: %s") % obj,
            "subtitle": None,
            "entries": entries,
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            "object": obj,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/object_history.html", context)
