"""The words around a quotation: the sentence it stands in, cut into before, marked and after."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F

from annotations.articles.models import Block
from annotations.articles.passages import Passage
from annotations.claims.models import Mention
from annotations.spans.models import SpanRange

# A sentence may be longer; then the context is cut at a space near this many characters.
LONGEST_CONTEXT = 240
_END = re.compile(r"[.!?…؟۔।。！？]+[\"'”’»)\]]*(?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, marked or not; `start` is its offset in the version."""

    text: str
    is_marked: bool
    start: int = 0

    @property
    def end(self) -> int:
        """Return where it ends, in code points of the version."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Context:
    """A marked sentence in pieces, with what stands before and after it in its blocks."""

    pieces: list[Piece]
    before: str = ""
    after: str = ""


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return start and end of the sentences around start..end, at most LONGEST_CONTEXT further."""
    earliest, latest = max(0, start - LONGEST_CONTEXT), min(len(text), end + LONGEST_CONTEXT)
    ends = [found.end() for found in _END.finditer(text, earliest, start)]
    first = ends[-1] if ends else earliest
    following = _END.search(text, max(end - 1, 0), latest)
    last = max(following.end(), end) if following else latest
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def in_context(passage: Passage, ranges: Sequence[tuple[int, int]]) -> list[Piece]:
    """Cut the sentences around the ranges into marked and unmarked pieces."""
    text, shift = passage.text, passage.start
    local = [(start - shift, end - shift) for start, end in ranges]
    first, last = sentence_bounds(text, local[0][0], local[-1][1])
    pieces, position = [], first
    for start, end in local:
        pieces.append(Piece(text[position:start], False, position + shift))
        pieces.append(Piece(text[start:end], True, start + shift))
        position = end
    pieces.append(Piece(text[position:last], False, position + shift))
    return [piece for piece in pieces if piece.text]


def ranges_of_spans(span_ids: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """Return the ranges of spans in text order; one query."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = SpanRange.objects.filter(span_id__in=list(span_ids)).order_by("span_id", "n")
    for span_id, start, end in rows.values_list("span_id", "start", "end"):
        found[span_id].append((start, end))
    return found


def contexts_of(mentions: Sequence[Mention]) -> dict[int, list[Piece]]:
    """Return the marked sentence of each mention, by mention id; two queries."""
    found = contexts_of_spans(mention.span_id for mention in mentions)
    return {one.pk: found[one.span_id] for one in mentions if one.span_id in found}


def contexts_of_spans(span_ids: Iterable[int]) -> dict[int, list[Piece]]:
    """Return the marked sentence of each span, by its id; two queries."""
    return {pk: one.pieces for pk, one in surroundings_of_spans(span_ids).items()}


def surroundings_of_spans(span_ids: Iterable[int]) -> dict[int, Context]:
    """Return the marked sentence of each span with what stands around it; two queries."""
    wanted = sorted(set(span_ids))
    ranges = ranges_of_spans(wanted)
    blocks = (
        Block.objects.filter(
            version__spans__in=wanted,
            start__lt=F("version__spans__end"),
            end__gt=F("version__spans__start"),
        )
        .order_by("version", "n")
        .values_list("version__spans", "start", "text")
    )
    starts: dict[int, int] = {}
    texts: dict[int, list[str]] = defaultdict(list)
    for span_id, start, text in blocks:
        starts.setdefault(span_id, start)
        texts[span_id].append(text)
    return {
        span_id: _surrounded(Passage(start, "".join(texts[span_id])), ranges[span_id])
        for span_id, start in starts.items()
    }


def _surrounded(passage: Passage, ranges: Sequence[tuple[int, int]]) -> Context:
    pieces = in_context(passage, ranges)
    first, last = pieces[0].start - passage.start, pieces[-1].end - passage.start
    return Context(pieces, passage.text[:first], passage.text[last:])
