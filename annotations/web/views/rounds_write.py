"""What is done with a round of independent marking; each answers with the round's page."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.claims.rounds import MarkingRound
from annotations.lib.errors import DomainError, InvalidInput
from annotations.projects.models import Project
from annotations.projects.refusals import sentence
from annotations.verification.rounds import merge, services
from annotations.verification.rounds.permissions import (
    check_manage_round,
    check_mark_in_round,
    check_merge_round,
    check_open_round,
)
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.rounds import (
    MergeForm,
    RoundForm,
    RoundPersonForm,
    RoundReasonForm,
    may_mark,
)
from annotations.web.views.claims_find import visible_article
from annotations.web.views.rounds import draw_round, find_round
from annotations.web.views.rounds_groups import Choice, Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def round_create(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Give an article's current text to several people; where they mark it already, lead there."""
    article = visible_article(request.user, project, uid)
    if article is None:
        raise Http404
    check_open_round(request.user, article)
    under_way = MarkingRound.objects.filter(article=article).under_way().first()
    if under_way is not None and request.method != "POST":
        return redirect("round-detail", slug=project.slug, uid=under_way.uid)
    form = RoundForm(request.POST if request.method == "POST" else None, project=project)
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            made = services.round_open(actor=request.user, article=article, **form.wanted())
        except DomainError as error:
            add_error(form, error)
            status = error.status
        else:
            messages.success(request, _("Each of them sees only what they mark themselves."))
            return _to(project, made)
    return render(request, "rounds/create.html", {"form": form, "article": article}, status=status)


