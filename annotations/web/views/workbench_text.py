"""Draws a version's text with its marks: one pass of string building, no template per segment.

A thousand marks are some 3,000 pieces; as template nodes they would cost ten times as much. What a
block looks like depends on nothing outside it, so a drawn block is known by all that shaped it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from annotations.articles.passages import BlockRow
from annotations.spans.highlight import SpanPiece, assign_lanes, pieces_by_block, segments
from annotations.web.views.workbench_fragments import Fragments

# The element of each kind of block; everything else is a paragraph.
ELEMENTS = {"headline": "h2", "heading": "h3", "quote": "blockquote"}
# Lines of about 70 characters each block may take before the next larger height guess is used.
SIZE_STEPS = (2, 5, 10, 20, 35)
LINE = 70


@dataclass(frozen=True)
class Marks:
    """What is marked in a version or a part of it: ranges of claims, and how each is to look.

    `pieces` are (start, end, claim number); `discarded` are those taken back. `firsts` says where
    in the whole version each claim begins, for the address it gets there; without it, the pieces
    are taken for all there are.
    """

    pieces: Sequence[SpanPiece]
    labels: Mapping[str, str] = field(default_factory=dict)
    discarded: frozenset[SpanPiece] = frozenset()
    fallen: frozenset[str] = frozenset()
    firsts: Mapping[str, int] | None = None

    @cached_property
    def starts(self) -> Mapping[str, int]:
        """Where each claim begins, in code points."""
        if self.firsts is not None:
            return self.firsts
        starts: dict[str, int] = {}
        for start, _end, number in self.pieces:
            starts[number] = min(start, starts.get(number, start))
        return starts

    @cached_property
    def styles(self) -> dict[str, str]:
        """The further classes of each claim's marks: its label, fallen."""
        styles = {}
        for number in self.starts:
            label = self.labels.get(number)
            style = f" k-{label}" if label else ""
            style += " fallen" if number in self.fallen else ""
            styles[number] = style
        return styles


def draw_text(blocks: Sequence[BlockRow], marks: Marks, only: Iterable[int] = ()) -> SafeString:
    """Return the HTML of the blocks, or of those numbered in `only`, in text order."""
    wanted = set(only)
    drawn = [
        _block(block, inside, marks, key)
        for block, inside, key in _keyed(blocks, marks)
        if not wanted or block.n in wanted
    ]
    # Every text in it went through escape().
    return mark_safe("".join(drawn))


def draw_kept(
    blocks: Sequence[BlockRow], marks: Marks, version_id: int, fragments: Fragments
) -> SafeString:
    """Return the HTML of all blocks; those drawn alike before are taken from `fragments`."""
    known = fragments.of_version(version_id)
    html = []
    for block, inside, key in _keyed(blocks, marks):
        name = (block.n, key, hash(block.text))
        drawn = known.get(name)
        if drawn is None:
            drawn = known[name] = _block(block, inside, marks, key)
        html.append(drawn)
    fragments.keep_within_bounds()
    return mark_safe("".join(html))


def block_keys(blocks: Sequence[BlockRow], marks: Marks) -> dict[int, str]:
    """Return what tells each marked block's looks from any other of its looks; "" is unmarked."""
    return {block.n: key for block, _inside, key in _keyed(blocks, marks)}


def _keyed(
    blocks: Sequence[BlockRow], marks: Marks
) -> Iterable[tuple[BlockRow, list[SpanPiece], str]]:
    """Pair each block with the pieces in it and a digest of all that shapes how it is drawn."""
    styles, starts = marks.styles, marks.starts
    language = get_language()
    touching = pieces_by_block([(block.start, block.end) for block in blocks], marks.pieces)
    for block, inside in zip(blocks, touching, strict=True):
        if not inside:
            yield block, inside, ""
            continue
        looks = [
            (*piece, styles[piece[2]], starts[piece[2]] == piece[0], piece in marks.discarded)
            for piece in inside
        ]
        digest = blake2b(repr((language, looks)).encode(), digest_size=6)
        yield block, inside, digest.hexdigest()


