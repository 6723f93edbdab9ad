"""Capturing an address with the text of the article that stands there."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from uuid import UUID

from annotations import jobs
from annotations.accounts.models import User
from annotations.articles.decoding import known_encoding
from annotations.articles.extraction import extract_bounded
from annotations.audit.context import context
from annotations.captures.answers import Conditions
from annotations.captures.copies import copy_take_queued
from annotations.captures.fetching import Border
from annotations.captures.models import Capture
from annotations.captures.taking import capture_take
from annotations.captures.uploading import captures_read
from annotations.lib.ids import uuid7
from annotations.lib.urls import canonical_url
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


def capture_queue(*, actor: User, project: Project, url: str) -> UUID:
    """Have the worker capture an address; return the uid the capture will have.

    Raises InvalidUrl.
    """
    canonical_url(url)
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
