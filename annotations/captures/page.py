"""What a page shows to a reader, read in a child process with bounds: for judging it, not its text.

PURE; nothing heavy is imported here.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass, fields

from annotations.lib.children import run_bounded

CHILD = "annotations.captures.page_child"
SECONDS, MEMORY_MB = 10.0, 512
# What decides stands at a page's beginning; more is not worth the memory its tree takes.
MOST_BYTES = 6 * 1024 * 1024
MOST_TEXT = 1_000_000
# More than the longest wall there is (walls.LONGEST).
MOST_PROSE = 10_000
# Names the version of what makes `text`: two texts are compared only when it is the same.
EXTRACTOR = "visible/1"
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*(?:["']\s*)?([\w.:-]{2,40})""", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader would see, and a few things about how the page is made.

    `refresh` is where it sends its reader by itself, `without_script` what it says to whoever runs
    none. `prose` is the beginning of what is no link, button, menu or footer, a line for each part.
    `paragraphs` counts those of 80 characters or more, `encoding` is how it was read and
    `is_garbled` whether that left letters nobody can read.
    """

    text: str = ""
    prose: str = ""
    title: str = ""
    heading: str = ""
    paragraphs: int = 0
    links: int = 0
    scripts: int = 0
    has_password: bool = False
    canonical: str = ""
    refresh: str = ""
    without_script: str = ""
    encoding: str = ""
    is_garbled: bool = False
    is_broken: bool = False


def page_read(body: bytes, *, charset: str = "", is_html: bool = True) -> Page:
    """Read a body; one that cannot be read within the bounds comes back empty and `is_broken`.

    `charset` is what the answer's header names.
    """
    source, encoding, is_garbled = decode_page(body[:MOST_BYTES], charset)
    if not is_html:
        text = " ".join(source[:MOST_TEXT].split())
        return Page(text=text, prose=text[:MOST_PROSE], encoding=encoding, is_garbled=is_garbled)
    content = source.encode("utf-8", "replace")
    done = run_bounded(CHILD, content=content, seconds=SECONDS, memory_mb=MEMORY_MB)
    if done is None or done.returncode:
        return Page(encoding=encoding, is_garbled=is_garbled, is_broken=True)
    answer = json.loads(done.stdout)
    known = {one.name for one in fields(Page)}
    found = {name: value for name, value in answer.items() if name in known}
    return Page(**found, encoding=encoding, is_garbled=is_garbled)


def page_shown(body: bytes, *, media_type: str, charset: str = "") -> Page:
    """Return what an answer shows to a reader; nothing where it is no page and no text."""
    is_html = media_type in ("", "text/html", "application/xhtml+xml")
    if not body or not (is_html or media_type.startswith("text/")):
        return Page()
    return page_read(body, charset=charset, is_html=is_html)


def decode_page(body: bytes, charset: str = "") -> tuple[str, str, bool]:
    """Return a body as text, the encoding it was read in, and whether letters were lost.

    A byte order mark, the header, the page itself and UTF-8 are tried in this order, strictly: a
    header that does not fit is not believed. Where none fits, what cannot be read is U+FFFD.
    """
    found = _DECLARED.search(body[:4096])
    named = [charset, found[1].decode("ascii") if found else "", "utf-8"]
    named = [encoding for mark, encoding in _MARKS if body.startswith(mark)] + named
    for name in filter(None, named):
        try:
            return body.decode(_codec(name)), name, False
        except (LookupError, UnicodeError):
            continue
    # The end may only have been cut in the middle of a letter.
    text = body.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    return text, "utf-8", lost > 3 and lost * 200 > len(text)


def _codec(name: str) -> str:
    """Return the codec of an encoding of text; what pages call ISO 8859-1 is Windows 1252."""
    info = codecs.lookup(name)
    if not getattr(info, "_is_text_encoding", True) or info.name in ("idna", "punycode"):
        raise LookupError(name)
    return "windows-1252" if info.name in ("iso8859-1", "ascii") else info.name
