"""The audit at the desk: who changed what, when and why, over all a person's projects."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.admin.access import acting_user, is_operator, project_ids
from annotations.admin.filters import MOST_CHOICES
from annotations.audit.finding import Question, read_place, trails
from annotations.audit.trail import AuditEntry, audit_entries, audit_page
from annotations.exchange.formats.csv import neutralise
from annotations.projects.marking import rounds_marked_by
from annotations.projects.models import Project

PAGE_SIZE = 50
# People of one name that are looked for together.
MOST_PEOPLE = 50
# Rows of the CSV that are sent at a time.
LINES_AT_ONCE = 200
COLUMNS = (
    *("when", "who", "who_uid", "project", "action", "kind", "uid", "name", "what"),
    *("field", "before", "after", "reason"),
)
_DATE = forms.DateInput(attrs={"type": "date"})


class AuditForm(forms.Form):
    """What is looked for, within what the person may see."""

    project = forms.ModelChoiceField(
        Project.objects.none(), label=gettext_lazy("Project"), required=False
    )
    who = forms.CharField(
        label=gettext_lazy("Who"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("Name as shown, or uid; operators: e-mail too."),
    )
    action = forms.CharField(
        label=gettext_lazy("Action"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("For example claim.update or moderation.hide."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of row"), required=False)
    row = forms.CharField(
        label=gettext_lazy("Row"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Its uid, or the number of a claim."),
    )
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=_DATE)
    until = forms.DateField(label=gettext_lazy("To"), required=False, widget=_DATE)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET)
        self.sees_all = _sees_all(request)
        self.allowed = None if self.sees_all else project_ids(request, Permission.MODERATE)
        rows = Project.objects.order_by("name")
        rows = rows if self.allowed is None else rows.filter(pk__in=self.allowed)
        projects: Any = self.fields["project"]
        projects.queryset = rows
        projects.choices = [("", "—"), *((row.pk, row.name) for row in rows[:MOST_CHOICES])]
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", "—"), *self._kinds()]

    def _kinds(self) -> list[tuple[str, str]]:
        """Return the kinds of rows the person finds here, by their names."""
        offered = [one for one in trails().values() if self.sees_all or one.has_project]
        named = [(one.kind, capfirst(str(one.model._meta.verbose_name))) for one in offered]
        return sorted(named, key=lambda one: one[1])

    def question(self) -> Question:
        """Return what is asked for; call when valid."""
        values = self.cleaned_data
        projects = [values["project"].pk] if values["project"] else self.allowed
        return Question(
            projects=projects,
            actors=self._people(values["who"].strip()),
            action=values["action"].strip(),
            kind=values["kind"],
            objects=self._objects(values["row"].strip(), values["kind"], projects),
            since=_midnight(values["since"]) if values["since"] else None,
            until=_midnight_after(values["until"]) if values["until"] else None,
        )

    def _people(self, who: str) -> list[int] | None:
        if not who:
            return None
        found = Q(display_name__iexact=who)
        if self.sees_all:
            found |= Q(email=who.lower())
        if (uid := _uid(who)) is not None:
            found |= Q(uid=uid)
        return list(User.objects.filter(found).values_list("pk", flat=True)[:MOST_PEOPLE])

    def _objects(
        self, row: str, kind: str, projects: list[int] | None
    ) -> dict[str, list[int]] | None:
        """Return the rows that go by a uid or a claim's number, by kind."""
        if not row:
            return None
        number, uid = row.lstrip("#"), _uid(row)
        named = {"number": int(number)} if number.isdecimal() and len(number) < 10 else {}
        found: dict[str, list[int]] = {}
        for one in trails().values():
            if kind not in ("", one.kind):
                continue
            if named and one.kind == "claim":
                found[one.kind] = _keys(one.model, projects, **named)
            elif uid is not None and any(f.name == "uid" for f in one.model._meta.fields):
                found[one.kind] = _keys(one.model, projects, uid=uid)
        return found


def _keys(model: type[Model], projects: list[int] | None, **named: Any) -> list[int]:
    rows = model._default_manager.filter(**named)
    if projects is not None and any(field.name == "project" for field in model._meta.fields):
        rows = rows.filter(project_id__in=projects)
    return list(rows.values_list("pk", flat=True))


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _midnight_after(day: date) -> datetime | None:
    """Return when the day ended; None for the last one the calendar has."""
    return None if day == date.max else _midnight(day + timedelta(days=1))


@require_safe
def audit_list(request: HttpRequest, site_context: dict[str, Any]) -> HttpResponse:
    """Show a page of what was changed, with the filters that narrow it."""
    form = AuditForm(request)
    page = None
    if form.is_valid():
        given = request.GET.get("after", "")
        after = read_place(given) if given else None
        if given and after is None:
            raise BadRequest
        page = audit_page(form.question(), _viewer(request), after=after, size=PAGE_SIZE)
    kept = {name: value for name, value in request.GET.items() if name in form.fields and value}
    context = {
        **site_context,
        "title": _("Audit"),
        "form": form,
        "page": page,
        "is_first": "after" not in request.GET,
        "kept": urlencode(kept),
        "older": urlencode({**kept, "after": page.next}) if page and page.next else "",
    }
    return TemplateResponse(request, "admin/audit.html", context)


@require_safe
def audit_csv(request: HttpRequest) -> HttpResponseBase:
    """Send everything that meets the filters as CSV, newest first, as it is read."""
    form = AuditForm(request)
    if not form.is_valid():
        raise BadRequest
    entries = audit_entries(form.question(), _viewer(request))
    response = StreamingHttpResponse(_lines(entries), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _viewer(request: HttpRequest) -> User | None:
    return None if _sees_all(request) else acting_user(request)


def _sees_all(request: HttpRequest) -> bool:
    """Say whether nothing is kept from the person: operators, unless they mark a text themselves.

    While they do, they find here what their roles let them.
    """
    return is_operator(request) and not rounds_marked_by(acting_user(request).pk).exists()


def _lines(entries: Iterable[AuditEntry]) -> Iterator[bytes]:
    """Write a line for each changed column, or one where none says anything to a reader."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for n, entry in enumerate(entries, start=1):
        writer.writerows(_cells(entry))
        if n % LINES_AT_ONCE == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _cells(entry: AuditEntry) -> Iterator[list[str]]:
    change = entry.change
    about = [
        *(change.when.astimezone(UTC).isoformat(), change.who, entry.actor_uid or ""),
        *(entry.project, change.action, change.model_name, change.object_uid or ""),
        *(entry.name, change.label),
    ]
    changes = [(one.field, one.before, one.after) for one in change.changes] or [("", "", "")]
    for cells in changes:
        yield [neutralise(str(cell)) for cell in (*about, *cells, change.reason)]