@require_POST
@project_page()
def round_hand_in(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Say that I am done."""
    found = find_round(request.user, project, uid)
    check_mark_in_round(request.user, found)
    services.round_hand_in(actor=request.user, found=found)
    messages.success(request, _("Handed in."))
    return _to(project, found)


@require_POST
@project_page()
def round_take_back(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Go on marking."""
    found = find_round(request.user, project, uid)
    check_mark_in_round(request.user, found)
    services.round_take_back(actor=request.user, found=found)
    messages.success(request, _("Taken back: you can go on marking."))
    return _to(project, found)


@require_POST
@project_page()
def round_person_add(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Let one more person mark the text."""
    found = find_round(request.user, project, uid)
    check_manage_round(request.user, found)
    form = _person(request, list(may_mark(project)))
    services.round_add_person(
        actor=request.user,
        found=found,
        person=form.chosen,
        revision=form.cleaned_data["revision"],
    )
    messages.success(request, _("Saved."))
    return _to(project, found)


@require_POST
@project_page()
def round_person_withdraw(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Take one person out of the round."""
    found = find_round(request.user, project, uid)
    check_manage_round(request.user, found)
    people = User.objects.filter(assignments__round=found).distinct()
    form = _person(request, list(people))
    services.round_withdraw_person(
        actor=request.user,
        found=found,
        person=form.chosen,
        reason=form.cleaned_data["reason"],
        revision=form.cleaned_data["revision"],
    )
    messages.success(request, _("Saved."))
    return _to(project, found)


@require_POST
@project_page()
def round_call_off(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """End the round without bringing anything together."""
    found = find_round(request.user, project, uid)
    check_manage_round(request.user, found)
    given = _reason(request)
    try:
        services.round_call_off(actor=request.user, found=found, **given)
    except DomainError as error:
        return _again(request, found, error, "call-off", typed=given["reason"])
    messages.success(request, _("Called off. What was marked stays with who marked it."))
    return _to(project, found)


@require_POST
@project_page()
def round_accept(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Put the chosen originals into the shared set as one claim."""
    found, form = _merging(request, project, uid)
    number = form.cleaned_data.get("into")
    into = Claim.objects.visible_to(request.user).filter(project=project, number=number).first()
    if number and into is None:
        raise InvalidInput(_("Choose a claim of the shared set."))
    try:
        claim = merge.originals_accept(
            actor=request.user,
            found=found,
            originals=form.chosen,
            wording=form.one("wording"),
            place=form.one("place"),
            into=into,
        )
    except DomainError as error:
        return _again(request, found, error, _group(request), chosen=_choice(form))
    messages.success(request, _("Accepted as claim %(number)d.") % {"number": claim.number})
    return _back(request, project, found)


@require_POST
@project_page()
def round_accept_same(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Accept all that everybody marked alike."""
    found = find_round(request.user, project, uid)
    check_merge_round(request.user, found)
    made = merge.originals_accept_same(actor=request.user, found=found)
    said = ngettext("%(count)d claim accepted.", "%(count)d claims accepted.", len(made))
    messages.success(request, said % {"count": len(made)})
    return _back(request, project, found)


@require_POST
@project_page()
def round_reject(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Leave an original out of the shared set."""
    found, form = _merging(request, project, uid)
    original = form.one("original")
    if original is None:
        raise InvalidInput(_("Choose what is to be left out."))
    reason = form.cleaned_data.get("reason", "")
    try:
        merge.original_reject(actor=request.user, found=found, original=original, reason=reason)
    except DomainError as error:
        return _again(request, found, error, f"out-{original.number}", typed=reason)
    messages.success(request, _("Left out."))
    return _back(request, project, found)


@require_POST
@project_page()
def round_finish(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Close the merging."""
    found = find_round(request.user, project, uid)
    check_merge_round(request.user, found)
    given = _reason(request)
    reason, revision = given["reason"], given["revision"]
    try:
        merge.round_finish(actor=request.user, found=found, rest_reason=reason, revision=revision)
    except DomainError as error:
        return _again(request, found, error, "finish", typed=reason)
    messages.success(request, _("Finished. Everybody can read what was marked."))
    return _to(project, found)


def _person(request: SignedInRequest, people: Sequence[User]) -> RoundPersonForm:
    form = RoundPersonForm(request.POST, people=people)
    if not form.is_valid():
        raise InvalidInput(_("Choose somebody of this project who may mark texts."))
    return form


def _reason(request: SignedInRequest) -> dict[str, Any]:
    form = RoundReasonForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(_("Say why, in at most 1,000 characters."))
    return form.cleaned_data


def _merging(
    request: SignedInRequest, project: Project, uid: UUID
) -> tuple[MarkingRound, MergeForm]:
    found = find_round(request.user, project, uid)
    check_merge_round(request.user, found)
    claims = Claim.objects.visible_to(request.user).filter(round=found)
    form = MergeForm(request.POST, claims=list(claims))
    if not form.is_valid():
        raise InvalidInput(_("Choose claims of this round; a reason has 1,000 characters at most."))
    return found, form


def _again(
    request: SignedInRequest,
    found: MarkingRound,
    error: DomainError,
    where: str,
    *,
    typed: str = "",
    chosen: Choice | None = None,
) -> HttpResponse:
    """Show the round's page as it is now, with the sentence beside the form that was refused."""
    now = find_round(request.user, found.project, found.uid)
    asked = {name: request.POST.get(f"at_{name}", "") for name in ("kind", "page")}
    refused = Refusal(where, sentence(error), typed, chosen)
    return draw_round(request, now, asked, refused, error.status)


def _choice(form: MergeForm) -> Choice:
    numbers = [one.number for one in form.chosen]
    into = form.cleaned_data.get("into")
    return Choice(numbers, form.number("wording"), form.number("place"), into)


def _group(request: SignedInRequest) -> str:
    """Return the name of the group whose form was sent."""
    number = request.POST.get("at_group", "")
    return f"group-{number}" if number.isdecimal() else ""


def _to(project: Project, found: MarkingRound) -> HttpResponse:
    return redirect("round-detail", slug=project.slug, uid=found.uid)


def _back(request: SignedInRequest, project: Project, found: MarkingRound) -> HttpResponse:
    """Return to the same groups of the round's page."""
    answer = _to(project, found)
    kept = {name: request.POST.get(f"at_{name}", "") for name in ("kind", "page")}
    query = "&".join(f"{name}={value}" for name, value in kept.items() if value.isalnum())
    if query:
        answer["Location"] += f"?{query}"
    group = _group(request)
    if group:
        answer["Location"] += f"#{group}"
    return answer