def _block(block: BlockRow, inside: Sequence[SpanPiece], marks: Marks, key: str) -> str:
    element = ELEMENTS.get(block.kind, "p")
    whole, origin = block.text, block.start
    # What separates two blocks stays in the text but is not drawn: blocks stand apart anyway.
    gap = origin + len(whole.rstrip("\n"))
    lanes = assign_lanes(inside) if len(inside) > 1 else {}
    off = marks.discarded.intersection(inside) if marks.discarded else frozenset()
    kept = [piece for piece in inside if piece not in off] if off else inside
    here: dict[str, None] = {}
    words = []
    for start, end, ids in segments(block.start, block.end, inside):
        text = whole[start - origin : end - origin]
        drawn = escape(text, quote=False) if end <= gap else _with_gap(text, gap - start)
        if not ids:
            words.append(drawn)
            continue
        if len(ids) > 1:
            # Two places of one claim may overlap.
            ids = tuple(dict.fromkeys(ids))
        here.update(dict.fromkeys(ids))
        # The looks are those of the shortest claim here: discarded where none of its places stands.
        is_off = off and not any(one[0] <= start < one[1] and one[2] == ids[0] for one in kept)
        words.append(_mark(drawn, ids, start, marks, lanes, " off" if is_off else ""))
    return (
        f'<div class="line line--{_size(block)}" id="b{block.n}">{_gutter(here)}'
        f'<{element} class="block block--{block.kind}" dir="auto" data-block="{block.n}"'
        f' data-start="{origin}" data-end="{block.end}" data-key="{key}">{"".join(words)}'
        f"</{element}></div>"
    )


def _with_gap(text: str, visible: int) -> str:
    """Escape a block's last words; from `visible` on there are line feeds only."""
    visible = max(visible, 0)
    return f'{escape(text[:visible], quote=False)}<span class="gap">{text[visible:]}</span>'


def _mark(
    drawn: str,
    ids: tuple[str, ...],
    start: int,
    marks: Marks,
    lanes: Mapping[str, int],
    off: str,
) -> str:
    """Mark words under one or more claims; a claim's first words carry its address."""
    classes = "d1"
    if len(ids) > 1:
        # A lane for each where claims overlap, and the shortest one's style.
        classes = f"d2{''.join(sorted({f' l{lanes[one]}' for one in ids}))}"
    classes += marks.styles[ids[0]] + off
    head = "<mark"
    fresh = [one for one in ids if marks.starts[one] == start]
    if fresh:
        anchors = "".join(f'<a class="at" id="claim-{one}"></a>' for one in fresh[1:])
        head = f'{anchors}<mark id="claim-{fresh[0]}"'
        # The numbers that paper shows where a claim begins; CSS draws them, to keep the text pure.
        classes += f'" data-first="{" ".join(fresh)}'
    return f'{head} class="{classes}" data-claims="{" ".join(ids)}">{drawn}</mark>'


def _gutter(here: Mapping[str, None]) -> str:
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


def draw_minimap(length: int, marks: Marks, bins: int = 160) -> SafeString:
    """Return an SVG strip that shows how many claims have words where; empty where there are none.

    Decoration, hidden from readers. `length` is the text's, in code points. A script keeps it as
    marks come and go, by the same rule (bins.js).
    """
    # No bin without a character: the script, which reads segments, then finds what pieces give.
    bins = min(bins, length)
    claims: dict[int, set[str]] = defaultdict(set)
    for start, end, number in marks.pieces:
        for position in range(start * bins // length, (end - 1) * bins // length + 1):
            claims[position].add(number)
    bars = "".join(
        f'<rect x="0" y="{position}" width="{min(4 + 3 * len(here), 12)}" height="1" />'
        for position, here in sorted(claims.items())
    )
    title = escape(gettext("Where the claims are"))
    return mark_safe(
        f'<svg class="minimap" viewBox="0 0 12 {bins}" preserveAspectRatio="none"'
        f' aria-hidden="true" data-minimap="{title}">{bars}</svg>'
    )
