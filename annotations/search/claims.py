"""The claim list: which claims, one page of them, and how many there are, at any depth alike."""

from dataclasses import dataclass
from typing import cast

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.claims.models import Attribution, Claim
from annotations.claims.querysets import ClaimQuerySet
from annotations.lib.names import fold_name
from annotations.lifecycle.marks import MARKING_TYPES
from annotations.lifecycle.models import LifecycleEvent
from annotations.planned import IsOneOf
from annotations.projects.marking import marks_nowhere
from annotations.projects.models import Project
from annotations.projects.permissions import can
from annotations.search.limits import bounded_search
from annotations.search.matching import Matches
from annotations.search.words import read_terms
from annotations.sources.models import Source
from annotations.statements.models import Statement
from annotations.verification.models import Review
from annotations.verification.querysets import ReviewQuerySet
from annotations.verification.stage_queries import in_stage, may_be_in_stage
from annotations.verification.verdicts.models import Verdict

PAGE_SIZE = 25
# Counting goes no further: a filter that half of 100,000 claims pass would take longer to count
# than to show.
COUNTED, COUNTED_FILTERED = 10_000, 500
# So many claims are named one by one: looking at their text costs more than at their hops.
FEW, FEW_BY_WORD, FEW_BY_HOP = 500, 1_000, 5_000
NOT_JUDGED = "none"
MARKED, DISCARDED, ALL = "marked", "discarded", "all"
_LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class ClaimSearch:
    """What is asked of a project's claims. Empty fields ask nothing, but for those taken back."""

    words: str = ""
    label: str = ""
    stage: str = ""
    type: str = ""
    source: str = ""
    state: str = ""
    mine: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything is asked."""
        return self != ClaimSearch()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: below one number, above another, or at the latest claim."""

    before: int | None = None
    after: int | None = None
    # The other end: the oldest claims there are.
    is_last: bool = False

    @property
    def reads_upwards(self) -> bool:
        """Say whether the page is found from its older end."""
        return self.is_last or self.after is not None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """One page of claims, latest first; `newer` and `older` are where its neighbours begin."""

    claims: list[Claim]
    total: int
    # There are more than `total`, which is as far as was counted.
    is_more: bool
    newer: int | None
    older: int | None


def claim_page(project: Project, viewer: User, wanted: ClaimSearch, place: Place) -> ClaimPage:
    """Return the claims that the viewer sees and `wanted` asks for, from `place` on.

    A page is found by the number beside it, so that the 90,000th claim takes as long as the first.
    Raises SearchTooLong.
    """
    if not wanted.is_narrowed:
        found = _asked(project, viewer, wanted)
        return _page(found, _counted(found, COUNTED), COUNTED, place)
    with bounded_search():
        said = _asked(project, viewer, wanted)
        if not wanted.words:
            return _page(said, _counted(said, COUNTED_FILTERED), COUNTED_FILTERED, place)
        condition, some = _with_words(project, wanted.words)
        found = said.filter(condition)
        # Where many hold the words, those at hand are mostly enough to say that they are more.
        counted = _counted(said.filter(IsOneOf("pk", some)), COUNTED_FILTERED)
        if counted <= COUNTED_FILTERED and len(some) > FEW_BY_WORD:
            counted = _counted(found, COUNTED_FILTERED)
        return _page(found, counted, COUNTED_FILTERED, place)


def _counted(found: ClaimQuerySet, limit: int) -> int:
    """Return how many there are, one more than the limit at most."""
    return found.order_by()[: limit + 1].count()


