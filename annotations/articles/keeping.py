"""Keeps words of a page that the extractor would drop, and drops words the outlet has struck out.

trafilatura removes `figure` and `time` whole, as decoration: with them go captions, quotations and
tables set as figures, and days named in the middle of a sentence. It keeps what is struck out, so
that “named in ~~May~~ June” would become a sentence nobody published. It takes asides, footers and
bare boxes for decoration, where outlets say that they have corrected the article.
"""

from __future__ import annotations

from lxml import html
from lxml.etree import _Element
from lxml.html import HtmlElement

from annotations.articles.notice_words import CHANGED, EARLIER
from annotations.articles.notices import LONGEST, notices_in

_IN_SENTENCES = ("p", "li", "dd", "td", "th", "blockquote", "h2", "h3", "h4", "h5", "h6")

_BLOCKS = (
    "address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "footer",
    "form", "h2", "h3", "header", "li", "main", "nav", "ol", "p", "section", "small", "table", "td",
    "ul",
)  # fmt: skip
# Where the extractor looks for no article.
_ASIDE = ("aside", "footer", "header", "form", "details")


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
    _keep_notices(page)


def _keep_notices(page: HtmlElement) -> None:
    """Make a paragraph of the article of each notice that the extractor would pass over."""
    article = max(page.iter("article"), key=_length, default=None)
    for block in list(page.iter(*_BLOCKS)):
        if next(block.iterchildren(*_BLOCKS), None) is not None:
            continue
        words = " ".join(block.text_content().split())
        if not _is_notice(words) or next(block.iterancestors("nav"), None) is not None:
            continue
        above = [one for one in (block, *block.iterancestors()) if one.tag in _ASIDE]
        if article is None or article in block.iterancestors():
            inside = [one for one in above if article is None or article in one.iterancestors()]
            if inside:
                _move(block, words, inside[-1])
            elif block.tag in ("div", "small"):
                _become(block, "p")
        elif _is_of_this_article(words):
            last = next(reversed(list(article.iter("p"))), None)
            if last is not None:
                _move(block, words, last)


def _is_notice(words: str) -> bool:
    """Say whether these words are one notice and nothing else."""
    if not words or len(words) > LONGEST:
        return False
    found = notices_in(words)
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(words))


def _is_of_this_article(words: str) -> bool:
    """Say whether a notice beside the article speaks of it: other articles have theirs there."""
    plain = words.lower()
    return bool(CHANGED.search(plain) or EARLIER.search(plain))


def _length(element: HtmlElement) -> int:
    return len(element.text_content())


def _move(block: HtmlElement, words: str, beside: HtmlElement) -> None:
    """Set the words as a paragraph after another element, and take the block out."""
    paragraph = html.Element("p")
    paragraph.text = words
    beside.addnext(paragraph)
    block.drop_tree()


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
