"""Making and changing claims: a new one from a passage, other words, discarding, restoring."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.articles.models import ArticleVersion
from annotations.claims import services
from annotations.claims.columns import TEXT_LENGTH
from annotations.claims.models import Claim
from annotations.claims.permissions import check_discard_claim, check_edit_claim, check_mark_text
from annotations.lib.errors import DomainError, StaleVersion
from annotations.projects.models import Project
from annotations.verification.services import claim_create_judged
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error
from annotations.web.forms.claims import ClaimForm, NewClaimForm, ReasonForm
from annotations.web.once import form_key, once, refused
from annotations.web.views.claims_chain import MORE, ChainForm, open_chain
from annotations.web.views.claims_conflict import (
    base_of,
    conflicts_shown,
    decided,
    merge,
    mine_of,
    values_of,
)
from annotations.web.views.claims_find import find_claim, find_version
from annotations.web.views.claims_place import (
    asked_ranges,
    check_same_text,
    claims_on,
    passage_of,
    shown_ranges,
)
from annotations.web.views.claims_proposal import proposed_hop
from annotations.web.views.claims_saved import after_change, after_making, after_save
from annotations.web.views.workbench_card import MadeClaim


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def claim_create(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Make a claim of selected words: `?range=START-END`, any number, in code points."""
    version = find_version(request.user, project, uid)
    check_mark_text(request.user, version)
    if request.method != "POST":
        return _offer(request, project, version)
    form = NewClaimForm(request.POST)
    chain = open_chain(request.user, project, sent=request.POST)
    if MORE in request.POST:
        return _form_page(request, version, form, chain, status=200)
    if form.is_valid() and chain.is_valid():
        try:
            return _save_new(request, project, version, form, chain)
        except DomainError as error:
            refused(form, error)
    return _form_page(request, version, form, chain, status=400)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def claim_edit(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Change a claim's words; when someone else did meanwhile, resolve it field by field."""
    claim = find_claim(request.user, project, number)
    check_edit_claim(request.user, claim)
    form = ClaimForm(request.POST or None, initial=_initial(claim))
    resolving: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        try:
            services.claim_update(
                actor=request.user,
                claim=claim,
                revision=form.cleaned_data["revision"],
                **decided(request.POST, claim, form.wording()),
            )
        except StaleVersion as error:
            theirs = find_claim(request.user, project, number)
            if values_of(theirs) == mine_of(form):
                # It was saved before, and only the answer was lost.
                return after_change(request, project, number)
            form, resolving = _resolving(request, form, theirs, error)
        except DomainError as error:
            add_error(form, error)
        else:
            return after_change(request, project, number)
    context = {"form": form, "claim": claim, "version": _beside(request), **resolving}
    template = "claims/_edit.html" if request.htmx else "claims/edit.html"
    return render(request, template, context, status=_status(form, bool(resolving)))


@require_POST
@project_page()
def claim_discard(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Take a claim back, with a reason; nothing is erased."""
    return _turn(request, project, number, services.claim_discard, _("Discarded."))


@require_POST
@project_page()
def claim_restore(request: SignedInRequest, project: Project, number: int) -> HttpResponse:
    """Bring a discarded claim back, with a reason."""
    return _turn(request, project, number, services.claim_restore, _("Restored."))


def _turn(
    request: SignedInRequest,
    project: Project,
    number: int,
    service: Callable[..., Claim],
    said: str,
) -> HttpResponse:
    claim = find_claim(request.user, project, number)
    check_discard_claim(request.user, claim)
    form = ReasonForm(request.POST)
    form.is_valid()
    service(actor=request.user, claim=claim, **form.turn())
    if not request.htmx:
        messages.success(request, said)
    return after_change(request, project, number)


def _save_new(
    request: SignedInRequest,
    project: Project,
    version: ArticleVersion,
    form: NewClaimForm,
    chain: ChainForm,
) -> HttpResponse:
    """Make the claim and show it; one that an earlier sending made is read again."""
    check_same_text(version, form.cleaned_data["content_hash"])
    made: MadeClaim | None = None

    def make() -> str:
        nonlocal made
        made = _create(request, version, form, chain)
        return str(made.claim.number)

    number = once(
        user=request.user,
        route="claim-create",
        action="claim.create",
        key=form_key(request.POST),
        make=make,
    )
    if made is not None:
        return after_making(request, version, made)
    return after_save(request, project, version, int(number))


def _create(
    request: SignedInRequest, version: ArticleVersion, form: NewClaimForm, chain: ChainForm
) -> MadeClaim:
    claim = claim_create_judged(
        actor=request.user,
        project=version.project,
        version=version,
        ranges=form.cleaned_data["range"],
        hops=chain.hops(),
        label=form.cleaned_data["label"],
        justification=form.cleaned_data["justification"],
        language=version.article.language,
        **form.wording(),
    )
    return MadeClaim(claim, is_judged=bool(form.cleaned_data["label"]))


def _offer(request: SignedInRequest, project: Project, version: ArticleVersion) -> HttpResponse:
    """Show the empty form for the passage in the address."""
    ranges = asked_ranges(request, version)
    passage = passage_of(version, ranges)
    form = NewClaimForm(
        initial={
            "range": [f"{start}-{end}" for start, end in ranges],
            "content_hash": version.content_hash,
            "key": uuid4(),
            "text": passage.quote[:TEXT_LENGTH],
        }
    )
    proposed = [proposed_hop(request.user, project, passage)]
    chain = open_chain(request.user, project, sent=None, proposed=proposed)
    return _form_page(request, version, form, chain, status=200)


def _form_page(
    request: SignedInRequest,
    version: ArticleVersion,
    form: NewClaimForm,
    chain: ChainForm,
    *,
    status: int,
) -> HttpResponse:
    ranges = shown_ranges(form)
    context = {
        "form": form,
        "chain": chain.formset,
        "version": version,
        "article": version.article,
        "passage": passage_of(version, ranges),
        "already": claims_on(request.user, version, ranges) if ranges else (),
    }
    template = "claims/_create.html" if request.htmx else "claims/create.html"
    return render(request, template, context, status=status)


def _initial(claim: Claim) -> dict[str, object]:
    names = ("text", "types", "checkability", "priority", "revision")
    return {name: getattr(claim, name) for name in names}


def _resolving(
    request: SignedInRequest, sent: ClaimForm, theirs: Claim, error: StaleVersion
) -> tuple[ClaimForm, dict[str, object]]:
    """Return the form with what both changed still to decide, at their revision.

    Saving it then is a decision and no longer an accident.
    """
    base = base_of(theirs, sent.cleaned_data["revision"])
    merged = merge(base, values_of(theirs), mine_of(sent))
    again = ClaimForm(initial={**merged.values, "revision": theirs.revision})
    shown = conflicts_shown(again, merged, base, values_of(theirs))
    adopted = [again.fields[name].label for name in merged.adopted]
    return again, {"theirs": theirs, "conflicts": shown, "adopted": adopted, "problem": error}


def _beside(request: SignedInRequest) -> str:
    """Return the uid of the version the panel stands beside, to be sent back."""
    return request.POST.get("in") or request.GET.get("in", "")


def _status(form: ClaimForm, is_stale: bool) -> int:
    if is_stale:
        return StaleVersion.status
    return 400 if form.is_bound else 200