def _asked(project: Project, viewer: User, wanted: ClaimSearch) -> ClaimQuerySet:
    """Return what is asked for but for the words, in no order; what the viewer may not see decides
    nothing.
    """
    claims = Claim.objects.listed_to(viewer).unmerged().filter(project=project)
    claims = _in_state(claims, wanted.state)
    if wanted.type:
        claims = of_type(claims, project, wanted.type)
    if wanted.mine:
        claims = claims.filter(created_by=viewer)
    if wanted.label:
        claims = _with_label(claims, project, wanted.label, viewer)
    if wanted.source:
        claims = credited_to(
            claims, project, viewer, source__in=_called(project, wanted.source, viewer)
        )
    if wanted.state == MARKED:
        claims = _resting_on_what_changed(claims, project, viewer)
    if wanted.stage:
        claims = of_stage(claims, project, viewer, wanted.stage)
    return claims


def _page(found: ClaimQuerySet, counted: int, limit: int, place: Place) -> ClaimPage:
    rows = found.order_by("number" if place.reads_upwards else "-number")
    if place.before is not None:
        rows = rows.filter(number__lt=min(place.before, _LARGEST_NUMBER))
    if place.after is not None:
        rows = rows.filter(number__gt=min(place.after, _LARGEST_NUMBER))
    claims = list(rows[: PAGE_SIZE + 1])
    goes_on = len(claims) > PAGE_SIZE
    claims = claims[:PAGE_SIZE]
    if place.reads_upwards:
        claims.reverse()
    is_newer, is_older = _neighbours(place, goes_on)
    return ClaimPage(
        claims,
        min(counted, limit),
        counted > limit,
        claims[0].number if claims and is_newer else None,
        claims[-1].number if claims and is_older else None,
    )


def _neighbours(place: Place, goes_on: bool) -> tuple[bool, bool]:
    """Say whether there are newer and older claims than those of the page."""
    if place.is_last:
        return goes_on, False
    if place.after is not None:
        return goes_on, True
    return place.before is not None, goes_on


def of_type(claims: ClaimQuerySet, project: Project, asked: str) -> ClaimQuerySet:
    """Keep the claims of the project that are, among others, of this type."""
    found = Claim.objects.filter(project=project, types__contains=[asked])
    return _narrowed(claims, found, claim="pk")


def of_stage(claims: ClaimQuerySet, project: Project, viewer: User, asked: str) -> ClaimQuerySet:
    """Keep the claims of the project that are in this stage as the viewer sees it."""
    ids = _few_ids(*may_be_in_stage(asked, viewer, project))
    if ids is not None:
        claims = claims.filter(IsOneOf("pk", ids))
    return cast(ClaimQuerySet, in_stage(claims, asked, viewer, project))


def credited_to(
    claims: ClaimQuerySet, project: Project, viewer: User, **hop: object
) -> ClaimQuerySet:
    """Keep the claims with a hop of these properties, in a chain that the viewer may read.

    Those with any such hop are found first; who may read it is asked of few of them only, and of
    none for who reads whatever is hidden and marks nothing apart from others.
    """
    standing = Attribution.objects.filter(mention__discarded_at__isnull=True, **hop)
    ids = _few_ids(standing.exclude(mention=None), claim="mention__claim", few=FEW_BY_HOP)
    if ids is not None:
        claims = claims.filter(IsOneOf("pk", ids))
        if marks_nowhere(viewer) and can(viewer, project, Permission.SEE_HIDDEN):
            return claims.filter(round__isnull=True)
    read = Attribution.objects.crediting_claims(viewer).filter(mention__claim=OuterRef("pk"), **hop)
    # As a value it is asked of one claim after the other, as a join of all hops at once.
    credit = Subquery(read.order_by().values("pk")[:1])
    return claims.alias(credit=credit).filter(credit__isnull=False)


def _narrowed(claims: ClaimQuerySet, rows: QuerySet, *, claim: str = "claim") -> ClaimQuerySet:
    """Keep the claims that any of `rows` is about, by the path to it.

    Few are named one by one, found from their own side; many are met soon enough by looking at
    each claim in turn. PostgreSQL cannot tell which it will be before it has planned.
    """
    ids = _few_ids(rows, claim=claim)
    if ids is not None:
        return claims.filter(IsOneOf("pk", ids))
    return claims.filter(Exists(rows.filter(**{claim: OuterRef("pk")})))


