"""Reads one HTML page from standard input, within bounds, and answers in JSON.

Run only by extraction.extract_bounded, as a process of its own; never imported by the web.
"""

from __future__ import annotations

import json
import re
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import trafilatura
from lxml import html
from lxml.etree import _Element
from trafilatura.settings import Document

from annotations.articles.blocks import BlockKind
from annotations.articles.extraction import NO_MEMORY, NO_TEXT
from annotations.articles.keeping import keep_words
from annotations.lib.children import bound_this_process

_SPACE = re.compile(r"[ \t\r\n\f]+")
_KINDS = {
    "head": BlockKind.HEADING,
    "p": BlockKind.PARAGRAPH,
    "ab": BlockKind.PARAGRAPH,
    "fw": BlockKind.PARAGRAPH,
    "code": BlockKind.PARAGRAPH,
    "row": BlockKind.PARAGRAPH,
    "quote": BlockKind.QUOTE,
    "list": BlockKind.LIST,
}
_OWN_LINE = {"item", "p", "head", "quote", "row"}
_INVISIBLE = ("script", "style", "noscript", "template", "head")

Piece = tuple[BlockKind, str]


def main(arguments: list[str]) -> int:
    """Read standard input, write the answer, return the exit code."""
    memory_mb, seconds, url = int(arguments[0]), int(arguments[1]), arguments[2]
    bound_this_process(memory_mb, seconds)
    try:
        answer = read_page(sys.stdin.buffer.read().decode("utf-8"), url or None)
    except (MemoryError, RecursionError):
        return NO_MEMORY
    if answer is None:
        # The extractor swallows a MemoryError of its own and then says it found nothing.
        return NO_MEMORY if _came_near(memory_mb) else NO_TEXT
    sys.stdout.write(json.dumps(answer))
    return 0


def _came_near(memory_mb: int) -> bool:
    """Tell whether this process has used nine tenths of its address space."""
    status = Path("/proc/self/status")
    if not status.exists():
        return False
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmPeak:"))
    return int(peak.split()[1]) >= 0.9 * (memory_mb << 10)


def read_page(source: str, url: str | None) -> dict[str, object] | None:
    """Return what the page holds, or None when there is no article in it."""
    tree = html.document_fromstring(_as_markup(source))
    caption = f"caption{secrets.token_hex(8)}"
    keep_words(tree, caption)
    kept = html.tostring(tree, encoding="unicode")
    page = _extract(kept, url, favor_recall=False) or _extract(kept, url, favor_recall=True)
    if page is None or page.body is None:
        return None
    pieces = [_told_apart(kind, words, caption) for kind, words in _pieces(page.body) if words]
    title = _tidy(page.title or "")
    standfirst = _visible(tree, _tidy(page.description or ""))
    pieces = _without_heads(pieces, title, standfirst)
    if not pieces:
        return None
    return {
        "pieces": pieces,
        "title": title,
        "standfirst": standfirst,
        "outlet": _tidy(page.sitename or ""),
        "byline": _tidy(page.author or "").replace("; ", ", "),
        "published": page.date or "",
        "language": tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        or "",
        "url": page.url or "",
    }


def _extract(source: str, url: str | None, *, favor_recall: bool) -> Document | None:
    page = trafilatura.bare_extraction(
        source,
        url=url,
        include_comments=False,
        with_metadata=True,
        favor_recall=favor_recall,
        # Guessing a date from anything that looks like one finds copyright years.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    return page if isinstance(page, Document) else None


def _as_markup(source: str) -> bytes:
    """Return bytes with an encoding that lxml cannot misread from a declaration in the page."""
    return b"\xef\xbb\xbf" + source.encode("utf-8")


def _tidy(words: str) -> str:
    """Collapse the white space that HTML collapses; a no-break space stays."""
    return _SPACE.sub(" ", words).strip(" ")


def _pieces(body: _Element) -> Iterator[Piece]:
    """Yield kind and words of every block, in the page's order."""
    for element in body:
        kind = _KINDS.get(str(element.tag))
        if kind:
            yield kind, _words(element)
        elif element.tag in ("div", "table"):
            yield from _pieces(element)
        if element.tail and element.tail.strip():
            yield BlockKind.PARAGRAPH, _tidy(element.tail)


def _told_apart(kind: BlockKind, words: str, caption: str) -> Piece:
    """Tell captions by their mark, which goes."""
    if caption not in words:
        return kind, words
    return BlockKind.CAPTION, words.replace(caption, "").strip()


def _words(element: _Element) -> str:
    """Return the element's words; what stands on a line of its own gets one."""
    lines: list[str] = [""]
    _collect(element, lines)
    return "\n".join(line for line in (_tidy(one) for one in lines) if line)


def _collect(element: _Element, lines: list[str]) -> None:
    lines[-1] += element.text or ""
    for child in element:
        has_own_line = child.tag in _OWN_LINE
        if child.tag == "lb" or has_own_line:
            lines.append("")
        elif child.tag == "cell" and lines[-1].strip():
            lines[-1] += " | "
        _collect(child, lines)
        if has_own_line:
            lines.append("")
        lines[-1] += child.tail or ""


def _visible(tree: _Element, description: str) -> str:
    """Return the page's description if it is also to be read on the page, else ""."""
    if not description:
        return ""
    body = tree.find("body")
    hidden = "|".join(f"ancestor::{tag}" for tag in _INVISIBLE)
    texts = body.xpath(f".//text()[not({hidden})]") if body is not None else []
    return description if description in _tidy(" ".join(texts)) else ""


def _without_heads(pieces: list[Piece], title: str, standfirst: str) -> list[Piece]:
    """Drop headline and standfirst from the first pieces; they are told apart from the others."""
    heads = {title.casefold(), standfirst.casefold()}
    first = [piece for piece in pieces[:4] if piece[1].replace("\n", " ").casefold() not in heads]
    return first + pieces[4:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
