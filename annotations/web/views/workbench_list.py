"""The claims beside the text: in text order, narrowed by filters, a window of them at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from annotations.claims.chains import Chain
from annotations.claims.models import Attribution, Claim, Mention
from annotations.claims.summaries import chain_in_words, chain_summaries
from annotations.lifecycle.marks import Mark
from annotations.web.views.workbench_read import (
    Given,
    Place,
    Reading,
    marks_by_claim,
    read_places,
    shown_labels,
)

# Rows shown at once: more than a screen holds, few enough to be drawn in a millisecond.
WINDOW = 60
# Rows before the one that the window is opened for.
BEFORE = 15


@dataclass(frozen=True, slots=True)
class Filters:
    """What the panel's list is narrowed to; the text always shows every mark."""

    label: str = ""
    words: str = ""
    mine: bool = False
    discarded: bool = False

    @property
    def is_on(self) -> bool:
        """Say whether the list is narrowed."""
        return bool(self.label or self.words or self.mine)


class ClaimRow(NamedTuple):
    """One claim in the panel. `start` is where its first mention begins, in code points.

    `who` is said to have said it there; `others` are the chains of its further places, as far as
    they are other ones: paper shows them, where no card can be opened.
    """

    claim_id: int
    number: int
    text: str
    start: int
    who: str
    places: int
    label: str
    is_stale: bool
    is_discarded: bool
    is_hidden: bool
    is_published: bool = False
    marks: Sequence[Mark] = ()
    version: int | None = None
    others: Sequence[str] = ()


@dataclass
class ClaimList:
    """The claims of a reading as its viewer lists them."""

    reading: Reading
    filters: Filters

    @cached_property
    def claims(self) -> list[Place]:
        """The first place of every claim in the version, in text order."""
        first: dict[int, Place] = {}
        for place in self.reading.places:
            first.setdefault(place.claim_id, place)
        return list(first.values())

    @cached_property
    def wanted(self) -> list[Place]:
        """The claims that the filters leave."""
        filters, me = self.filters, self.reading.viewer.pk
        left = self.claims
        if filters.label:
            labels, none = self.reading.labels, Given("none", 0, False)
            left = [one for one in left if labels.get(one.claim_id, none).label == filters.label]
        if filters.mine:
            left = [one for one in left if one.created_by_id == me]
        if filters.words:
            left = self._with_words(left)
        return left

    def window(self, first: int) -> list[ClaimRow]:
        """Return the rows from the `first` on, counted from 1."""
        return self.rows(self.wanted[first - 1 : first - 1 + WINDOW])

    def first_for(self, *, number: int | None = None, at: int | None = None) -> int:
        """Return the first row of the window around a claim, or around an offset of the text."""
        for n, one in enumerate(self.wanted):
            if one.number == number or (at is not None and one.start >= at):
                return max(n - BEFORE, 0) + 1
        return max(len(self.wanted) - WINDOW, 0) + 1 if at is not None else 1

    def rows(self, claims: Sequence[Place]) -> list[ClaimRow]:
        """Return rows for these claims; two queries."""
        reading = self.reading
        wanted = {one.claim_id for one in claims}
        places: dict[int, list[Place]] = defaultdict(list)
        for place in reading.places:
            if place.claim_id in wanted:
                places[place.claim_id].append(place)
        return make_rows(claims, reading, reading.labels, reading.claim_marks, places=places)

    @cached_property
    def elsewhere(self) -> tuple[int, list[ClaimRow]]:
        """How many claims only other versions of the article hold, and the first of them."""
        return rows_elsewhere(self.reading)

    def _with_words(self, claims: Sequence[Place]) -> list[Place]:
        words = self.filters.words.casefold()
        rows = zip(claims, self.rows(claims), strict=True)
        return [one for one, row in rows if words in _all_words(row).casefold()]


def _all_words(row: ClaimRow) -> str:
    return " ".join([str(row.number), row.text, row.who, *row.others])


def make_rows(
    claims: Sequence[Place],
    reading: Reading,
    labels: Mapping[int, Given],
    marks: dict[int, list[Mark]],
    *,
    places: Mapping[int, Sequence[Place]] | None = None,
    versions: dict[int, int] | None = None,
) -> list[ClaimRow]:
    """Return a row for each claim, named by its first place; two queries.

    `places` are all places of the claims, by claim id, where more than the first count.
    """
    ids = [one.claim_id for one in claims]
    texts = dict(Claim.objects.filter(pk__in=ids).values_list("pk", "text"))
    asked = [one for each in places.values() for one in each] if places else claims
    chains = chain_summaries([one.mention_id for one in asked], reading.sight)
    named = _Named(texts, {pk: chain.words for pk, chain in chains.items()})
    return _rows(claims, named, labels, marks, places=places, versions=versions)


