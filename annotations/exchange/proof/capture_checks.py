"""Checking the captures of a proof bundle against the files that they are in. PURE."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from annotations.captures.addresses import BadAddress, read_target
from annotations.captures.failures import FetchFailed
from annotations.captures.warc_reading import Archived, BadWarc, read_answers
from annotations.exchange.proof.archive import Archive, BadArchive
from annotations.exchange.proof.checks import (
    NOT_AS_IT_SHOULD_BE,
    Check,
    Outcome,
    agrees,
    failed,
    read_json,
)

CAPTURES = "captures.json"
# What captures.json names the files of, but for the authority's certificates.
FOLDERS = ("warc/", "texts/", "timestamps/")
CERTIFICATES = "timestamps/authority.pem"
MOST_APART = timedelta(seconds=60)
MOST_WARC_BYTES = 80 * 1024 * 1024
MOST_BODY_BYTES = 20 * 1024 * 1024

# Reads a page's text anew; None where the extractor that is named is another version.
ReadText = Callable[..., bytes | None]


def capture_checks(
    archive: Archive,
    listed: dict[str, str],
    read_text: ReadText | None,
    described: list[dict[str, Any]],
) -> Iterator[Check]:
    """Check each capture that is described, and put its description in `described`."""
    try:
        described += read_json(archive, CAPTURES)["captures"]
        named = _files_named(described)
        is_doubled = len({one["name"] for one in described}) != len(described)
    except (BadArchive, *NOT_AS_IT_SHOULD_BE) as bad:
        yield failed(CAPTURES, f"it cannot be read: {bad}")
        return
    named.add(CERTIFICATES)
    for name in sorted(one for one in listed if one.startswith(FOLDERS) and one not in named):
        yield failed(name, "captures.json does not name it")
    for name in sorted(named - archive.names - {CERTIFICATES}):
        yield failed(name, "captures.json names it, and it is not there")
    if is_doubled:
        yield failed(CAPTURES, "two captures have one name")
    for one in described:
        try:
            yield from _capture(archive, listed, one, read_text)
        except (BadArchive, BadWarc, FetchFailed, *NOT_AS_IT_SHOULD_BE) as bad:
            yield failed(f"capture {str(one)[:60]}", bad)


def stamped(described: Sequence[dict[str, Any]]) -> list[str]:
    """Return the names of the captures that have a time stamp, in their order."""
    return [one["name"] for one in described if one["time_stamp"]]


def _files_named(described: Sequence[dict[str, Any]]) -> set[str]:
    """Return the files of the captures; each has them by its own name. Raises ValueError."""
    named = set()
    for one in described:
        name, stamp = one["name"], one["time_stamp"] or {"request": None, "reply": None}
        own = (
            (one["file"], f"warc/{name}.warc.gz"),
            (one["text"]["file"], f"texts/{name}.txt"),
            (stamp["request"], f"timestamps/{name}.tsq"),
            (stamp["reply"], f"timestamps/{name}.tsr"),
        )
        for file, called in own:
            if file not in (None, called):
                raise ValueError(f"{name} has a file of another: {file}")
        named |= {file for file, _called in own}
    return named - {None}


def _capture(
    archive: Archive, listed: dict[str, str], one: dict[str, Any], read_text: ReadText | None
) -> Iterator[Check]:
    """Check one capture against the file it is in."""
    about = f"{one['name']} of {one['url']}"
    if not one["file"]:
        yield Check(about, Outcome.NOT_CHECKED, f"no file: {one['file_note']}")
        return
    if listed.get(one["file"]) != one["file_sha256"]:
        yield failed(about, "captures.json names another digest than the list of files")
        return
    content = archive.read(one["file"], limit=MOST_WARC_BYTES)
    # Read to the end: a reader of WARC that is left half way holds the file for longer.
    answers = read_answers(content, limit=MOST_WARC_BYTES)
    found = [each for each in answers if each.record_id == one["record_id"]]
    if not found:
        yield failed(about, "its record is not in the WARC file")
        return
    answer = found[0]
    yield _as_described(about, answer, one)
    yield agrees(f"{about}: payload", answer.payload_digest, one["payload_digest"])
    if one["body"]["sha256"]:
        body = answer.body(limit=MOST_BODY_BYTES)
        yield agrees(f"{about}: body", sha256(body).hexdigest(), one["body"]["sha256"])
        yield agrees(f"{about}: size", len(body), one["body"]["size"], what="size")
    yield from _text(archive, listed, one, answer, about, read_text)


def _as_described(about: str, answer: Archived, one: dict[str, Any]) -> Check:
    """Check address, status and time against the record; of an archive's copy, the time is its own.

    A capture's time is that of its first request, a record's that of the last one of it.
    """
    about = f"{about}: address, status, time"
    if one["status"] is None:
        # The address asked last did not answer: the record is of what had sent us there.
        if not _leads_to(answer, one["final_url"]):
            return failed(about, "the record is not of an answer that led to the last address")
    elif answer.url not in (one["memento_url"] or one["final_url"], one["url"]):
        return failed(about, f"the record is of {answer.url}")
    elif answer.status != one["status"]:
        return failed(about, f"the record has status {answer.status}")
    apart = abs(answer.moment - datetime.fromisoformat(one["taken_at"]))
    if not one["memento_url"] and apart > MOST_APART:
        return failed(about, f"the record is from {answer.moment:%Y-%m-%d %H:%M:%S} UTC")
    return Check(about, Outcome.OK)


def _leads_to(answer: Archived, url: str) -> bool:
    """Say whether an answer is a redirect to an address, as it was asked."""
    location = answer.header("Location").strip()
    if not 300 <= answer.status < 400 or not location:
        return False
    joined = urldefrag(urljoin(answer.url, location.replace(" ", "%20"))).url
    try:
        return read_target(joined, any_port=_host_of(url)).url == url
    except BadAddress:
        return False


def _host_of(url: str) -> frozenset[str]:
    return frozenset({urlsplit(url).hostname or ""})


def _text(
    archive: Archive,
    listed: dict[str, str],
    one: dict[str, Any],
    answer: Archived,
    about: str,
    read_text: ReadText | None,
) -> Iterator[Check]:
    """Check a page's text against its digest, and against what is read out of the page now."""
    about, text = f"{about}: text", one["text"]
    if not text["file"]:
        if text["extractor"]:
            yield Check(about, Outcome.NOT_CHECKED, one["text_note"])
        return
    yield agrees(about, listed.get(text["file"], ""), text["sha256"])
    again = None
    if read_text is not None:
        again = read_text(answer, url=one["final_url"], extractor=text["extractor"])
    if again is None:
        detail = f"no {text['extractor']} here to read it anew"
        yield Check(f"{about} read anew", Outcome.NOT_CHECKED, detail)
    else:
        yield agrees(f"{about} read anew", sha256(again).hexdigest(), text["sha256"])
