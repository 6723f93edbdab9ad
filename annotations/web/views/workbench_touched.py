"""Reads the blocks that a change has touched, and all that is drawn over them, in two statements.

A save shows a handful of blocks and mentions. What costs there is each question to the database
and Django's writing of it: what the whole text is asked in five queries is one statement here,
written by hand, as the query builder would take ten times as long over it as the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection

from annotations.articles.passages import BlockRow, read_touched
from annotations.web.views.workbench_read import PLACE_COLUMNS, Given, Place, Reading

# Places in the order of PLACE_COLUMNS, then _Extra. The hull of the blocks is for the planner, and
# so is + 0: a claim has few mentions, while a version may have thousands that a plan made before
# does not know of.
_QUERY = """
SELECT m.id, m.claim_id, c.number, c.content_revision, c.statement_id, c.created_by_id,
       c.discarded_at, c.hidden_at, m.discarded_at, s.id, s.start,
       ARRAY(SELECT r.start FROM annotations_spanrange r WHERE r.span_id = s.id ORDER BY r.n),
       ARRAY(SELECT r."end" FROM annotations_spanrange r WHERE r.span_id = s.id ORDER BY r.n),
       ARRAY(SELECT a.statement_id FROM annotations_attribution a
              WHERE a.mention_id = m.id AND a.statement_id IS NOT NULL),
       coalesce(ruled.label, mine.label), coalesce(ruled.claim_revision, mine.claim_revision),
       ruled.label IS NOT NULL,
       (SELECT min((SELECT o.start FROM annotations_span o WHERE o.id = n.span_id))
          FROM ({here}) n WHERE n.discarded_at IS NULL OR %(discarded)s)
  FROM annotations_span s
{words}
  JOIN annotations_claim c ON c.id = m.claim_id
  LEFT JOIN LATERAL (
       SELECT w.label, w.claim_revision FROM annotations_review w
        WHERE w.claim_id = c.id AND w.reviewer_id = %(viewer)s AND w.discarded_at IS NULL
        ORDER BY w.claim_revision DESC LIMIT 1) mine ON true
  LEFT JOIN annotations_verdict ruled ON ruled.claim_id = c.id AND ruled.state = 'current'
 WHERE c.round_id IS NOT DISTINCT FROM %(round)s::bigint
   AND (c.round_id IS NULL OR c.created_by_id = %(viewer)s)
   AND s.version_id = %(version)s AND s.start < %(last)s AND s."end" > %(first)s
   AND EXISTS (SELECT FROM unnest(%(starts)s::int[], %(ends)s::int[]) block (start, "end")
                WHERE s.start < block."end" AND s."end" > block.start)
 ORDER BY s.start, s."end", m.id
"""
_OWN_HERE = """SELECT o.span_id, o.discarded_at FROM annotations_mention o
                 WHERE o.claim_id = c.id AND o.version_id + 0 = %(version)s"""
_PLACED_HERE = """SELECT p.span_id, o.discarded_at FROM annotations_mention o
                    JOIN annotations_mentionplacement p ON p.mention_id = o.id
                     AND p.version_id = %(version)s AND p.span_id IS NOT NULL
                   WHERE o.claim_id = c.id"""
_OWN = "  JOIN annotations_mention m ON m.span_id = s.id"
_OWN_AND_PLACED = """
  JOIN (SELECT id AS mention_id, span_id FROM annotations_mention UNION ALL
        SELECT mention_id, span_id FROM annotations_mentionplacement) w ON w.span_id = s.id
  JOIN annotations_mention m ON m.id = w.mention_id"""
# No words of an earlier version stand in a text's first, which is most often the only one.
_MENTIONS = _QUERY.format(here=_OWN_HERE, words=_OWN)
_MENTIONS_OF_LATER = _QUERY.format(
    here=f"{_OWN_HERE} UNION ALL {_PLACED_HERE}", words=_OWN_AND_PLACED
)


class _Extra(NamedTuple):
    """What one mention's row holds beyond its place."""

    starts: list[int]
    ends: list[int]
    statements: list[int]
    label: str | None
    judged: int | None
    is_published: bool
    first: int


@dataclass
class TouchedReading(Reading):
    """One viewer's reading of the blocks that `ranges` touch, and of the mentions reaching there.

    `ranges` are (start, end) code points. It draws these blocks as a reading of the whole version
    would.
    """

    ranges: Sequence[tuple[int, int]] = ()

    @cached_property
    def blocks(self) -> list[BlockRow]:
        """The touched blocks in text order."""
        return read_touched(self.version, self.ranges)

    @cached_property
    def _rows(self) -> list[tuple[Place, _Extra]]:
        """The mentions in text order, as far as the viewer may see them."""
        if not self.blocks:
            return []
        asked: dict[str, Any] = {
            "version": self.version.pk,
            "viewer": self.viewer.pk,
            "round": dict(self.sight.marking).get(self.article.pk),
            "discarded": self.discarded,
            "first": self.blocks[0].start,
            "last": self.blocks[-1].end,
            "starts": [block.start for block in self.blocks],
            "ends": [block.end for block in self.blocks],
        }
        with connection.cursor() as cursor:
            cursor.execute(_MENTIONS if self.is_first else _MENTIONS_OF_LATER, asked)
            found = cursor.fetchall()
        width = len(PLACE_COLUMNS)
        rows = [(Place._make(row[:width]), _Extra._make(row[width:])) for row in found]
        return [(place, extra) for place, extra in rows if self._shows(place)]

    def _shows(self, place: Place) -> bool:
        return self.sight.shows(place) and (self.discarded or not place.is_discarded)

    @cached_property
    def places(self) -> list[Place]:
        """The mentions in text order."""
        return [place for place, _extra in self._rows]

    @cached_property
    def ranges_of_spans(self) -> list[tuple[int, int, int]]:
        """The ranges of the mentions' spans in text order, each as (start, end, span id)."""
        return sorted(
            {
                (start, end, place.span_id)
                for place, extra in self._rows
                for start, end in zip(extra.starts, extra.ends, strict=True)
            }
        )

    @cached_property
    def labels(self) -> dict[int, Given]:
        """The label to show of each claim: the published verdict's, else the viewer's latest."""
        return {
            place.claim_id: Given(extra.label, extra.judged, extra.is_published)
            for place, extra in self._rows
            if extra.label is not None and extra.judged is not None
        }

    @cached_property
    def statements(self) -> dict[int, list[int]]:
        """The statements that the chains of the mentions name, by mention id."""
        return {place.mention_id: extra.statements for place, extra in self._rows}

    @property
    def firsts(self) -> dict[str, int]:
        """Where in the whole version each of the claims begins."""
        return {str(place.number): extra.first for place, extra in self._rows}
