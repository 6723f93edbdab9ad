"""Markdown that people typed, as HTML that is safe to show: markdown-it parses, nh3 sanitises.

No HTML of theirs passes, no picture is fetched from anywhere, and links say that we vouch for none.
"""

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TEXT = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SCHEMES = {"http", "https", "mailto"}
# With pictures left out of the grammar, "![words](address)" is a link after an exclamation mark.
_PARSER = (
    MarkdownIt("commonmark", {"html": False, "breaks": True})
    .enable(["table", "strikethrough"])
    .disable(["image", "html_block", "html_inline"])
)


def as_html(text: str, *, headings_below: int | None = None) -> str:
    """Return the HTML of a text in CommonMark with tables and struck words.

    Headings of the first level become those below `headings_below`, the level of the page's own
    that the text stands under; without it they are paragraphs, as in a short note among others.
    """
    tokens = _PARSER.parse(text)
    for token in tokens:
        if token.tag in _HEADINGS:
            token.tag = _heading(token, headings_below)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return nh3.clean(
        html,
        tags=_TEXT | _TABLES | set(_HEADINGS),
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener noreferrer ugc",
        url_relative="deny",
    )


def _heading(token: Token, below: int | None) -> str:
    return "p" if below is None else f"h{min(6, int(token.tag[1]) + below)}"