def _few_ids(*rows: QuerySet, claim: str = "claim", few: int = FEW) -> list[int] | None:
    """Return the claims that the rows are about; None where there are more than `few` rows."""
    ids: list[int] = []
    for some in rows:
        ids += some.order_by().values_list(claim, flat=True)[: few + 1 - len(ids)]
    return ids if len(ids) <= few else None


def _with_words(project: Project, words: str) -> tuple[Q | IsOneOf, list[int]]:
    """Return the condition that a claim holds all the words or has the number that is typed, and
    some claims that meet it: all of them, unless they are more than FEW_BY_WORD.
    """
    condition = Q()
    for term in read_terms(words):
        condition &= Q(Matches("text", term))
    of_project = Claim.objects.filter(project=project)
    numbered: list[int] = []
    number = words.strip().removeprefix("#")
    if number.isdecimal() and int(number) <= _LARGEST_NUMBER:
        numbered += of_project.filter(number=int(number)).values_list("pk", flat=True)
    ids = list(numbered)
    if condition:
        found = of_project.filter(condition).values_list("pk", flat=True)
        ids += found.order_by()[: FEW_BY_WORD + 1]
    if len(ids) > FEW_BY_WORD:
        return condition | Q(pk__in=numbered), ids
    return IsOneOf("pk", ids), ids


def _judged_by(viewer: User) -> ReviewQuerySet:
    return cast(ReviewQuerySet, Review.objects.filter(reviewer=viewer)).kept()


def _with_label(claims: ClaimQuerySet, project: Project, label: str, viewer: User) -> ClaimQuerySet:
    """Keep the claims that show this label: the published verdict's, else the viewer's latest."""
    published = Verdict.objects.current().filter(project=project)
    mine = _judged_by(viewer).filter(project=project)
    if label == NOT_JUDGED:
        of_claim = {"claim": OuterRef("pk")}
        return claims.filter(
            ~Exists(mine.filter(**of_claim)), ~Exists(published.filter(**of_claim))
        )
    ids = _few_ids(published.filter(label=label), mine.filter(label=label))
    if ids is not None:
        claims = claims.filter(IsOneOf("pk", ids))
    # Asked of one claim after the other; as joins they would first be read of the whole project.
    of_claim = {"claim": OuterRef("pk")}
    shown = Coalesce(
        Subquery(published.filter(**of_claim).order_by().values("label")[:1]),
        Subquery(mine.filter(**of_claim).order_by("-claim_revision").values("label")[:1]),
    )
    return claims.filter(Exact(shown, label))


def _called(project: Project, name: str, viewer: User) -> list[int]:
    """Return the sources that go by this name, in any spelling."""
    sources = Source.objects.visible_to(viewer).filter(
        project=project, aliases__name_key=fold_name(name)
    )
    return list(sources.values_list("pk", flat=True))


def _in_state(claims: ClaimQuerySet, state: str) -> ClaimQuerySet:
    if state == ALL:
        return claims
    return claims.filter(discarded_at__isnull=False) if state == DISCARDED else claims.kept()


def _resting_on_what_changed(
    claims: ClaimQuerySet, project: Project, viewer: User
) -> ClaimQuerySet:
    events = LifecycleEvent.objects.visible_to(viewer).filter(
        project=project, type__in=MARKING_TYPES
    )
    changed = Statement.objects.visible_to(viewer).filter(pk__in=events.values("statement"))
    changed_ids = list(changed.values_list("pk", flat=True))
    hops = Attribution.objects.crediting_claims(viewer).filter(statement__in=changed_ids)
    by_hop = hops.order_by().values("mention__claim_id")
    directly = Claim.objects.filter(statement__in=changed_ids).values("pk")
    return claims.filter(pk__in=by_hop.union(directly, all=True))
