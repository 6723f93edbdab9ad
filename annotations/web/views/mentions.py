"""A claim's appearances: adding one, moving it, changing who is said to have said it."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from annotations.articles.models import ArticleVersion
from annotations.claims import services
from annotations.claims.chains import chains_of_mentions
from annotations.claims.models import Claim, Mention
from annotations.claims.permissions import check_add_mention, check_edit_mention, check_mark_text
from annotations.lib.errors import DomainError, StaleVersion
from annotations.projects.models import Project
from annotations.spans.models import SpanRange
from annotations.web.access import SignedInRequest, project_page
from annotations.web.errors import add_error, form_again
from annotations.web.forms.claims import MentionForm, NewMentionForm
from annotations.web.once import form_key, once, refused
from annotations.web.views.claims_chain import MORE, ChainForm, open_chain, stored_hops
from annotations.web.views.claims_context import ranges_of_spans
from annotations.web.views.claims_find import find_claim, find_mention, find_version
from annotations.web.views.claims_former import find_former, former_hops
from annotations.web.views.claims_place import (
    asked_ranges,
    check_same_text,
    passage_of,
    shown_ranges,
)
from annotations.web.views.claims_proposal import proposed_hop
from annotations.web.views.claims_saved import after_save, places_of
from annotations.web.views.placements_pick import STANDS_HERE, stands_here

# How many claims the search for "the same claim elsewhere" offers.
OFFERED = 20


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def mention_create(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Add selected words as a mention of a claim that exists: `?range=` and `?claim=NUMBER`."""
    version = find_version(request.user, project, uid)
    check_mark_text(request.user, version)
    if request.method == "POST":
        return _add(request, project, version)
    ranges = asked_ranges(request, version)
    claim = _asked_claim(request, project)
    if claim is None:
        return _choose(request, project, version, ranges)
    check_add_mention(request.user, claim)
    passage = passage_of(version, ranges)
    form = NewMentionForm(
        initial={
            "range": [one.value for one in passage.words],
            "content_hash": version.content_hash,
            "key": uuid4(),
            "claim": claim.number,
        }
    )
    former = find_former(request.user, claim, version)
    # Said once, it is said by the same in a later version: else what the text proposes.
    known = former_hops(former, request.access.sight) if former else []
    proposed = known or [proposed_hop(request.user, project, passage)]
    chain = open_chain(request.user, project, sent=None, proposed=proposed)
    more = {"former": former}
    return _page(request, version, claim, form, chain, status=200, more=more)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def mention_edit(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Move a mention or change its chain; when the claim changed meanwhile, ask again."""
    mention = find_mention(request.user, project, uid)
    claim, version = mention.claim, mention.version
    check_edit_mention(request.user, mention)
    sent = request.POST if request.method == "POST" else None
    chain = open_chain(request.user, project, sent=sent, stored=stored_hops(mention))
    form = MentionForm(sent, initial=_initial(mention))
    status = 400 if sent else 200
    theirs: dict[str, object] = {}
    if sent and MORE in sent:
        return _page(request, version, claim, form, chain, status=200, mention=mention)
    if sent and form.is_valid() and chain.is_valid():
        before = places_of(claim, version)
        try:
            check_same_text(version, form.cleaned_data["content_hash"])
            _update(request, mention, form, chain)
        except StaleVersion as error:
            form, status = form_again(request, form, error, _revision(error, claim)), error.status
            theirs = _stored_now(request, mention)
        except DomainError as error:
            add_error(form, error)
        else:
            return after_save(request, project, version, claim.number, before)
    return _page(request, version, claim, form, chain, status=status, mention=mention, more=theirs)


def _add(request: SignedInRequest, project: Project, version: ArticleVersion) -> HttpResponse:
    form = NewMentionForm(request.POST)
    if STANDS_HERE in request.POST and form.is_valid():
        # Who said it is known from the place that it stands for.
        check_same_text(version, form.cleaned_data["content_hash"])
        return stands_here(request, project, version, form.cleaned_data["range"])
    chain = open_chain(request.user, project, sent=request.POST)
    is_valid = form.is_valid() and chain.is_valid()
    claim = find_claim(request.user, project, form.cleaned_data.get("claim") or 0)
    check_add_mention(request.user, claim)
    if MORE in request.POST:
        return _page(request, version, claim, form, chain, status=200)
    if is_valid:
        try:
            check_same_text(version, form.cleaned_data["content_hash"])
            once(
                user=request.user,
                route="mention-create",
                action="mention.add",
                key=form_key(request.POST),
                make=lambda: _write(request, claim, version, form, chain),
            )
        except DomainError as error:
            refused(form, error)
        else:
            return after_save(request, project, version, claim.number)
    return _page(request, version, claim, form, chain, status=400)


def _write(
    request: SignedInRequest,
    claim: Claim,
    version: ArticleVersion,
    form: NewMentionForm,
    chain: ChainForm,
) -> str:
    mention = services.mention_add(
        actor=request.user,
        claim=claim,
        version=version,
        ranges=form.cleaned_data["range"],
        hops=chain.hops(),
    )
    return str(mention.uid)


def _update(
    request: SignedInRequest, mention: Mention, form: MentionForm, chain: ChainForm
) -> None:
    services.mention_update(
        actor=request.user,
        mention=mention,
        revision=form.cleaned_data["revision"],
        ranges=form.cleaned_data["range"],
        hops=chain.hops(),
    )


def _choose(
    request: SignedInRequest, project: Project, version: ArticleVersion, ranges: object
) -> HttpResponse:
    """Offer claims to add the passage to: found by number or words, else this article's."""
    words = request.GET.get("q", "").replace("\0", " ").strip()[:200]
    claims = _search(Claim.objects.listed_to(request.user).kept().filter(project=project), words)
    context = {
        "version": version,
        "article": version.article,
        "ranges": ranges,
        "passage": passage_of(version, ranges),  # type: ignore[arg-type]
        "words": words,
        "claims": claims.order_by("-number")[:OFFERED],
    }
    template = "claims/_choose.html" if request.htmx else "claims/choose.html"
    return render(request, template, context)


def _search(claims: "QuerySet[Claim]", words: str) -> "QuerySet[Claim]":
    number = words.removeprefix("#")
    condition = Q()
    for word in words.split():
        condition &= Q(text__icontains=word)
    if number.isdecimal() and len(number) < 10:
        condition |= Q(number=int(number))
    return claims.filter(condition)


def _asked_claim(request: SignedInRequest, project: Project) -> Claim | None:
    number = request.GET.get("claim", "")
    if not number.isdecimal() or len(number) > 9:
        return None
    return find_claim(request.user, project, int(number))


def _initial(mention: Mention) -> dict[str, object]:
    ranges = ranges_of_spans([mention.span_id])[mention.span_id]
    return {
        "range": [f"{start}-{end}" for start, end in ranges],
        "content_hash": mention.version.content_hash,
        "revision": mention.claim.revision,
    }


def _revision(error: StaleVersion, claim: Claim) -> int:
    return error.current.revision if isinstance(error.current, Claim) else claim.revision


def _stored_now(request: SignedInRequest, mention: Mention) -> dict[str, object]:
    """Return the place and chain as they are stored now, to stand beside what I entered."""
    fresh = find_mention(request.user, mention.project, mention.uid)
    sight = request.access.sight
    words = SpanRange.objects.filter(span_id=fresh.span_id).order_by("n")
    return {
        "is_stale": True,
        "their_words": list(words.values_list("exact", flat=True)),
        "their_chain": chains_of_mentions([fresh.pk], sight).get(fresh.pk, ()),
    }


def _page(
    request: SignedInRequest,
    version: ArticleVersion,
    claim: Claim,
    form: MentionForm | NewMentionForm,
    chain: ChainForm,
    *,
    status: int,
    mention: Mention | None = None,
    more: Mapping[str, object] | None = None,
) -> HttpResponse:
    ranges = shown_ranges(form)
    context = {
        "form": form,
        "chain": chain.formset,
        "claim": claim,
        "mention": mention,
        "version": version,
        "article": version.article,
        "passage": passage_of(version, ranges),
        **(more or {}),
    }
    template = "claims/_mention.html" if request.htmx else "claims/mention.html"
    return render(request, template, context, status=status)
