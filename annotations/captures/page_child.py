"""Reads one HTML page from standard input, within bounds, and answers in JSON what it shows.

Run only by page.page_read, as a process of its own; never imported by the web.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator

from lxml import html
from lxml.etree import ParserError, _Element

from annotations.captures.page import MOST_PROSE, MOST_TEXT
from annotations.lib.children import bound_this_process

_HIDDEN = frozenset(("script", "style", "template", "head", "svg", "iframe", "object", "noscript"))
# What leads elsewhere, or stands around every page of a site.
_AROUND = _HIDDEN | {"a", "button", "nav", "footer", "select", "label"}
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_SPACE = re.compile(r"\s+")
_STYLED_AWAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_REFRESH = re.compile(r"url\s*=\s*[\"']?([^\"'>\s]+)", re.IGNORECASE)
LONG_PARAGRAPH = 80


def main(arguments: list[str]) -> int:
    """Read standard input, write the answer, return the exit code."""
    bound_this_process(int(arguments[0]), int(arguments[1]))
    try:
        answer = read_page(sys.stdin.buffer.read().decode("utf-8"))
    except (MemoryError, RecursionError):
        return 4
    sys.stdout.write(json.dumps(answer))
    return 0


def read_page(source: str) -> dict[str, object]:
    """Return what the page shows; empty where it is no page at all."""
    if not source.strip():
        return {}
    try:
        # Bytes with a mark: lxml must not go by a declaration inside, nor refuse one.
        tree = html.document_fromstring(b"\xef\xbb\xbf" + source.encode("utf-8"))
    except ParserError:
        return {}
    body = tree.find("body")
    root = body if body is not None else tree
    text = _tidy("".join(_shown(root)))[:MOST_TEXT]
    headings = (_tidy("".join(one.itertext())) for one in tree.iter("h1"))
    return {
        "text": text,
        "prose": _prose(root),
        "title": _tidy(tree.findtext(".//title") or "")[:500],
        "heading": next((one for one in headings if one), "")[:500],
        "paragraphs": sum(
            len(_tidy("".join(one.itertext()))) >= LONG_PARAGRAPH for one in tree.iter("p")
        ),
        "links": sum(1 for one in tree.iter("a") if one.get("href")),
        "scripts": sum(1 for _one in tree.iter("script")),
        "has_password": any(
            (one.get("type") or "").lower() == "password" for one in tree.iter("input")
        ),
        "canonical": _link(tree)[:2000],
        "refresh": _refresh(tree)[:2000],
        "without_script": _tidy(
            " ".join(" ".join(one.itertext()) for one in tree.iter("noscript"))
        )[:500],
    }


def _prose(root: _Element) -> str:
    """Return the beginning of what is said and leads nowhere, each part in a line of its own."""
    parts = "".join(_shown(root, apart="\0", left_out=_AROUND)).split("\0")
    lines = (_tidy(part) for part in parts)
    return "\n".join(line for line in lines if line)[:MOST_PROSE]


def _shown(
    root: _Element, *, apart: str = " ", left_out: frozenset[str] = _HIDDEN
) -> Iterator[str]:
    """Yield the words a reader sees, in order; a tree may be of any depth.

    What is not in line with the words around it is set apart.
    """
    pending: list[tuple[_Element, bool]] = [(root, False)]
    while pending:
        element, is_left = pending.pop()
        is_apart = element.tag not in _INLINE
        if is_left:
            yield (apart if is_apart else "") + (element.tail or "")
            continue
        pending.append((element, True))
        if not isinstance(element.tag, str) or _is_hidden(element, left_out):
            continue
        yield (apart if is_apart else "") + (element.text or "")
        pending.extend((child, False) for child in reversed(element))


def _is_hidden(element: _Element, left_out: frozenset[str]) -> bool:
    return (
        element.tag in left_out
        or element.get("hidden") is not None
        or _STYLED_AWAY.search(element.get("style") or "") is not None
    )


def _link(tree: _Element) -> str:
    links = (one for one in tree.iter("link") if (one.get("rel") or "").lower() == "canonical")
    return next((one.get("href") or "" for one in links), "")


def _refresh(tree: _Element) -> str:
    """Return where the page sends its reader by itself, if it does."""
    for one in tree.iter("meta"):
        if (one.get("http-equiv") or "").lower() == "refresh":
            found = _REFRESH.search(one.get("content") or "")
            return found[1] if found else ""
    return ""


def _tidy(words: str) -> str:
    return _SPACE.sub(" ", words).strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
