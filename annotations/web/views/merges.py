"""Merging a claim or a source into another, for moderators: first what would change, then why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.lib.errors import DomainError, InvalidInput
from annotations.moderation import merge_claims, merge_sources
from annotations.moderation.merge_plans import claim_merge_plan, source_merge_plan
from annotations.moderation.merge_words import claim_merge_sentences, source_merge_sentences
from annotations.moderation.permissions import check_merge_rows
from annotations.projects.models import Project
from annotations.sources.models import Source
from annotations.sources.services import source_resolve
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.moderation import ClaimChoiceForm, MergeForm, SourceChoiceForm
from annotations.web.views.claims_find import find_claim
from annotations.web.views.sources import sources_of


@dataclass(frozen=True)
class Merging:
    """How rows of one kind are merged."""

    choice: type[forms.Form]
    find: Callable[[User, Project, Any], Any]
    rows: Callable[[User, Project], Any]
    check: Callable[[Any, Any], None]
    sentences: Callable[[User, Any, Any], Sequence[str]]
    merge: Callable[..., object]


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def claim_merge(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Merge a claim into another that says the same."""
    claim = find_claim(request.user, project, number)
    address = reverse("claim-detail", kwargs={"slug": project.slug, "number": number})
    heading = _("Merge claim %(number)d into another") % {"number": number}
    return _merge(request, CLAIMS, claim, {"heading": heading, "back": address})


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def source_merge(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Merge a source into another that is the same speaker."""
    source = get_object_or_404(sources_of(project, request.user), uid=uid)
    address = reverse("source-detail", kwargs={"slug": project.slug, "uid": uid})
    heading = _("Merge this source into another")
    return _merge(request, SOURCES, source, {"heading": heading, "back": address})


def _merge(
    request: SignedInRequest, merging: Merging, row: Any, context: dict[str, Any]
) -> HttpResponse:
    check_merge_rows(request.user, row)
    form = MergeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        rows = merging.rows(request.user, row.project)
        values["into"] = get_object_or_404(rows, uid=values["into"])
        try:
            merging.merge(request.user, row, **values)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Merged."))
            return redirect(context["back"])
    choice, target = _chosen(request, merging, row, form)
    if target is not None:
        context["sentences"] = merging.sentences(request.user, row, target)
        if not form.is_bound:
            form = MergeForm(initial={"into": target.uid, "revision": row.revision})
    context |= {"choice": choice, "form": form, "row": row, "target": target}
    status = 400 if form.is_bound or choice.errors else 200
    return render(request, "moderation/merge.html", context, status=status)


def _chosen(
    request: SignedInRequest, merging: Merging, row: Any, form: MergeForm
) -> tuple[forms.Form, Any]:
    """Return the form that chooses the row that stays, and that row where it can stay."""
    if form.is_bound:
        # Sent back with what is in the way: the same row is shown again.
        rows = merging.rows(request.user, row.project)
        sent = form.cleaned_data.get("into")
        uid = getattr(sent, "uid", sent)
        return merging.choice(), rows.filter(uid=uid).first() if uid else None
    choice = merging.choice(request.GET if "into" in request.GET else None)
    if not choice.is_bound or not choice.is_valid():
        return choice, None
    target = merging.find(request.user, row.project, choice.cleaned_data["into"])
    try:
        if target is None:
            raise InvalidInput(_("There is none of that name in this project."), field="into")
        merging.check(row, target)
    except DomainError as error:
        add_error(choice, error)
        return choice, None
    return choice, target


def _claims(user: User, project: Project) -> Any:
    return Claim.objects.visible_to(user).filter(project=project).select_related("project")


def _check_claims(claim: Claim, into: Claim) -> None:
    merge_claims.check_pair(claim, into)
    merge_claims.check_claims_can_merge(claim, into)


def _find_source(user: User, project: Project, name: str) -> Source | None:
    found = source_resolve(project=project, name=name)
    return None if found is None else sources_of(project, user).filter(pk=found.pk).first()


def _check_sources(source: Source, into: Source) -> None:
    merge_sources.check_pair(source, into)
    merge_sources.check_sources_can_merge(source, into)


CLAIMS = Merging(
    choice=ClaimChoiceForm,
    find=lambda user, project, number: _claims(user, project).filter(number=number).first(),
    rows=_claims,
    check=_check_claims,
    sentences=lambda _viewer, claim, into: claim_merge_sentences(claim_merge_plan(claim, into)),
    merge=lambda actor, claim, **values: merge_claims.claim_merge(
        actor=actor, claim=claim, **values
    ),
)
SOURCES = Merging(
    choice=SourceChoiceForm,
    find=_find_source,
    rows=lambda user, project: sources_of(project, user),
    check=_check_sources,
    sentences=lambda viewer, source, into: source_merge_sentences(
        source_merge_plan(source, into, viewer)
    ),
    merge=lambda actor, source, **values: merge_sources.source_merge(
        actor=actor, source=source, **values
    ),
)
