"""Captures that somebody else made: WARC and WACZ files handed in, each answer a capture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations import jobs
from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.captures import wacz
from annotations.captures.answers import can_be_of
from annotations.captures.choices import Origin
from annotations.captures.failures import Failure, FetchFailed
from annotations.captures.fetching import MOST_BODY_BYTES, REDIRECTS
from annotations.captures.made import stamp_queue
from annotations.captures.models import Capture, StoredFile
from annotations.captures.reading import MOST_WARC_BYTES
from annotations.captures.services import file_read, file_store
from annotations.captures.taking import Answer, Kept, TextExtractor, capture_keep
from annotations.captures.warc import MEDIA_TYPE
from annotations.captures.warc_reading import Archived, BadWarc, read_answers
from annotations.lib.errors import InvalidInput
from annotations.lib.urls import InvalidUrl, canonical_url
from annotations.projects.models import Project

MOST_ANSWERS = 200


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that was taken in: how many captures the worker will make of it."""

    file: StoredFile
    answers: int


def captures_upload(*, actor: User, project: Project, content: bytes, name: str) -> Uploaded:
    """Keep a WARC or WACZ file as it is; the worker makes a capture of each answer in it.

    Answers that only redirect, or come from before the web or from the future, are left out.
    Raises InvalidInput for a file that cannot be read within the bounds, holds no answer, or more
    than 200.
    """
    if len(content) > settings.EVIDENCE_FILE_BYTES:
        raise InvalidInput(
            _("The file is larger than %(limit)d MiB."),
            field="file",
            params={"limit": settings.EVIDENCE_FILE_BYTES // (1024 * 1024)},
        )
    answers = sum(1 for _one in _answers(content))
    media_type = wacz.MEDIA_TYPE if content.startswith(b"PK") else MEDIA_TYPE
    with context(actor=actor, action="captures.upload"):
        stored = file_store(
            actor=actor, project=project, content=content, name=name, media_type=media_type
        )
        jobs.enqueue("captures.read", file_uid=str(stored.uid), actor_uid=str(actor.uid))
    return Uploaded(stored, answers)


def captures_read(*, file_uid: str, actor_uid: str, extractor: TextExtractor | None = None) -> None:
    """Make the captures of a file that was handed in; a repetition after a crash adds the rest."""
    stored = StoredFile.objects.select_related("project").get(uid=UUID(file_uid))
    actor = User.objects.get(uid=UUID(actor_uid))
    before = Capture.objects.filter(file=stored).defer("hops")
    for capture in before:
        stamp_queue(capture)
    made = {capture.record_id for capture in before}
    for archived in _answers(file_read(stored)):
        if archived.record_id in made:
            continue
        with context(actor=actor, action="capture.upload"):
            if _is_made(stored, archived):
                continue
            capture_keep(
                actor=actor,
                project=stored.project,
                canonical=canonical_url(archived.url),
                answer=_answer(archived),
                kept=Kept(stored, archived.record_id, archived.payload_digest),
                origin=Origin.UPLOADED,
                extractor=extractor,
            )


def _is_made(stored: StoredFile, archived: Archived) -> bool:
    """Say whether an answer is a capture by now, and let nobody else make one of it meanwhile.

    The same file is read by two where it was handed in twice, or was taken for given up.
    """
    StoredFile.objects.select_for_update(no_key=True).get(pk=stored.pk)
    return Capture.objects.filter(file=stored, record_id=archived.record_id).exists()


def _answers(content: bytes) -> Iterator[Archived]:
    """Yield the answers of a file that stand for a page. Raises InvalidInput."""
    found = 0
    now = timezone.now()
    try:
        for one in read_answers(content, limit=MOST_WARC_BYTES):
            is_page = one.status not in REDIRECTS and _is_address(one.url)
            # Held against it, no later capture would ever be the newer one.
            is_page = is_page and can_be_of(one.moment, now)
            # By its identity the record that had it before would be found.
            if not one.record_id or one.is_repeated or not is_page:
                continue
            found += 1
            if found > MOST_ANSWERS:
                raise InvalidInput(
                    _("There are more than %(most)d pages in this file. Divide it."),
                    field="file",
                    params={"most": MOST_ANSWERS},
                )
            yield one
    except BadWarc as bad:
        raise InvalidInput(
            _("This is no WARC or WACZ file that can be read, or too much of one."), field="file"
        ) from bad
    if not found:
        raise InvalidInput(_("There is no answer of a web page in this file."), field="file")


def _is_address(url: str) -> bool:
    try:
        canonical_url(url)
    except InvalidUrl:
        return False
    return True


def _answer(archived: Archived) -> Answer:
    failure: Failure | None = None
    body = b""
    try:
        body = archived.body(limit=MOST_BODY_BYTES)
    except FetchFailed as failed:
        failure = failed.failure
    hop = {
        "url": archived.url,
        "address": archived.address,
        "started_at": archived.moment.isoformat(),
        "status": archived.status,
        "headers": [list(one) for one in archived.headers],
    }
    return Answer(
        asked=archived.url,
        final_url=archived.url,
        taken_at=archived.moment,
        status=archived.status,
        content_type=archived.header("Content-Type"),
        charset=archived.charset,
        body=body,
        failure=failure,
        hops=[hop],
    )
