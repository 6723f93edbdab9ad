"""Cutting a text into blocks: the pieces the workbench draws and the database proves ranges by.

Blocks concatenate exactly to the text; what separates two blocks belongs to the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotations.lib.graphemes import cluster_at

# About 4,000 code points: one 200,000-character block costs 102 ms per highlight added to it.
MAX_BLOCK = 4000
# White space or one grapheme cluster may make a block this much longer.
SPARE = 400
# A text of a million one-letter lines would otherwise become a million rows.
MAX_BLOCKS = 10_000
# With more lines than this the text is no article; they are not looked at one by one (4 s).
MAX_LINES = 50_000
# Lines no longer than this, and not one per paragraph, are taken for one wrapped paragraph.
WRAPPED_LINE = 100
LONGEST_HEADING = 120

_VISIBLE = re.compile(r"\S")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_BULLET = re.compile(r"\s*(?:[•*‣▪◦●·-]|\d{1,3}[.)])\s+\S")
_CERTAIN_BULLET = re.compile(r"\s*[•‣▪◦●]\s+\S")
_SENTENCE_END = re.compile(r"""[.!?…؟۔।]+["'”’»)\]]*\s+|[。！？]+[」』”’）]*""")
_CLOSED = tuple('.!?…:;,。！？؟۔»”"')
_QUOTED = re.compile(r"""\s*(?:“[^“”]*”|«[^«»]*»|„[^„“”]*[“”]|"[^"]*")[.,]?\s*""")
_CAPTION = re.compile(r"\s*(?:photo|image|picture|фото|зображення|ілюстрація)\s*:", re.IGNORECASE)
_BARE_URL = re.compile(r"\s*https?://\S+\s*")


