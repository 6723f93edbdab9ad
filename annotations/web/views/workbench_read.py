"""Reads what the workbench draws of one version: a constant number of queries, light rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from annotations.accounts.models import User
from annotations.articles.models import Article, ArticleVersion, Block
from annotations.articles.passages import BlockRow, read_blocks
from annotations.claims.models import Attribution, Mention
from annotations.claims.placements.models import MentionPlacement
from annotations.claims.placements.querysets import PlacementQuerySet
from annotations.lifecycle.marks import Mark, marks_of_statements
from annotations.projects.visibility import Sight
from annotations.spans.highlight import SpanPiece
from annotations.spans.models import SpanRange
from annotations.verification.models import Review
from annotations.web.views.workbench_text import Marks

# Groups of events after which the words no longer stand as they were said.
FALLEN = frozenset({"withdrawal", "removal"})
PLACE_COLUMNS = (
    "id",
    "claim_id",
    "claim__number",
    "claim__content_revision",
    "claim__statement_id",
    "claim__created_by_id",
    "claim__discarded_at",
    "claim__hidden_at",
    "discarded_at",
    "span_id",
    "span__start",
)
# The same of a mention that is placed in the version from an earlier one.
PLACED_COLUMNS = (
    "mention_id",
    *(f"mention__{name}" for name in PLACE_COLUMNS[1:-2]),
    *PLACE_COLUMNS[-2:],
)


class Place(NamedTuple):
    """A mention's row as read from the database, in the order of PLACE_COLUMNS.

    A named tuple, as a page reads thousands.
    """

    mention_id: int
    claim_id: int
    number: int
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


class Given(NamedTuple):
    """The label that is shown of a claim, and the content revision that it judged."""

    label: str
    revision: int
    # By the project's verdict; else by the viewer.
    is_published: bool


@dataclass
class Reading:
    """One viewer's reading of one version of an article that they may read.

    `TouchedReading` (workbench_touched.py) is that of some of its blocks.
    """

    article: Article
    version: ArticleVersion
    viewer: User
    sight: Sight
    discarded: bool = False

    @cached_property
    def blocks(self) -> list[BlockRow]:
        """The version's blocks in text order."""
        return read_blocks(Block.objects.filter(version=self.version))

    @property
    def mentions(self) -> "QuerySet[Mention]":
        """The version's mentions that the viewer may see; discarded ones only when asked for."""
        return self.visible.filter(version=self.version)

    @property
    def visible(self) -> "QuerySet[Mention]":
        """The same for every version of the article."""
        mentions = Mention.objects.filter(article=self.article).in_sight(self.sight)
        return mentions if self.discarded else mentions.kept()

    @property
    def placed(self) -> PlacementQuerySet:
        """The placements of earlier versions' mentions whose words stand in this version."""
        return MentionPlacement.objects.filter(version=self.version.pk, span__isnull=False)

    @property
    def is_first(self) -> bool:
        """Say whether this is the text's first version: no words of an earlier one stand in it."""
        return self.version.number == 1

    @cached_property
    def places(self) -> list[Place]:
        """The mentions in text order: the version's own, and those placed in it."""
        own = read_places(self.mentions)
        if self.is_first:
            return own
        # Marked here once more by hand, words are shown once.
        marked = {(one.claim_id, one.start) for one in own}
        seen = self.placed.filter(mention__in=self.visible)
        placed = [one for one in read_placed(seen) if (one.claim_id, one.start) not in marked]
        return sorted([*own, *placed], key=lambda one: one.start)

    @cached_property
    def pieces(self) -> list[SpanPiece]:
        """Every marked range as (start, end, claim number), for drawing."""
        return self._pieces_of(self.places)

    @cached_property
    def ranges_of_spans(self) -> list[tuple[int, int, int]]:
        """The ranges of the mentions' spans in text order, each as (start, end, span id)."""
        spans = self._of_version("span_id")
        ranges = SpanRange.objects.filter(span_id__in=spans).order_by("start", "end", "span_id")
        return list(ranges.values_list("start", "end", "span_id"))

    def _pieces_of(self, places: Iterable[Place]) -> list[SpanPiece]:
        numbers: dict[int, list[str]] = defaultdict(list)
        for place in places:
            numbers[place.span_id].append(str(place.number))
        return [
            (start, end, number)
            for start, end, span_id in self.ranges_of_spans
            for number in numbers.get(span_id, ())
        ]

    def _fallen_away(self) -> frozenset[SpanPiece]:
        """Return the ranges that only discarded places hold."""
        gone = [one for one in self.places if one.is_discarded]
        if not gone:
            return frozenset()
        kept = self._pieces_of(one for one in self.places if not one.is_discarded)
        return frozenset(self._pieces_of(gone)).difference(kept)

    @cached_property
    def labels(self) -> dict[int, Given]:
        """The label to show of each claim: the published verdict's, else the viewer's latest."""
        claims = {place.claim_id for place in self.places}
        return shown_labels(self._of_version("claim_id"), self.viewer, claims)

    @cached_property
    def claim_marks(self) -> dict[int, list[Mark]]:
        """What became of the statements each claim rests on, as far as the viewer may know."""
        resting: dict[int, set[int]] = defaultdict(set)
        for place in self.places:
            named = self.statements.get(place.mention_id, ())
            resting[place.claim_id].update(named)
            if place.statement_id:
                resting[place.claim_id].add(place.statement_id)
        return marks_by_claim(resting, self.sight)

    @cached_property
    def statements(self) -> Mapping[int, Collection[int]]:
        """The statements that the chains of the mentions name, by mention id."""
        named: dict[int, list[int]] = defaultdict(list)
        hops = Attribution.objects.filter(
            statement__isnull=False, mention_id__in=self._of_version("pk")
        )
        for mention_id, statement_id in hops.values_list("mention_id", "statement_id"):
            named[mention_id].append(statement_id)
        return named

    @property
    def firsts(self) -> dict[str, int] | None:
        """Where in the whole version each claim begins; None where the pieces are all there are."""
        return None

    @cached_property
    def marks(self) -> Marks:
        """What to draw over the text."""
        of_claim = {place.claim_id: place for place in self.places}
        labels = {
            str(of_claim[pk].number): given.label
            for pk, given in self.labels.items()
            if given.label and pk in of_claim
        }
        return Marks(
            pieces=self.pieces,
            labels=labels,
            discarded=self._fallen_away(),
            fallen=frozenset(
                str(of_claim[pk].number)
                for pk, marks in self.claim_marks.items()
                if has_fallen(marks)
            ),
            firsts=self.firsts,
        )

    def _of_version(self, name: str) -> "QuerySet[Any, Any]":
        """Return one column of the mentions whose hops, spans and reviews are to be read: by query,
        as a thousand ids in a statement cost more than asking again, and with as few tables as do.
        """
        own = Mention.objects.filter(version=self.version).values(name)
        if self.is_first:
            return own
        placed_name = {"pk": "mention_id", "claim_id": "mention__claim_id"}.get(name, name)
        return own.union(self.placed.values(placed_name))


