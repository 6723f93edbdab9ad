"""Pages about statements: the list, one with its timeline, adding and editing."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.audit.timeline import timeline
from annotations.lib.errors import DomainError, StaleVersion
from annotations.lifecycle.timelines import events_of, statement_claims
from annotations.lifecycle.watches.services import watch_of
from annotations.notifications.kinds import TargetKind
from annotations.notifications.services import is_following
from annotations.projects.models import Project
from annotations.projects.time_words import time_words
from annotations.projects.visibility import Sight, hidden_by_moderation
from annotations.statements import services
from annotations.statements.models import Statement, StatementState
from annotations.statements.permissions import check_add_statement, check_edit_statement
from annotations.statements.querysets import StatementQuerySet
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error, form_again
from annotations.web.forms.statements import StatementForm
from annotations.web.once import form_key, once, refused
from annotations.web.views.timelines import picture_of

PAGE_SIZE = 25


def statements_of(project: Project, user: User) -> StatementQuerySet:
    """Return the statements of the project that the person may see, with their sources."""
    rows = Statement.objects.visible_to(user).filter(project=project)
    return rows.select_related("source", "state_event", "project")


def statement_name(statement: Statement, sight: Sight) -> str:
    """Name a statement by what the person may see of it; its speaker may be hidden."""
    source = statement.source if sight.shows(statement.source) else None
    parts = (source, statement.channel, time_words(statement.said_on, statement.said_zone))
    return " · ".join(str(part) for part in parts if part)


@require_safe
@project_page()
def statement_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show the project's statements, filtered by words and by what became of them."""
    rows = statements_of(project, request.user).matching(request.GET.get("q", ""), request.user)
    state = request.GET.get("state", "")
    if state in StatementState.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("-created_at", "-id"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    sight = request.access.sight
    values = {
        "page": page,
        "rows": [(row, row.source if sight.shows(row.source) else None) for row in page],
        "states": StatementState.choices,
        "state": state,
        "query": request.GET.get("q", ""),
    }
    return render(request, "statements/list.html", values)


@require_safe
@project_page()
def statement_detail(request: SignedInRequest, project: Project, uid: uuid.UUID) -> HttpResponse:
    """Show one statement, its timeline of events, the claims resting on it, and its history."""
    hidden = hidden_by_moderation(Statement.objects.filter(project=project), request.user)
    if not request.access.allows(Permission.SEE_HIDDEN) and (row := hidden.filter(uid=uid).first()):
        return render(request, "statements/hidden.html", {"statement": row})
    statement = get_object_or_404(statements_of(project, request.user), uid=uid)
    sight = request.access.sight
    events = events_of(request.user, sight, statement=statement)
    values = {
        "statement": statement,
        "source": statement.source if sight.shows(statement.source) else None,
        "events": events,
        "picture": picture_of(statement, events),
        "claims": statement_claims(statement, request.user),
        "watch": watch_of(statement),
        "is_followed": is_following(request.user, TargetKind.STATEMENT, statement.uid),
        "history": timeline([statement], request.user, sight=sight),
    }
    return render(request, "statements/detail.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def statement_create(request: SignedInRequest, project: Project) -> HttpResponse:
    """Add a statement."""
    check_add_statement(request.user, project)
    form = StatementForm(request.POST or None, initial={"language": project.language})
    if form.is_bound and form.is_valid():

        def make() -> str:
            made = services.statement_create(actor=request.user, project=project, **form.wanted())
            return reverse("statement-detail", kwargs={"slug": project.slug, "uid": made.uid})

        try:
            key = form_key(request.POST, "form_key")
            address = once(
                user=request.user,
                route="statement-create",
                action="statement.create",
                key=key,
                make=make,
            )
        except DomainError as error:
            refused(form, error, "form_key")
        else:
            messages.success(request, _("Saved."))
            return redirect(address)
    return render_form(request, "statements/create.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def statement_edit(request: SignedInRequest, project: Project, uid: uuid.UUID) -> HttpResponse:
    """Change what was entered about a statement; a stale form shows both texts."""
    statement = get_object_or_404(statements_of(project, request.user), uid=uid)
    check_edit_statement(request.user, statement)
    sight = request.access.sight
    form = StatementForm(request.POST or None, initial=StatementForm.initial_of(statement, sight))
    if form.is_bound and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            services.statement_update(
                actor=request.user,
                statement=statement,
                revision=revision,
                **form.wanted(),
                **_cleared_speaker(form, statement, sight),
            )
        except StaleVersion as error:
            stored = statements_of(project, request.user).get(pk=statement.pk)
            form = form_again(request, form, error, stored.revision)
            stored.source = stored.source if sight.shows(stored.source) else None
            return render_form(
                request, "statements/edit.html", form, 412, statement=statement, stale=stored
            )
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("statement-detail", slug=project.slug, uid=uid)
    return render_form(request, "statements/edit.html", form, statement=statement)


def _cleared_speaker(form: StatementForm, statement: Statement, sight: Sight) -> dict[str, object]:
    """Return the wish to take the speaker away: only who saw the name can have cleared it."""
    is_cleared = not form.cleaned_data["source_name"].strip()
    if is_cleared and statement.source_id is not None and sight.shows(statement.source):
        return {"source": None}
    return {}


def render_form(
    request: HttpRequest, template: str, form: object, status: int = 0, **values: object
) -> HttpResponse:
    """Show a form: 200 when fresh, 400 (or `status`) when it was sent and is not acceptable."""
    sent = getattr(form, "is_bound", False)
    return render(
        request, template, {"form": form, **values}, status=status or (400 if sent else 200)
    )
