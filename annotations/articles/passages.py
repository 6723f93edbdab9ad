"""Stretches of a version's text, read from its blocks: far cheaper than a long text whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from annotations.articles.models import ArticleVersion, Block

# Enough text around a range for its 32 code points of context and for the longest real
# grapheme clusters at its edges.
MARGIN = 96
# Read beyond that at no cost to speak of, so that a sentence's ranges share one reading.
READ_AHEAD = 400
Ranges = Iterable[tuple[int, int]]
# Asked once or more by every save; Django needs longer to write it than PostgreSQL to answer.
_AROUND = """
SELECT n, kind, start, "end", text FROM annotations_block
 WHERE version_id = %s AND start < %s AND "end" > %s ORDER BY n
"""


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block as read; offsets are code points of the version."""

    n: int
    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Text from `start` (code points of the version) on."""

    start: int
    text: str


def read_blocks(blocks: "QuerySet[Block]") -> list[BlockRow]:
    """Read blocks of one version in text order; one query."""
    rows = blocks.order_by("n").values_list("n", "kind", "start", "end", "text")
    return [BlockRow(*row) for row in rows]


def passage_in(blocks: Sequence[BlockRow]) -> Passage | None:
    """Return the text of blocks that follow one another; None where one is missing between them."""
    if not blocks or blocks[-1].n - blocks[0].n != len(blocks) - 1:
        return None
    return Passage(blocks[0].start, "".join(block.text for block in blocks))


def read_passage(version: ArticleVersion, start: int, end: int) -> Passage:
    """Read the blocks around start-MARGIN..end+MARGIN.

    What was read stays with `version`, whose text never changes: the words of a claim, its
    speaker and its cue mostly stand together, so the next range costs no query.
    """
    first, last = max(start - MARGIN, 0), min(end + MARGIN, version.length)
    blocks = _in_hand(version)
    if not _covers(blocks, [(first, last)]):
        with connection.cursor() as cursor:
            cursor.execute(_AROUND, [version.pk, last + READ_AHEAD, first - READ_AHEAD])
            blocks = [BlockRow(*row) for row in cursor.fetchall()]
        version._blocks_in_hand = blocks  # type: ignore[attr-defined]
    return passage_in(blocks) or Passage(0, "")


def read_touched(version: ArticleVersion, ranges: Ranges) -> list[BlockRow]:
    """Return the blocks that the ranges touch, in text order; no query where they are in hand."""
    ranges = list(ranges)
    known = _in_hand(version)
    if _covers(known, ranges):
        return touching(known, ranges)
    touched = Q(pk__in=())
    for start, end in ranges:
        touched |= Q(start__lt=end, end__gt=start)
    return read_blocks(Block.objects.filter(touched, version_id=version.pk))


def touching(blocks: Iterable[BlockRow], ranges: Sequence[tuple[int, int]]) -> list[BlockRow]:
    """Return the blocks that any of the ranges touches."""
    return [one for one in blocks if any(a < one.end and one.start < b for a, b in ranges)]


def _in_hand(version: ArticleVersion) -> list[BlockRow]:
    """Return what `read_passage` read last of this version: blocks that follow one another."""
    return getattr(version, "_blocks_in_hand", [])


def _covers(blocks: Sequence[BlockRow], ranges: Ranges) -> bool:
    return bool(blocks) and all(
        blocks[0].start <= start and end <= blocks[-1].end for start, end in ranges
    )
