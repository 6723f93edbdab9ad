"""Draws a version's text with its marks: one pass of string building, no template per segment.

A thousand marks are some 3,000 pieces; as template nodes they would cost ten times as much.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from annotations.spans.highlight import Segment, SpanPiece, assign_lanes, segments_by_block

# The element of each kind of block; everything else is a paragraph.
ELEMENTS = {"headline": "h2", "heading": "h3", "quote": "blockquote"}
# Lines of about 70 characters each block may take before the next larger height guess is used.
SIZE_STEPS = (2, 5, 10, 20, 35)
LINE = 70


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block as the page needs it; offsets are code points of the version."""

    n: int
    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in a version: ranges of claims by number, and how each is to look."""

    pieces: Sequence[SpanPiece]
    labels: Mapping[str, str] = field(default_factory=dict)
    discarded: frozenset[str] = frozenset()
    fallen: frozenset[str] = frozenset()


@dataclass(slots=True)
class Pen:
    """What drawing needs to remember from one mark to the next."""

    marks: Marks
    lanes: Mapping[str, int]
    numbered: set[str] = field(default_factory=set)
    styles: dict[str, str] = field(default_factory=dict)

    def style_of(self, number: str) -> str:
        """Return the further classes of a claim's marks: its label, discarded, fallen."""
        style = self.styles.get(number)
        if style is None:
            label = self.marks.labels.get(number)
            style = f" k-{label}" if label else ""
            style += " off" if number in self.marks.discarded else ""
            style += " fallen" if number in self.marks.fallen else ""
            self.styles[number] = style
        return style

    def style_of_several(self, ids: tuple[str, ...]) -> str:
        """Return the classes where claims overlap: a lane for each, the shortest one's style."""
        lanes = "".join(sorted({f" l{self.lanes[one]}" for one in ids}))
        return f"d2{lanes}{self.style_of(ids[0])}"


def draw_text(blocks: Sequence[BlockRow], marks: Marks, only: Iterable[int] = ()) -> SafeString:
    """Return the HTML of the blocks, or of those numbered in `only`, in text order."""
    wanted = set(only)
    pen = Pen(marks, assign_lanes(marks.pieces))
    cut = segments_by_block([(block.start, block.end) for block in blocks], marks.pieces)
    html = []
    for block, inside in zip(blocks, cut, strict=True):
        drawn = _block(block, inside, pen)
        if not wanted or block.n in wanted:
            html.append(drawn)
    # Every text in it went through escape().
    return mark_safe("".join(html))


def touched_blocks(blocks: Sequence[BlockRow], ranges: Iterable[tuple[int, int]]) -> set[int]:
    """Return the numbers of the blocks that any of the ranges touches."""
    touched: set[int] = set()
    for start, end in ranges:
        touched.update(one.n for one in blocks if start < one.end and one.start < end)
    return touched


def _block(block: BlockRow, inside: Sequence[Segment], pen: Pen) -> str:
    element = ELEMENTS.get(block.kind, "p")
    whole, origin = block.text, block.start
    # What separates two blocks stays in the text but is not drawn: blocks stand apart anyway.
    gap = origin + len(whole.rstrip("\n"))
    here: dict[str, None] = {}
    words = []
    for start, end, ids in inside:
        text = whole[start - origin : end - origin]
        drawn = escape(text, quote=False) if end <= gap else _with_gap(text, gap - start)
        if not ids:
            words.append(drawn)
            continue
        if len(ids) > 1:
            # Two places of one claim may overlap.
            ids = tuple(dict.fromkeys(ids))
        here.update(dict.fromkeys(ids))
        words.append(_mark(drawn, ids, pen))
    return (
        f'<div class="line line--{_size(block)}" id="b{block.n}">{_gutter(block, here)}'
        f'<{element} class="block block--{block.kind}" dir="auto" data-block="{block.n}"'
        f' data-start="{origin}" data-end="{block.end}">{"".join(words)}</{element}></div>'
    )


def _with_gap(text: str, visible: int) -> str:
    """Escape a block's last words; from `visible` on there are line feeds only."""
    visible = max(visible, 0)
    return f'{escape(text[:visible], quote=False)}<span class="gap">{text[visible:]}</span>'


def _mark(drawn: str, ids: tuple[str, ...], pen: Pen) -> str:
    """Mark words under one or more claims; a claim's first words carry its address."""
    classes = f"d1{pen.style_of(ids[0])}" if len(ids) == 1 else pen.style_of_several(ids)
    head = ""
    if not pen.numbered.issuperset(ids):
        fresh = [one for one in ids if one not in pen.numbered]
        pen.numbered.update(fresh)
        anchors = "".join(f'<a class="at" id="claim-{one}"></a>' for one in fresh[1:])
        head = f'{anchors}<mark id="claim-{fresh[0]}"'
        # The numbers that paper shows where a claim begins; CSS draws them, to keep the text pure.
        classes += f'" data-first="{" ".join(fresh)}'
    return f'{head or "<mark"} class="{classes}" data-claims="{" ".join(ids)}">{drawn}</mark>'


def _gutter(block: BlockRow, here: Mapping[str, None]) -> str:
    """Count the block's claims in a link; the number is drawn by CSS, to keep the text pure."""
    if not here:
        return '<span class="gutter"></span>'
    count = len(here)
    words = ngettext("%(count)d claim in this block", "%(count)d claims in this block", count)
    label = escape(words % {"count": count})
    first = next(iter(here))
    return (
        f'<a class="gutter" href="#row-{first}" data-count="{count}" data-here="{" ".join(here)}"'
        f' aria-label="{label}"></a>'
    )


def _size(block: BlockRow) -> int:
    lines = (block.end - block.start) // LINE + 1 + block.text.count("\n") // 2
    for size, step in enumerate(SIZE_STEPS, start=1):
        if lines <= step:
            return size
    return len(SIZE_STEPS) + 1


def draw_minimap(blocks: Sequence[BlockRow], marks: Marks, bins: int = 160) -> SafeString:
    """Return an SVG strip that shows where the marks are; decoration, hidden from readers."""
    if not blocks or not marks.pieces:
        return mark_safe("")
    length = blocks[-1].end
    counts: dict[int, int] = defaultdict(int)
    for start, end, _number in marks.pieces:
        for position in range(start * bins // length, (end - 1) * bins // length + 1):
            counts[position] += 1
    bars = "".join(
        f'<rect x="0" y="{position}" width="{min(4 + 3 * count, 12)}" height="1" />'
        for position, count in sorted(counts.items())
    )
    title = escape(gettext("Where the claims are"))
    return mark_safe(
        f'<svg class="minimap" viewBox="0 0 12 {bins}" preserveAspectRatio="none"'
        f' aria-hidden="true" data-minimap="{title}">{bars}</svg>'
    )
