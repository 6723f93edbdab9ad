"""Holding an article against a new capture of its page: a changed text makes a new version.

What a person had corrected by hand is never replaced: there, the changed text waits to be checked,
as does one that shares next to nothing with the latest version and may be none of the article's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from annotations.accounts.models import User
from annotations.articles.capturing import article_text, capture_extract
from annotations.articles.extraction import ExtractedArticle, begin_with, begins_with
from annotations.articles.likeness import is_another_text
from annotations.articles.models import (
    Article,
    ArticleUpload,
    ArticleVersion,
    UploadState,
    VersionOrigin,
)
from annotations.articles.permissions import check_add_version
from annotations.articles.services import lock_article, version_add
from annotations.articles.uploads import found_json, found_of
from annotations.audit.context import context
from annotations.captures.choices import PageKindChoices
from annotations.captures.models import Capture
from annotations.captures.reading import digests_of
from annotations.captures.services import files_hold
from annotations.lib.errors import DomainError, InvalidInput, Refused
from annotations.lib.errors import gettext_noop as _
from annotations.lib.text import content_hash


class Outcome(StrEnum):
    """What a capture of an article's page came to."""

    SAME = "same"
    VERSION = "version"
    TO_CHECK = "to_check"
    NOT_GOOD = "not_good"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The outcome, with the version that has the text, what waits to be checked, or what is wrong.

    `problem` carries a sentence for a person; the capture's reasons say more.
    """

    outcome: Outcome
    version: ArticleVersion | None = None
    upload: ArticleUpload | None = None
    problem: DomainError | None = None

    @property
    def is_another_text(self) -> bool:
        """Say whether what waits says something else entirely than the latest version did."""
        return self.upload is not None and found_of(self.upload).is_another_text


@dataclass(frozen=True, slots=True)
class _Former:
    """The latest version, and what was read from its capture: `text` by today's extraction, and
    the headline the page had then, as far as it was read anew; `title` is the article's.
    """

    version: ArticleVersion
    text: str | None
    title: str
    headline: str = ""

    def is_untouched(self) -> bool:
        """Say whether the version is word for word what its capture gave, headline first or not."""
        capture = self.version.capture
        # A redaction has overwritten words of it: they must not come back by themselves.
        is_whole = content_hash(self.version.text) == self.version.content_hash
        if capture is None or not is_whole:
            return False
        if capture.text_sha256 == self.version.content_hash:
            return True
        return self.text is not None and self.version.text in self._forms(self.text, self.headline)

    def has(self, found: ExtractedArticle) -> bool:
        """Say whether a text is the version's, or what the version's capture gives."""
        return found.text == self.text or self.version.text in self._forms(found.text, found.title)

    def is_left_for(self, text: str) -> bool:
        """Say whether a text has next to nothing of the version; pasted, it may never have been so.

        Whatever the judging of pages did not see through is told by this.
        """
        if self.version.capture is None:
            return False
        # Another extractor may have read the version; then its capture says what the page was like.
        was = (self.version.text, self.text or self.version.text)
        return all(is_another_text(one, text) for one in was)

    def begun(self, found: ExtractedArticle) -> str:
        """Begin a text with the article's headline where the version was begun so, and its page was
        not, or had the same one as now; another headline of the page stays.
        """
        is_bare = self.text is None or self.version.text == self.text
        if is_bare or self._has_another_headline(found):
            return found.text
        return begin_with(found.text, headline=self.title, former=self._replaced(found.title))

    def _has_another_headline(self, found: ExtractedArticle) -> bool:
        return begins_with(found.text, found.title) and not self._replaced(found.title)

    def _replaced(self, headline: str) -> str:
        """Return the page's headline where a corrected one may stand in its place; else ""."""
        return headline if headline.split() == self.headline.split() else ""

    def _forms(self, text: str, headline: str) -> tuple[str, ...]:
        """Return what a version may have been made of a text: as it is, or with the headline put
        before it, or in place of the page's own.
        """
        corrected = begin_with(text, headline=self.title, former=self._replaced(headline))
        return text, begin_with(text, headline=self.title), corrected


def capture_apply(
    *, actor: User, article: Article, capture: Capture, upload: ArticleUpload | None = None
) -> Refreshed:
    """Hold an article against a capture of its address, and add what it shows as a version.

    Not to be called inside a request: the page may be read anew. A capture that is not good, older
    than the latest version's, or of the same text changes nothing. A changed text is a new version
    where it shares words with the latest, the latest is word for word what its own capture gave
    and `actor` may add one; otherwise it waits in an upload (`upload`, where one is under way).
    Doing it twice adds nothing.
    Raises InvalidInput for a capture of another address.
    """
    if (capture.project_id, capture.canonical_url) != (article.project_id, article.canonical_url):
        raise InvalidInput(_("This capture is not one of the article's address."), field="capture")
    while True:
        capture = Capture.objects.select_related("file", "text_file").get(pk=capture.pk)
        latest, read = _latest(article), digests_of(capture)
        known = _applied(article, capture) or _without_reading(capture, latest)
        if known is not None:
            return known
        try:
            found = capture_extract(capture)
        except DomainError as error:
            return Refreshed(Outcome.NOT_GOOD, problem=error)
        text, headline = _read_again(latest, capture)
        former = _Former(latest, text, article.title, headline)
        if former.has(found):
            return Refreshed(Outcome.SAME, version=latest)
        with context(actor=actor, action="article.refresh"):
            locked = lock_article(article)
            files_hold()
            now = _latest(locked)
            is_as_read = (now.pk, now.text) == (latest.pk, latest.text)
            if is_as_read and digests_of(capture) == read:
                return _keep(actor, locked, capture, found, former, upload)
        # Somebody was quicker: their version is the one to hold it against. Or words of what was
        # read were overwritten by a redaction meanwhile, and must not come back.


