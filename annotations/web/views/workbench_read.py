"""Reads what the workbench shows of one version: a constant number of queries, light rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet

from annotations.accounts.models import User
from annotations.articles.models import Article, ArticleVersion, Block
from annotations.claims.models import Mention
from annotations.claims.summaries import ChainSummary, chain_summaries
from annotations.lifecycle.marks import Mark, marks_of_statements
from annotations.projects.visibility import Sight
from annotations.spans.highlight import SpanPiece
from annotations.spans.models import SpanRange
from annotations.verification.models import Review
from annotations.web.views.workbench_text import BlockRow, Marks

# Groups of events after which the words no longer stand as they were said.
FALLEN = frozenset({"withdrawal", "removal"})
ROW_COLUMNS = (
    "id",
    "claim_id",
    "claim__number",
    "claim__text",
    "claim__content_revision",
    "claim__statement_id",
    "claim__created_by_id",
    "claim__discarded_at",
    "claim__hidden_at",
    "discarded_at",
    "span_id",
    "span__start",
)


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

    A named tuple, as a page makes a thousand.
    """

    claim_id: int
    number: int
    text: str
    start: int
    who: str
    places: int
    label: str
    is_stale: bool
    is_mine: bool
    is_discarded: bool
    is_hidden: bool
    marks: Sequence[Mark] = ()
    version: int | None = None

    @property
    def has_fallen(self) -> bool:
        """Say whether a statement it rests on was withdrawn or removed, as far as not refuted."""
        return any(mark.group in FALLEN and mark.standing != "refuted" for mark in self.marks)


class Place(NamedTuple):
    """A mention's row as read from the database, in the order of ROW_COLUMNS."""

    mention_id: int
    claim_id: int
    number: int
    text: str
    content_revision: int
    statement_id: int | None
    created_by_id: int
    claim_discarded_at: datetime | None
    hidden_at: datetime | None
    discarded_at: datetime | None
    span_id: int
    start: int

    @property
    def is_discarded(self) -> bool:
        """Say whether the mention or its claim was taken back."""
        return self.discarded_at is not None or self.claim_discarded_at is not None


