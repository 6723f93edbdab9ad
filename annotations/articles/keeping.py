"""Keeps words of a page that the extractor would drop, and drops words the outlet has struck out.

trafilatura removes `figure` and `time` whole, as decoration: with them go captions, quotations and
tables set as figures, and days named in the middle of a sentence. It keeps what is struck out, so
that “named in ~~May~~ June” would become a sentence nobody published.
"""

from __future__ import annotations

from lxml import html
from lxml.etree import _Element
from lxml.html import HtmlElement

_IN_SENTENCES = ("p", "li", "dd", "td", "th", "blockquote", "h2", "h3", "h4", "h5", "h6")


def keep_words(page: HtmlElement, caption: str) -> None:
    """Change the page so that its figures' and times' words survive; `caption` marks captions."""
    for figure in list(page.iter("figure")):
        for words in list(figure.iter("figcaption")):
            _mark(words, caption)
        _become(figure, "div")
    for struck in list(page.iter("del", "s", "strike")):
        struck.drop_tree()
    for time in list(page.iter("time")):
        if any(True for _one in time.iterancestors(*_IN_SENTENCES)):
            _become(time, "span")


def _mark(words: _Element, caption: str) -> None:
    """Make a figcaption one paragraph that begins with the mark."""
    text = " ".join(part for part in words.itertext() if isinstance(part, str))
    paragraph = html.Element("p")
    paragraph.text = f"{caption} {text}" if text.strip() else ""
    paragraph.tail = words.tail
    parent = words.getparent()
    if parent is not None:
        parent.replace(words, paragraph)


def _become(element: _Element, tag: str) -> None:
    element.tag = tag
    element.attrib.clear()
