"""Capturing an address with the text of the article that stands there."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from uuid import UUID

from annotations.accounts.models import User
from annotations.articles.decoding import known_encoding
from annotations.articles.extraction import extract_bounded
from annotations.captures.answers import Conditions
from annotations.captures.fetching import Border
from annotations.captures.models import Capture
from annotations.captures.taking import capture_take
from annotations.projects.models import Project

# Raised with every change of what `extract_bounded` makes of a page: older hashes then differ.
EXTRACTION = 1


class ArticleText:
    """Reads an article's text out of a page, as an upload of the page would be read."""

    def __init__(self) -> None:
        self.name = f"article/{EXTRACTION} trafilatura/{version('trafilatura')}"

    def __call__(self, body: bytes, *, url: str, charset: str) -> str:
        """Return the text. Raises the errors of `extract_bounded`."""
        return extract_bounded(body, url=url, encoding=known_encoding(charset)).text


@cache
def article_text() -> ArticleText:
    """Return the extractor, whose version is looked up once."""
    return ArticleText()


def page_capture(
    *,
    actor: User,
    project: Project,
    url: str,
    uid: UUID | None = None,
    conditions: Conditions | None = None,
    border: Border | None = None,
) -> Capture:
    """Capture an address as `capture_take` does, with the hash of the article's text."""
    return capture_take(
        actor=actor,
        project=project,
        url=url,
        uid=uid,
        conditions=conditions,
        extractor=article_text(),
        border=border,
    )
