"""Capturing an address with the text of the article that stands there."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.metadata import version
from urllib.parse import urlsplit
from uuid import UUID

from annotations import jobs
from annotations.accounts.models import User
from annotations.articles.decoding import known_encoding
from annotations.articles.errors import PageNotGood
from annotations.articles.extraction import (
    ExtractedArticle,
    ExtractionFailed,
    extract_bounded,
    extract_text,
)
from annotations.audit.context import context
from annotations.captures.answers import Conditions
from annotations.captures.asking import check_address
from annotations.captures.choices import PageKindChoices
from annotations.captures.copies import copy_take_queued
from annotations.captures.failures import FetchFailed
from annotations.captures.fetching import Border
from annotations.captures.models import Capture
from annotations.captures.page import decode_page
from annotations.captures.reading import capture_answer, capture_body
from annotations.captures.taking import capture_take
from annotations.captures.uploading import captures_read
from annotations.captures.warc_reading import BadWarc
from annotations.lib.errors import gettext_noop as _
from annotations.lib.ids import uuid7
from annotations.lib.urls import canonical_url, host_of
from annotations.projects.models import Project

# Raised with every change of what `extract_bounded` makes of a page: older hashes then differ.
EXTRACTION = 2


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


def capture_extract(capture: Capture) -> ExtractedArticle:
    """Read the article out of a capture's page, as its text was read when it was taken.

    The article's address is the one the page names as its own where that is of the same site, else
    where the answer came from. Raises PageNotGood, ExtractionFailed and errors of accept_text.
    """
    if not capture.is_good or capture.quality_kind != PageKindChoices.PAGE:
        raise PageNotGood(capture)
    try:
        answer, body = capture_answer(capture), capture_body(capture)
    except (BadWarc, FetchFailed, FileNotFoundError):
        gone = _("What was fetched cannot be read from its file any more. Fetch the page again.")
        raise ExtractionFailed(gone, field="url") from None
    source, encoding, _is_garbled = decode_page(body, answer.charset if answer else "")
    if capture.media_type == "text/plain":
        return extract_text(source, url=capture.final_url)
    url = capture.final_url
    found = extract_bounded(body, url=url, encoding=known_encoding(encoding))
    return replace(found, canonical_url=_own_address(found.canonical_url, url))


def _own_address(named: str, url: str) -> str:
    """Believe a page's own address only on its own site, and not the front page of a site."""
    here = canonical_url(url)
    is_of_site = host_of(named).removeprefix("www.") == host_of(here).removeprefix("www.")
    is_front = urlsplit(named).path == "/" and not urlsplit(named).query
    return named if named and is_of_site and not is_front else here


def capture_queue(*, actor: User, project: Project, url: str) -> UUID:
    """Have the worker capture an address; return the uid the capture will have.

    Raises InvalidUrl for what cannot be fetched.
    """
    check_address(url)
    uid = uuid7()
    with context(actor=actor, action="capture.queue"):
        jobs.enqueue(
            "captures.take",
            project_uid=str(project.uid),
            actor_uid=str(actor.uid),
            uid=str(uid),
            url=url,
        )
    return uid


def page_capture_queued(*, project_uid: str, actor_uid: str, uid: str, url: str) -> None:
    """Do `page_capture` as a job; repeating it after a crash asks nobody again."""
    page_capture(
        actor=User.objects.get(uid=UUID(actor_uid)),
        project=Project.objects.get(uid=UUID(project_uid)),
        url=url,
        uid=UUID(uid),
    )


def upload_captures_read(*, file_uid: str, actor_uid: str) -> None:
    """Make the captures of an uploaded file, as a job, with the hashes of the articles' texts."""
    captures_read(file_uid=file_uid, actor_uid=actor_uid, extractor=article_text())


def copy_capture(*, project_uid: str, actor_uid: str, uid: str, url: str, original: str) -> None:
    """Capture a web archive's copy, as a job, with the hash of the article's text."""
    copy_take_queued(
        project_uid=project_uid,
        actor_uid=actor_uid,
        uid=uid,
        url=url,
        original=original,
        extractor=article_text(),
    )