@dataclass
class Reading:
    """One viewer's reading of one version of an article that they may read."""

    article: Article
    version: ArticleVersion
    viewer: User
    sight: Sight
    filters: Filters = field(default_factory=Filters)
    is_only_version: bool = False

    @cached_property
    def blocks(self) -> list[BlockRow]:
        """The version's blocks in text order."""
        rows = Block.objects.filter(version=self.version).order_by("n")
        return [BlockRow(*row) for row in rows.values_list("n", "kind", "start", "end", "text")]

    @cached_property
    def places(self) -> list[Place]:
        """The mentions in this version in text order; discarded ones only when asked for."""
        return self._read(self._mentions.filter(version=self.version))

    @cached_property
    def claim_rows(self) -> list[ClaimRow]:
        """Every claim marked in this version, in text order."""
        here = Mention.objects.filter(version=self.version)
        return self._rows(self.places, here)

    @cached_property
    def shown_rows(self) -> list[ClaimRow]:
        """The claims that the filters leave."""
        return [row for row in self.claim_rows if self._is_wanted(row)]

    @cached_property
    def rows_elsewhere(self) -> list[ClaimRow]:
        """Claims that other versions of the article hold and this one does not."""
        if self.is_only_version:
            return []
        here = Mention.objects.filter(version=self.version, discarded_at__isnull=True)
        others = self._mentions.exclude(version=self.version).exclude(
            claim_id__in=here.values("claim_id")
        )
        numbers = dict(others.values_list("id", "version__number"))
        if not numbers:
            return []
        rows = self._read(others)
        versions: dict[int, int] = defaultdict(int)
        for place in rows:
            versions[place.claim_id] = max(versions[place.claim_id], numbers[place.mention_id])
        return [row._replace(version=versions[row.claim_id]) for row in self._rows(rows, others)]

    @cached_property
    def pieces(self) -> list[SpanPiece]:
        """Every marked range as (start, end, claim number), for drawing."""
        numbers: dict[int, list[str]] = defaultdict(list)
        for place in self.places:
            numbers[place.span_id].append(str(place.number))
        spans = Mention.objects.filter(version=self.version).values("span_id")
        ranges = SpanRange.objects.filter(span_id__in=spans).order_by("start", "end")
        return [
            (start, end, number)
            for span_id, start, end in ranges.values_list("span_id", "start", "end")
            for number in numbers.get(span_id, ())
        ]

    @cached_property
    def marks(self) -> Marks:
        """What to draw over the text."""
        rows = self.claim_rows
        return Marks(
            pieces=self.pieces,
            labels={str(row.number): row.label for row in rows if row.label},
            discarded=frozenset(str(row.number) for row in rows if row.is_discarded),
            fallen=frozenset(str(row.number) for row in rows if row.has_fallen),
        )

    def _is_wanted(self, row: ClaimRow) -> bool:
        filters = self.filters
        if filters.label and (row.label or "none") != filters.label:
            return False
        if filters.mine and not row.is_mine:
            return False
        words = filters.words.casefold()
        return not words or words in f"{row.number} {row.text} {row.who}".casefold()

    @property
    def _mentions(self) -> "QuerySet[Mention]":
        """What the viewer may see; discarded mentions only when asked for."""
        mentions = Mention.objects.filter(article=self.article).in_sight(self.sight)
        return mentions if self.filters.discarded else mentions.kept()

    def _read(self, mentions: "QuerySet[Mention]") -> list[Place]:
        rows: Any = mentions.order_by("span__start", "span__end", "id").values_list(*ROW_COLUMNS)
        return [Place._make(row) for row in rows]

    def _rows(self, places: Sequence[Place], mentions: "QuerySet[Mention]") -> list[ClaimRow]:
        """Make a row for each claim of `places`, which `mentions` gave; by query, as a thousand
        ids in a statement cost more than asking again.
        """
        chains = chain_summaries(mentions.order_by().values("pk"), self.sight)
        labels = my_labels(mentions.order_by().values("claim_id"), self.viewer)
        marks = self._marks(places, chains)
        first: dict[int, Place] = {}
        count: dict[int, int] = defaultdict(int)
        for place in places:
            first.setdefault(place.claim_id, place)
            count[place.claim_id] += 1
        # Read once: on a request the user is a lazy object, slow to ask a thousand times.
        me = self.viewer.pk
        nobody, unjudged = ChainSummary(), ("", 0)
        return [
            ClaimRow(
                claim_id=claim_id,
                number=place.number,
                text=place.text,
                start=place.start,
                who=chains.get(place.mention_id, nobody).words,
                places=count[claim_id],
                label=labels.get(claim_id, unjudged)[0],
                is_stale=labels.get(claim_id, unjudged)[1] != place.content_revision,
                is_mine=place.created_by_id == me,
                is_discarded=place.is_discarded,
                is_hidden=place.hidden_at is not None,
                marks=marks.get(claim_id, ()),
            )
            for claim_id, place in first.items()
        ]

    def _marks(
        self, places: Sequence[Place], chains: dict[int, ChainSummary]
    ) -> dict[int, list[Mark]]:
        statements: dict[int, set[int]] = defaultdict(set)
        nobody = ChainSummary()
        for place in places:
            statements[place.claim_id].update(chains.get(place.mention_id, nobody).statement_ids)
            if place.statement_id:
                statements[place.claim_id].add(place.statement_id)
        found = marks_of_statements(set().union(*statements.values()), self.sight)
        return {
            claim_id: [mark for one in sorted(ids) for mark in found.get(one, ())]
            for claim_id, ids in statements.items()
            if ids & found.keys()
        }


def my_labels(claim_ids: "QuerySet[Any]", viewer: User) -> dict[int, tuple[str, int]]:
    """Return the viewer's latest label per claim with the content revision it judged; one query."""
    rows = (
        Review.objects.filter(reviewer=viewer, claim_id__in=claim_ids)
        .order_by("claim_id", "claim_revision")
        .values_list("claim_id", "label", "claim_revision")
    )
    return {claim_id: (label, revision) for claim_id, label, revision in rows}
