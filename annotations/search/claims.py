"""The claim list: which claims, one page of them, and how many there are, at any depth alike."""

from dataclasses import dataclass

from annotations.accounts.models import User
from annotations.claims.models import Attribution, Claim
from annotations.claims.querysets import ClaimQuerySet
from annotations.lifecycle.marks import MARKING_TYPES
from annotations.lifecycle.models import LifecycleEvent
from annotations.planned import IsOneOf, Planned
from annotations.projects.models import Project
from annotations.projects.places import Counted, Page, Place, read_page
from annotations.search.limits import bounded_search
from annotations.search.narrowing import (
    LARGEST_NUMBER,
    credited_to,
    holding,
    of_stage,
    of_type,
    with_label,
)
from annotations.sources.finding import sources_called
from annotations.statements.models import Statement

PAGE_SIZE = 25
# Counting goes no further: a filter that half of 100,000 claims pass would take longer to count
# than to show.
COUNTED, COUNTED_FILTERED = 10_000, 200
_of_keys = Planned(lambda keys: Claim.objects.filter(IsOneOf("pk", keys)))
MARKED, DISCARDED, ALL = "marked", "discarded", "all"


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


ClaimPage = Page[Claim, int]


def claim_page(project: Project, viewer: User, wanted: ClaimSearch, place: Place[int]) -> ClaimPage:
    """Return the claims that the viewer sees and `wanted` asks for, from `place` on.

    A page is found by the number beside it, so that the 90,000th claim takes as long as the first.
    Raises SearchTooLong.
    """
    if not wanted.is_narrowed:
        found = _asked(project, viewer, wanted)
        return _page(found, _counted(found, COUNTED), place)
    with bounded_search():
        found = _asked(project, viewer, wanted)
        if not wanted.words and place == Place():
            return _first_page(found, COUNTED_FILTERED)
        if wanted.words:
            found, counted = holding(found, project, wanted.words, COUNTED_FILTERED)
        else:
            counted = _counted(found, COUNTED_FILTERED)
        return _page(found, counted, place)


def _counted(found: ClaimQuerySet, limit: int) -> Counted:
    """Count them, no further than the limit."""
    return Counted.up_to(limit, found.order_by()[: limit + 1].count())


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
        claims = with_label(claims, project, wanted.label, viewer)
    if wanted.source:
        claims = credited_to(
            claims, project, viewer, source__in=sources_called(project, viewer, wanted.source)
        )
    if wanted.state == MARKED:
        claims = _resting_on_what_changed(claims, project, viewer)
    if wanted.stage:
        claims = of_stage(claims, project, viewer, wanted.stage)
    return claims


def _first_page(found: ClaimQuerySet, limit: int) -> ClaimPage:
    """Return the latest of them; what counts them names those of the page too."""
    keys = list(found.order_by("-number").values_list("pk", flat=True)[: max(limit, PAGE_SIZE) + 1])
    rows = {one.pk: one for one in _of_keys(keys[:PAGE_SIZE])}
    claims = [rows[key] for key in keys[:PAGE_SIZE]]
    counted = Counted.up_to(limit, len(keys))
    older = claims[-1].number if len(keys) > PAGE_SIZE else None
    return Page(claims, counted.total, counted.is_more, None, older)


def _page(found: ClaimQuerySet, counted: Counted, place: Place[int]) -> ClaimPage:
    rows = found.order_by("number" if place.reads_upwards else "-number")
    if place.before is not None:
        rows = rows.filter(number__lt=min(place.before, LARGEST_NUMBER))
    if place.after is not None:
        rows = rows.filter(number__gt=min(place.after, LARGEST_NUMBER))
    return read_page(rows, place, PAGE_SIZE, counted, lambda one: one.number)


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