def read_places(mentions: "QuerySet[Mention]") -> list[Place]:
    """Read mentions as light rows in text order; one query."""
    rows: Any = mentions.order_by("span__start", "span__end", "id").values_list(*PLACE_COLUMNS)
    return [Place._make(row) for row in rows]


def read_placed(placements: PlacementQuerySet) -> list[Place]:
    """Read the mentions of placements as `read_places` does, where they are placed; one query."""
    rows: Any = placements.order_by("span__start", "span__end", "mention_id")
    return [Place._make(row) for row in rows.values_list(*PLACED_COLUMNS)]


def marks_by_claim(resting: dict[int, set[int]], sight: Sight) -> dict[int, list[Mark]]:
    """Return the marks of the claims whose statements are given, oldest event first."""
    found = marks_of_statements(set().union(*resting.values()), sight)
    return {
        claim_id: [mark for one in sorted(ids) for mark in found.get(one, ())]
        for claim_id, ids in resting.items()
        if ids & found.keys()
    }


def has_fallen(marks: Sequence[Mark]) -> bool:
    """Say whether a statement was withdrawn or removed, as far as that was not refuted."""
    return any(mark.group in FALLEN and mark.standing != "refuted" for mark in marks)


_PUBLISHED = """
SELECT claim_id, label, claim_revision FROM annotations_verdict
 WHERE claim_id = ANY(%s) AND state = 'current'
"""


def shown_labels(
    claim_ids: "QuerySet[Any]", viewer: User, claims: Iterable[int]
) -> dict[int, Given]:
    """Return the label to show of each claim: the verdict's, else the viewer's; two queries.

    `claims` are the ids that the query gives.
    """
    rows = (
        Review.objects.filter(reviewer=viewer, claim_id__in=claim_ids, discarded_at__isnull=True)
        .order_by("claim_id", "claim_revision")
        .values_list("claim_id", "label", "claim_revision")
    )
    shown = {claim_id: Given(label, revision, False) for claim_id, label, revision in rows}
    with connection.cursor() as cursor:
        cursor.execute(_PUBLISHED, [list(claims)])
        for claim_id, label, revision in cursor.fetchall():
            shown[claim_id] = Given(label, revision, True)
    return shown
