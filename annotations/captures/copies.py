"""Copies that web archives keep, captured with what they say of themselves (Memento, RFC 7089)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from annotations import jobs
from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.captures.answers import Fetch, can_be_of, http_moment
from annotations.captures.asking import check_address
from annotations.captures.choices import Origin
from annotations.captures.failures import SENTENCES, FailureCode
from annotations.captures.fetching import Border, fetch
from annotations.captures.made import capture_made
from annotations.captures.models import Capture
from annotations.captures.taking import Copy, TextExtractor, fetch_keep
from annotations.lib.errors import gettext_noop as _
from annotations.lib.ids import uuid7
from annotations.lib.urls import InvalidUrl, canonical_url
from annotations.projects.models import Project

_SAID = r"\s*([\w-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s,;\"]+))\s*"
_LINK = re.compile(rf"<([^<>]{{1,4000}})>\s*((?:;{_SAID})*)")
_SAYS = re.compile(f";{_SAID}")
Headers = Iterable[Sequence[str]]


class NoCopy(StrEnum):
    """Why what was fetched is no copy of a page."""

    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    NO_MOMENT = "no_moment"
    NO_ORIGINAL = "no_original"
    ANOTHER_PAGE = "another_page"


_NO_COPY = {
    NoCopy.REFUSED: _(
        "The web archive gave no copy of the page: it answered with an error. Try again later, or"
        " look whether it has one."
    ),
    NoCopy.NO_MOMENT: _(
        "What stands at this address is no web archive's copy: it does not say from when it is"
        " (Memento-Datetime)."
    ),
    NoCopy.NO_ORIGINAL: _(
        "What stands at this address does not say what it is a copy of (a link to its original)."
    ),
    NoCopy.ANOTHER_PAGE: _("What stands at this address is a copy of another page."),
}


@dataclass(frozen=True, slots=True)
class CopyProblem:
    """Why a capture is no copy of the page it was fetched for; `original` is the other page."""

    code: NoCopy
    sentence: str
    original: str = ""


def copy_take(
    *,
    actor: User,
    project: Project,
    url: str,
    original: str,
    uid: UUID | None = None,
    extractor: TextExtractor | None = None,
    border: Border | None = None,
) -> Capture:
    """Capture the copy of `original` that a web archive keeps at `url`.

    An answer that names another original, or no time, is kept as what it is: a capture of `url`.
    With `uid` a repetition asks nobody again. Raises InvalidUrl for either address.
    """
    wanted, canonical = canonical_url(original), canonical_url(url)
    made = capture_made(project, uid)
    if made is not None:
        return made
    brought = fetch(url.strip(), border=border)
    copy = copy_of(brought)
    is_copy = copy is not None and _same_page(copy.original, wanted)
    return fetch_keep(
        actor=actor,
        project=project,
        canonical=wanted if is_copy else canonical,
        brought=brought,
        extractor=extractor,
        uid=uid,
        copy=copy if is_copy else None,
    )


def copy_queue(*, actor: User, project: Project, url: str, original: str) -> UUID:
    """Have the worker do `copy_take`; return the uid the capture will have.

    Raises InvalidUrl for either address, and where nothing can be fetched at that of the copy.
    """
    canonical_url(original)
    check_address(url)
    uid = uuid7()
    with context(actor=actor, action="capture.queue_copy"):
        jobs.enqueue(
            "captures.take_copy",
            project_uid=str(project.uid),
            actor_uid=str(actor.uid),
            uid=str(uid),
            url=url.strip(),
            original=original,
        )
    return uid


def copy_take_queued(
    *,
    project_uid: str,
    actor_uid: str,
    uid: str,
    url: str,
    original: str,
    extractor: TextExtractor | None = None,
) -> None:
    """Do `copy_take` as a job; repeating it does no harm."""
    copy_take(
        actor=User.objects.get(uid=UUID(actor_uid)),
        project=Project.objects.get(uid=UUID(project_uid)),
        url=url,
        original=original,
        uid=UUID(uid),
        extractor=extractor,
    )


def copy_of(brought: Fetch) -> Copy | None:
    """Return what an answer says it is a copy of; None where it does not say, or of no address."""
    moment = _moment(brought.header("Memento-Datetime"), brought.started_at)
    if moment is None or brought.last is None:
        return None
    original = _original(brought.last.headers)
    return Copy(original, moment) if original else None


def copy_problem(capture: Capture, *, original: str) -> CopyProblem | None:
    """Say why a capture is no copy of the page at `original`; None where it is one."""
    wanted = canonical_url(original)
    if capture.origin == Origin.WEB_ARCHIVE and _same_page(capture.canonical_url, wanted):
        return None
    if capture.failure:
        return CopyProblem(NoCopy.NO_ANSWER, SENTENCES[FailureCode(capture.failure)])
    headers = capture.hops[-1].get("headers", []) if capture.hops else []
    said = {str(name).lower(): str(value) for name, value in headers}
    named = _original(headers)
    if _moment(said.get("memento-datetime", ""), capture.created_at) is None:
        # Busy, or without a copy: what an archive says then is no copy of anything.
        is_error = capture.status is not None and capture.status >= 400
        code = NoCopy.REFUSED if is_error else NoCopy.NO_MOMENT
    elif not named:
        code = NoCopy.NO_ORIGINAL
    else:
        code = NoCopy.ANOTHER_PAGE
    original = named if code is NoCopy.ANOTHER_PAGE else ""
    return CopyProblem(code, _NO_COPY[code], original)


def _original(headers: Headers) -> str:
    """Return the address that an answer names as its original; "" where it names none."""
    for name, value in headers:
        for link in _LINK.finditer(value) if name.lower() == "link" else ():
            if "original" in _relations(link[2]):
                try:
                    return canonical_url(link[1])
                except InvalidUrl:
                    return ""
    return ""


def _relations(about: str) -> list[str]:
    """Return what a link says that it is, in lower case: its first `rel` (RFC 8288)."""
    found = (one[2] or one[3] or "" for one in _SAYS.finditer(about) if one[1].lower() == "rel")
    return next(found, "").lower().split()


def _moment(value: str, now: datetime) -> datetime | None:
    """Return the time a copy gives; None for what is none, or no page can have been so at."""
    moment = http_moment(value)
    return moment if moment is not None and can_be_of(moment, now) else None


def _same_page(one: str, other: str) -> bool:
    """Say whether two canonical addresses are one page; archives may forget http and https."""
    return one.partition("://")[2] == other.partition("://")[2]
