"""From an uploaded file or pasted text to an article: its text, its parts, what is known about it.

HTML is read in a child process with bounds on time and memory; nothing heavy is imported here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotations.articles.blocks import BlockCut, BlockKind, cut_blocks
from annotations.articles.decoding import decode_html
from annotations.articles.languages import guess_language
from annotations.articles.written_dates import first_date
from annotations.lib.children import run_bounded
from annotations.lib.errors import InvalidInput
from annotations.lib.errors import gettext_noop as _
from annotations.lib.text import accept_text
from annotations.lib.urls import InvalidUrl, canonical_url

CHILD = "annotations.articles.extraction_child"
# The child's exit codes; any other than 0 means that it broke off.
NO_TEXT, NO_MEMORY = 3, 4
LONGEST_HEADLINE = 200
_ENDS_SENTENCE = re.compile(r"[.,;:…]$")
_LANGUAGE_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?\b")
_BYLINE = re.compile(r"(?:by|author|автор|текст)\s*:?\s+(\S.{1,80})", re.IGNORECASE)
# A date further down is one of those the text tells of.
_DATED_WITHIN = 600


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """What a file tells: normalised text, its blocks, and guesses a person may correct.

    `published` is an ISO date (YYYY-MM-DD), `language` a BCP 47 tag; whatever is unknown is "".
    """

    text: str
    blocks: tuple[BlockCut, ...]
    title: str = ""
    standfirst: str = ""
    outlet: str = ""
    byline: str = ""
    published: str = ""
    language: str = ""
    canonical_url: str = ""


class ExtractionFailed(InvalidInput):
    """The page could not be read within the bounds, or there is no article in it."""


def extract_bounded(
    data: bytes,
    *,
    url: str | None = None,
    encoding: str | None = None,
    seconds: float = 20,
    memory_mb: int = 512,
) -> ExtractedArticle:
    """Read an HTML page in a child process that gets `seconds` of time and `memory_mb` MiB.

    `url` is where the page came from, `encoding` what the person picked after UnknownEncoding.
    Raises the errors of decode_html, ExtractionFailed, and those of accept_text.
    """
    source = decode_html(data, encoding)
    address = _canonical(url or "")
    answer = _run_child(source, address, seconds, memory_mb)
    pieces = [(BlockKind(kind), str(words)) for kind, words in answer["pieces"]]
    title, standfirst = str(answer["title"]).strip(), str(answer["standfirst"]).strip()
    text, blocks = _compose(title, standfirst, pieces)
    return ExtractedArticle(
        text=text,
        blocks=tuple(blocks),
        title=title,
        standfirst=standfirst,
        outlet=str(answer["outlet"]),
        byline=str(answer["byline"]),
        published=str(answer["published"]),
        language=_language(str(answer["language"]), text),
        canonical_url=_canonical(str(answer["url"])) or address,
    )


def extract_text(text: str, *, url: str | None = None) -> ExtractedArticle:
    """Read pasted text or a .txt file: blocks, and guesses at headline, byline, date, language.

    Raises the errors of accept_text.
    """
    normal = accept_text(text)
    title = guess_headline(normal)
    return ExtractedArticle(
        text=normal,
        blocks=tuple(cut_blocks(normal, headline=title)),
        title=title,
        byline=_guess_byline(normal),
        published=first_date(normal, _DATED_WITHIN),
        language=guess_language(normal),
        canonical_url=_canonical(url or ""),
    )


def begin_with(text: str, *, headline: str, standfirst: str = "", former: str = "") -> str:
    """Return the text with headline and standfirst before it, unless it begins with them.

    `former` is the headline that was read; where the text begins with it, `headline` stands in its
    place.
    """
    body = text.lstrip("\n")
    is_corrected = bool(headline.strip()) and headline.split() != former.split()
    if is_corrected and begins_with(body, former):
        _first, feed, rest = body.partition("\n")
        return begin_with(f"{headline.strip()}{feed}{rest}", headline="", standfirst=standfirst)
    for words in (standfirst.strip(), headline.strip()):
        is_there = words in body[: len(headline) + len(standfirst) + 20]
        if words and not is_there and not begins_with(body, words):
            body = f"{words}\n\n{body}"
    return body


def begins_with(text: str, headline: str) -> bool:
    """Say whether the first line of a text is a headline; never where there is none."""
    first = text.lstrip("\n").partition("\n")[0]
    return bool(headline.strip()) and first.split() == headline.split()


def guess_headline(text: str) -> str:
    """Return the first line when it is short, is no sentence, and more text follows; else ""."""
    first, _feed, rest = text.lstrip().partition("\n")
    headline = first.strip()
    is_headline = len(headline) <= LONGEST_HEADLINE and not _ENDS_SENTENCE.search(headline)
    return headline if is_headline and rest.strip() else ""


def _run_child(source: str, url: str, seconds: float, memory_mb: int) -> dict[str, Any]:
    """Return the child's answer."""
    content = source.encode("utf-8", "replace")
    done = run_bounded(CHILD, url, content=content, seconds=seconds, memory_mb=memory_mb)
    if done is None:
        raise ExtractionFailed(
            _("Reading this page took too long. Paste its text instead."), field="file"
        )
    if done.returncode == NO_TEXT:
        raise ExtractionFailed(
            _("No article text was found on this page. Paste its text instead."), field="file"
        )
    if done.returncode:
        raise ExtractionFailed(
            _("This page is too large or too broken to read. Paste its text instead."), field="file"
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _compose(
    title: str, standfirst: str, pieces: Sequence[tuple[BlockKind, str]]
) -> tuple[str, list[BlockCut]]:
    """Join the pieces with blank lines between them; return the text and its blocks."""
    heads = [(BlockKind.HEADLINE, title), (BlockKind.STANDFIRST, standfirst)]
    whole = [(kind, words.strip()) for kind, words in (*heads, *pieces) if words.strip()]
    text = accept_text("\n\n".join(words for _kind, words in whole))
    known: list[BlockCut] = []
    position = 0
    for number, (kind, words) in enumerate(whole):
        is_last = number == len(whole) - 1
        end = len(text) if is_last else position + len(words) + 2
        known.append(BlockCut(kind, position, end))
        position = end
    return text, cut_blocks(text, known=known)


def _canonical(url: str) -> str:
    try:
        return canonical_url(url)
    except InvalidUrl:
        return ""


def _language(declared: str, text: str) -> str:
    """Prefer the page's own tag, unless the text is plainly in another language."""
    guessed = guess_language(text)
    found = _LANGUAGE_TAG.match(declared)
    if not found or (guessed and guessed != found[1].lower()):
        return guessed
    subtags = (found[1].lower(), (found[2] or "").title(), (found[3] or "").upper())
    return "-".join(subtag for subtag in subtags if subtag)


def _guess_byline(text: str) -> str:
    """Return the name of a "By ..." line among the first lines, or ""."""
    for line in text[:2000].split("\n")[:12]:
        found = _BYLINE.fullmatch(line.strip())
        if found and found[1][:1].isupper() and not found[1].endswith("."):
            return found[1].strip()
    return ""