class BlockKind(StrEnum):
    """What a block is in the article."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    QUOTE = "quote"
    CAPTION = "caption"
    EMBED = "embed"


@dataclass(frozen=True, slots=True)
class BlockCut:
    """One block of a text: kind, start and end in code points."""

    kind: BlockKind
    start: int
    end: int


# Start and end of a line, the end before its line feed.
_Line = tuple[int, int]


def cut_blocks(
    text: str,
    *,
    headline: str | None = None,
    standfirst: str | None = None,
    known: Sequence[BlockCut] = (),
) -> list[BlockCut]:
    """Return the blocks of a normalised text, in order, without gaps.

    `headline` and `standfirst` count only where the text begins with them, as lines of their own.
    `known` blocks (from extraction) keep their kinds and are only cut where they are too long.
    Longer blocks are cut at a sentence edge, else at white space, never inside a grapheme cluster.
    Linear in the text's length. An empty text has no blocks.
    """
    if known:
        _check_known(text, known)
        cuts: Iterable[BlockCut] = known
    else:
        cuts = _guess(text, headline, standfirst)
    short = [piece for cut in cuts for piece in _shorten(text, cut)]
    return short if len(short) <= MAX_BLOCKS else _join(short)


def _check_known(text: str, known: Sequence[BlockCut]) -> None:
    """Raise ValueError unless the blocks concatenate to the text."""
    edge = 0
    for cut in known:
        if cut.start != edge or cut.end <= cut.start:
            raise ValueError(f"block at {cut.start} does not follow the one that ends at {edge}")
        edge = cut.end
    if edge != len(text):
        raise ValueError(f"blocks end at {edge}, the text at {len(text)}")


def _guess(text: str, headline: str | None, standfirst: str | None) -> list[BlockCut]:
    """Cut by lines and blank lines; the first block also takes the white space before it."""
    begins: list[tuple[int, BlockKind]] = []
    position = 0
    for kind, words in ((BlockKind.HEADLINE, headline), (BlockKind.STANDFIRST, standfirst)):
        found = _own_lines(text, position, words)
        if found:
            begins.append((found[0], kind))
            position = found[1]
    begins.extend(_paragraphs(text, position))
    if not begins:
        return [BlockCut(BlockKind.PARAGRAPH, 0, len(text))] if text else []
    starts = [0, *(start for start, _kind in begins[1:]), len(text)]
    kinds = [kind for _start, kind in begins]
    return [BlockCut(kind, starts[n], starts[n + 1]) for n, kind in enumerate(kinds)]


def _own_lines(text: str, position: int, words: str | None) -> tuple[int, int] | None:
    """Return start and end of the words when they are the next whole lines of the text."""
    wanted = (words or "").strip()
    found = _VISIBLE.search(text, position)
    start = found.start() if found else len(text)
    end = start + len(wanted)
    if not wanted or not text.startswith(wanted, start):
        return None
    line_end = text.find("\n", end)
    rest = text[end:] if line_end < 0 else text[end:line_end]
    return None if rest.strip() else (start, end)


def _paragraphs(text: str, position: int) -> Iterator[tuple[int, BlockKind]]:
    """Yield where each block begins, and its kind."""
    if text.count("\n", position) > MAX_LINES:
        found = _VISIBLE.search(text, position)
        if found:
            yield found.start(), BlockKind.PARAGRAPH
        return
    has_blank_lines = bool(_BLANK_LINE.search(text, position))
    chunks = list(_chunks(text, position, has_blank_lines))
    for number, lines in enumerate(chunks):
        is_last = number == len(chunks) - 1
        if len(lines) == 1 or _is_one_block(text, lines):
            yield lines[0][0], _kind(text, lines, may_head=has_blank_lines and not is_last)
        else:
            for line in lines:
                yield line[0], _kind(text, [line], may_head=False)


def _chunks(text: str, position: int, has_blank_lines: bool) -> Iterator[list[_Line]]:
    """Yield the lines between blank lines; every line alone in a text without blank lines."""
    chunk: list[_Line] = []
    while position < len(text):
        feed = text.find("\n", position)
        end = feed if feed >= 0 else len(text)
        line = text[position:end]
        is_blank = not line or line.isspace()
        if chunk and (is_blank or not has_blank_lines):
            yield chunk
            chunk = []
        if not is_blank:
            chunk.append((position, end))
        position = end + 1
    if chunk:
        yield chunk


def _is_one_block(text: str, lines: Sequence[_Line]) -> bool:
    """Tell wrapped lines and lists from paragraphs that merely lack a blank line between them."""
    if all(end - start <= WRAPPED_LINE for start, end in lines):
        return True
    return all(_BULLET.match(text, start, end) for start, end in lines)


def _kind(text: str, lines: Sequence[_Line], *, may_head: bool) -> BlockKind:
    start, end = lines[0][0], lines[-1][1]
    bullet = _BULLET if len(lines) > 1 else _CERTAIN_BULLET
    if all(bullet.match(text, *line) for line in lines):
        return BlockKind.LIST
    if all(text.startswith(">", line[0]) for line in lines) or _QUOTED.fullmatch(text, start, end):
        return BlockKind.QUOTE
    if len(lines) == 1 and end - start <= 500:
        line = text[start:end]
        if _BARE_URL.fullmatch(line):
            return BlockKind.EMBED
        if _CAPTION.match(line):
            return BlockKind.CAPTION
        if may_head and end - start <= LONGEST_HEADING and _reads_like_heading(line):
            return BlockKind.HEADING
    return BlockKind.PARAGRAPH


def _reads_like_heading(line: str) -> bool:
    bare = line.strip()
    return bare[:1].isalnum() and not bare.endswith(_CLOSED)


def _shorten(text: str, cut: BlockCut) -> Iterator[BlockCut]:
    """Yield the block in pieces of at most MAX_BLOCK, and what hangs on their last word."""
    start = cut.start
    while cut.end - start > MAX_BLOCK:
        edge = min(_edge_before(text, start, start + MAX_BLOCK), cut.end)
        yield BlockCut(cut.kind, start, edge)
        start = edge
    if start < cut.end:
        yield BlockCut(cut.kind, start, cut.end)


def _edge_before(text: str, start: int, limit: int) -> int:
    """Return where to cut: after a sentence, a line or a word in the second half, else at limit."""
    half = start + MAX_BLOCK // 2
    edge = max((found.end() for found in _SENTENCE_END.finditer(text, half, limit)), default=0)
    if not edge:
        edge = text.rfind("\n", half, limit) + 1
    if not edge:
        edge = next((at for at in range(limit, half, -1) if text[at - 1].isspace()), limit)
    # White space after the cut still belongs to this piece, unless there is a screenful of it.
    last = min(len(text), edge + SPARE)
    while edge < last and text[edge].isspace():
        edge += 1
    before, after = cluster_at(text, edge)
    return before if before > start else after


def _join(cuts: Sequence[BlockCut]) -> list[BlockCut]:
    """Join neighbours of one kind up to MAX_BLOCK, headline and standfirst excepted."""
    joined: list[BlockCut] = []
    alone = {BlockKind.HEADLINE, BlockKind.STANDFIRST}
    for cut in cuts:
        last = joined[-1] if joined else None
        fits = last and cut.end - last.start <= MAX_BLOCK and not alone & {last.kind, cut.kind}
        if last and fits:
            joined[-1] = BlockCut(BlockKind.PARAGRAPH, last.start, cut.end)
        else:
            joined.append(cut)
    return joined