class _Named(NamedTuple):
    """The words of a list: of claims by claim id, of chains by mention id."""

    texts: Mapping[int, str]
    chains: Mapping[int, str]


def _rows(
    claims: Sequence[Place],
    named: _Named,
    labels: Mapping[int, Given],
    marks: dict[int, list[Mark]],
    *,
    places: Mapping[int, Sequence[Place]] | None = None,
    versions: dict[int, int] | None = None,
) -> list[ClaimRow]:
    unjudged = Given("", 0, False)
    all_places = places or {}
    return [
        ClaimRow(
            claim_id=one.claim_id,
            number=one.number,
            text=named.texts[one.claim_id],
            start=one.start,
            who=named.chains.get(one.mention_id, ""),
            places=len(all_places.get(one.claim_id, (one,))),
            label=(given := labels.get(one.claim_id, unjudged)).label,
            is_stale=given.revision != one.content_revision,
            is_published=given.is_published,
            is_discarded=one.is_discarded,
            is_hidden=one.hidden_at is not None,
            marks=marks.get(one.claim_id, ()),
            version=(versions or {}).get(one.claim_id),
            others=_others(one, all_places.get(one.claim_id, ()), named.chains),
        )
        for one in claims
    ]


def _others(first: Place, places: Sequence[Place], chains: Mapping[int, str]) -> list[str]:
    """Return the chains of a claim's further places, each once, but for that of the first."""
    if len(places) < 2:
        return []
    kept = [one for one in places if not one.is_discarded]
    found = dict.fromkeys(chains.get(one.mention_id, "") for one in kept)
    found.pop(chains.get(first.mention_id, ""), None)
    return list(found)


def rows_elsewhere(reading: Reading) -> tuple[int, list[ClaimRow]]:
    """Return how many claims only other versions hold, and rows of the first of them, each with
    the latest version it stands in.
    """
    here = Mention.objects.filter(version=reading.version, discarded_at__isnull=True)
    others = reading.visible.exclude(version=reading.version).exclude(
        claim_id__in=here.values("claim_id")
    )
    if not reading.is_first:
        others = others.exclude(claim_id__in=reading.placed.values("mention__claim_id"))
    numbers = dict(others.values_list("id", "version__number"))
    if not numbers:
        return 0, []
    first: dict[int, Place] = {}
    versions: dict[int, int] = defaultdict(int)
    for place in read_places(others):
        first.setdefault(place.claim_id, place)
        versions[place.claim_id] = max(versions[place.claim_id], numbers[place.mention_id])
    shown = list(first.values())[:WINDOW]
    ids = [one.claim_id for one in shown]
    labels = shown_labels(Claim.objects.filter(pk__in=ids).values("pk"), reading.viewer, ids)
    marks = marks_by_claim(_resting_on(shown), reading.sight)
    return len(first), make_rows(shown, reading, labels, marks, versions=dict(versions))


def row_of_claim(reading: Reading, claim: Claim, chains: Mapping[int, Chain]) -> ClaimRow | None:
    """Return the row of a claim whose places the reading holds, all of them; no query.

    `chains` are those of its mentions, by mention id. None when it has no place that the list
    would show.
    """
    places = [one for one in reading.places if one.claim_id == claim.pk]
    if not places:
        return None
    first = places[0]
    words = {one.mention_id: chain_in_words(chains.get(one.mention_id, ())) for one in places}
    named = _Named({claim.pk: claim.text}, words)
    by_claim = {claim.pk: places}
    return _rows([first], named, reading.labels, reading.claim_marks, places=by_claim)[0]


def _resting_on(places: Iterable[Place]) -> dict[int, set[int]]:
    """Return the statements that the claims rest on by these places, or directly."""
    resting: dict[int, set[int]] = defaultdict(set)
    claim_of = {}
    for place in places:
        claim_of[place.mention_id] = place.claim_id
        if place.statement_id:
            resting[place.claim_id].add(place.statement_id)
    hops = Attribution.objects.filter(statement__isnull=False, mention_id__in=list(claim_of))
    for mention_id, statement_id in hops.values_list("mention_id", "statement_id"):
        resting[claim_of[mention_id]].add(statement_id)
    return resting