def _latest(article: Article) -> ArticleVersion:
    rows = ArticleVersion.objects.filter(article=article).select_related("capture__file")
    return rows.latest("number")


def _applied(article: Article, capture: Capture) -> Refreshed | None:
    """Return what came of the capture when it was applied before."""
    version = ArticleVersion.objects.filter(article=article, capture=capture).last()
    if version is not None:
        return Refreshed(Outcome.VERSION, version=version)
    waiting = waiting_to_be_checked(article).filter(capture=capture).first()
    return Refreshed(Outcome.TO_CHECK, upload=waiting) if waiting else None


def waiting_to_be_checked(article: Article) -> QuerySet:
    """Return the changed texts of an article's page that wait for a person."""
    return ArticleUpload.objects.filter(article=article, is_refresh=True, state=UploadState.READY)


def waiting_since(latest: ArticleVersion) -> ArticleUpload | None:
    """Return the last changed text that came after an article's latest version and waits."""
    rows = waiting_to_be_checked(latest.article).filter(updated_at__gt=latest.created_at)
    return rows.order_by("-pk").first()


def _without_reading(capture: Capture, latest: ArticleVersion) -> Refreshed | None:
    """Return what can be said by the capture's columns alone; most captures change nothing."""
    same = Refreshed(Outcome.SAME, version=latest)
    before = latest.capture
    if before is not None and capture.taken_at < before.taken_at:
        return Refreshed(Outcome.OLDER, version=latest)
    if capture.quality_kind == PageKindChoices.UNCHANGED:
        return same
    if not capture.is_good or not capture.text_sha256:
        return None
    is_article = capture.extractor == article_text().name
    if is_article and capture.text_sha256 == latest.content_hash:
        return same
    if before is None or before.extractor != capture.extractor:
        return None
    return same if before.text_sha256 == capture.text_sha256 else None


def _read_again(version: ArticleVersion, capture: Capture) -> tuple[str | None, str]:
    """Read a version's own capture as the new one is read: its text, None where there is nothing to
    read, and its headline, "" where the text is the version's own.

    Another extractor makes another text of an unchanged page, which is no change of the page.
    """
    before = version.capture
    if before is None:
        return None, ""
    is_plain = before.text_sha256 == version.content_hash
    if is_plain and before.extractor == capture.extractor:
        return version.text, ""
    try:
        found = capture_extract(before)
    except DomainError:
        return None, ""
    return found.text, found.title


def _keep(
    actor: User,
    article: Article,
    capture: Capture,
    found: ExtractedArticle,
    former: _Former,
    upload: ArticleUpload | None,
) -> Refreshed:
    """Add the changed text as a version, or let it wait for a person."""
    is_another = former.is_left_for(found.text)
    if is_another or not former.is_untouched() or not _may_add(actor, article):
        read = {**found_json(found), "is_another_text": is_another}
        return Refreshed(Outcome.TO_CHECK, upload=_wait(actor, article, capture, read, upload))
    text = former.begun(found)
    version, _is_new = version_add(
        actor=actor,
        article=article,
        text=text,
        origin=VersionOrigin.FETCHED,
        capture=capture,
        standfirst=found.standfirst,
        block_kinds=found.blocks if text == found.text else None,
    )
    return Refreshed(Outcome.VERSION, version=version)


def _may_add(actor: User, article: Article) -> bool:
    """Say whether the actor may write here; the machine leaves what is locked or hidden alone."""
    if actor.is_system:
        return article.locked_at is None and article.hidden_at is None
    try:
        check_add_version(actor, article)
    except Refused:
        return False
    return True


def _wait(
    actor: User,
    article: Article,
    capture: Capture,
    read: dict[str, object],
    upload: ArticleUpload | None,
) -> ArticleUpload:
    """Let the text wait to be checked; one that waits already with the same words is enough."""
    words = content_hash(str(read["text"]))
    for waiting in waiting_to_be_checked(article).order_by("-pk"):
        if upload is None and content_hash(found_of(waiting).text) == words:
            return waiting
    upload = upload or ArticleUpload(project_id=article.project_id, created_by=actor)
    upload.article, upload.capture, upload.is_refresh = article, capture, True
    upload.url, upload.state, upload.found = capture.url, UploadState.READY, read
    upload.save()
    return upload
