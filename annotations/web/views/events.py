"""Pages about lifecycle events: recording one, and saying how sure we are of it."""

import uuid
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.accounts.roles import Permission
from annotations.articles.models import Article
from annotations.claims.hops import HopInput
from annotations.exchange.models import ProofBundle
from annotations.lib.errors import DomainError
from annotations.lib.urls import canonical_url
from annotations.lifecycle import services
from annotations.lifecycle.choices import GROUP_OF, CapturePlace, EventGroup, Standing
from annotations.lifecycle.event_captures import captures_of, captures_to_add
from annotations.lifecycle.event_texts import texts_shown
from annotations.lifecycle.models import LifecycleEvent, LookAgain
from annotations.lifecycle.permissions import check_assess_event, check_record_event
from annotations.lifecycle.standing import lacking_words
from annotations.lifecycle.timelines import events_of
from annotations.lifecycle.watches.looking import check_recorded_from
from annotations.lifecycle.watches.services import watch_of
from annotations.lifecycle.weighing import address_of, proof_of
from annotations.projects.models import Project
from annotations.projects.visibility import hidden_by_moderation
from annotations.statements.models import Statement
from annotations.web.access import SignedInRequest, project_page
from annotations.web.forms.statements import AssessmentForm, EventForm
from annotations.web.once import form_key, once, refused
from annotations.web.views.events_prefilled import prefilled
from annotations.web.views.statements import render_form, statement_name, statements_of

Subject = Statement | Article


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def event_create(request: SignedInRequest, project: Project, uid: uuid.UUID) -> HttpResponse:
    """Record what happened to a statement."""
    statement = get_object_or_404(statements_of(project, request.user), uid=uid)
    return _record(request, project, statement)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Permission.ANNOTATE)
def event_create_article(
    request: SignedInRequest, project: Project, uid: uuid.UUID
) -> HttpResponse:
    """Record what happened to an article."""
    rows = Article.objects.visible_to(request.user).filter(project=project)
    return _record(request, project, get_object_or_404(rows.select_related("project"), uid=uid))


def _record(request: SignedInRequest, project: Project, subject: Subject) -> HttpResponse:
    check_record_event(request.user, subject)
    if isinstance(subject, Article):
        request.section = "article"
    form = EventForm(request.POST or None, initial=prefilled(request.GET, subject, request.user))
    if form.is_bound and form.is_valid():

        def make() -> str:
            made = services.event_record(
                actor=request.user, subject=subject, **_wanted(form.cleaned_data)
            )
            _look(request, subject)
            return reverse("event-detail", kwargs={"slug": project.slug, "uid": made.uid})

        try:
            key = form_key(request.POST, "form_key")
            address = once(
                user=request.user, route="event-create", action="event.record", key=key, make=make
            )
        except DomainError as error:
            refused(form, error, "form_key")
        else:
            messages.success(request, _("Recorded. It stays, whatever turns out later."))
            return redirect(address)
    name = _name(request, subject)
    return render_form(request, "statements/event_create.html", form, subject=name)


def _look(request: SignedInRequest, subject: Subject) -> None:
    """Take the check that the form was opened from as looked at."""
    watch = watch_of(subject)
    with suppress(ValueError):
        check = uuid.UUID(request.GET.get("check", ""))
        if watch is not None:
            check_recorded_from(actor=request.user, watch=watch, check=check)


def _name(request: SignedInRequest, subject: Subject) -> str:
    """Name the subject by what the person may see of it."""
    if isinstance(subject, Article):
        return subject.title
    return statement_name(subject, request.access.sight)


def _wanted(cleaned: dict[str, Any]) -> dict[str, Any]:
    names = {"form_key", "reported_by_name", "relayed_by_name"}
    fields = {name: value for name, value in cleaned.items() if name not in names}
    chain = [cleaned["reported_by_name"], cleaned["relayed_by_name"]]
    hops = [HopInput(source_name=name) for name in chain if name.strip()]
    return {**fields, "hops": hops}


@require_safe
@project_page()
def event_detail(request: SignedInRequest, project: Project, uid: uuid.UUID) -> HttpResponse:
    """Show one event with every assessment so far and the form for a further one."""
    own = LifecycleEvent.objects.filter(project=project, uid=uid)
    hidden = hidden_by_moderation(own, request.user, kept_in="moderation__").first()
    if hidden is not None and not request.access.allows(Permission.SEE_HIDDEN):
        return render(request, "statements/hidden.html", {"statement": hidden.moderation})
    return _show(request, project, uid, AssessmentForm())


@require_http_methods(["POST"])
@project_page(Permission.ANNOTATE)
def assessment_create(request: SignedInRequest, project: Project, uid: uuid.UUID) -> HttpResponse:
    """Add an assessment; earlier ones stay."""
    event = find_event(request, project, uid)
    check_assess_event(request.user, event)
    form = AssessmentForm(request.POST)
    if form.is_valid():
        wanted = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}

        def make() -> str:
            services.assessment_add(actor=request.user, event=event, **wanted)
            return reverse("event-detail", kwargs={"slug": project.slug, "uid": uid})

        try:
            key = form_key(request.POST, "form_key")
            address = once(
                user=request.user,
                route="assessment-create",
                action="event.assess",
                key=key,
                make=make,
            )
        except DomainError as error:
            refused(form, error, "form_key")
        else:
            messages.success(request, _("Saved. The earlier assessments stay."))
            return redirect(address)
    return _show(request, project, uid, form)


def find_event(request: SignedInRequest, project: Project, uid: uuid.UUID) -> LifecycleEvent:
    """Return the event with its subject; 404 unless the person may see it."""
    rows = LifecycleEvent.objects.visible_to(request.user).filter(project=project)
    return get_object_or_404(rows.select_related("statement", "article", "project"), uid=uid)


def _show(
    request: SignedInRequest, project: Project, uid: uuid.UUID, form: AssessmentForm
) -> HttpResponse:
    event = find_event(request, project, uid)
    if event.article_id is not None:
        request.section = "article"
    line = events_of(request.user, request.access.sight, pk=event.pk)[0]
    captures = captures_of(event, request.user)
    status = 400 if form.is_bound else 200
    waiting = LookAgain.objects.visible_to(request.user).filter(event=event)
    values = {
        "line": line,
        "form": form,
        "texts": texts_shown(line.event, line.standing, request.user, captures),
        "captures": captures,
        "places": CapturePlace.choices,
        "to_add": captures_to_add(event, request.user),
        "notice_address": _notice_address(event),
        "lacking": _lacking(event, line.standing),
        "bundle": ProofBundle.objects.of(event, request.user).first(),
        "looks_again": waiting.select_related("claim", "verdict", "kept_by").order_by("pk"),
    }
    return render(request, "statements/event.html", values, status=status)


def _notice_address(event: LifecycleEvent) -> str:
    """Return the address of the event's notice, where that is another one than its subject's."""
    notice = canonical_url(event.notice_url) if event.notice_url else ""
    return notice if notice != address_of(event) else ""


def _lacking(event: LifecycleEvent, standing: str) -> str:
    """Return what keeps a removal from being proven; "" for what is proven, or no removal."""
    is_removal = GROUP_OF[event.type] == EventGroup.REMOVAL
    if not is_removal or standing in (Standing.PROVEN, Standing.REFUTED):
        return ""
    proof = proof_of(event)
    return "" if proof.is_proven else lacking_words(proof)
