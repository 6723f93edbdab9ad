"""Checking a proof bundle offline: nothing but the file, and certificates if they are given. PURE.

Every check is told, whether it passed or not; what cannot be checked here is told as that.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotations.captures.failures import FetchFailed
from annotations.captures.tokens import BadToken, check_token, question_for
from annotations.captures.warc_reading import Archived, BadWarc, read_answers
from annotations.exchange.proof.archive import Archive, BadArchive
from annotations.exchange.proof.manifest import EVENT_FORMAT, NAME, BadManifest, read_manifest
from annotations.exchange.proof.prov import prov_document

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

README, EVENT, PROV, CAPTURES = "README.txt", "event.json", "prov.json", "captures.json"
# What the list cannot name, as it is over the list.
BESIDE = frozenset({NAME, f"timestamps/{NAME}.tsq", f"timestamps/{NAME}.tsr"})
NEEDED = (README, EVENT, PROV, CAPTURES)
# What captures.json names the files of, but for the authority's certificates.
FOLDERS = ("warc/", "texts/", "timestamps/")
CERTIFICATES = "timestamps/authority.pem"
MOST_APART = timedelta(seconds=60)
MOST_JSON_BYTES = 64 * 1024 * 1024
MOST_WARC_BYTES = 80 * 1024 * 1024
MOST_BODY_BYTES = 20 * 1024 * 1024
MOST_TOKEN_BYTES = 64 * 1024
_NOT_AS_IT_SHOULD_BE = (AttributeError, LookupError, TypeError, ValueError, RecursionError)

# Reads a page's text anew; None where the extractor that is named is another version.
ReadText = Callable[..., bytes | None]


class Outcome(StrEnum):
    """What came of a check."""

    OK = "OK"
    FAILED = "FAILED"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and what came of it."""

    about: str
    outcome: Outcome
    detail: str = ""


def verify_bundle(
    path: Path, *, trusted: Sequence[Certificate] = (), read_text: ReadText | None = None
) -> Iterator[Check]:
    """Yield every check of a bundle, in order; whatever is in the file, nothing is raised.

    `trusted` are certificates that tokens have to be signed under; `read_text` reads texts anew, as
    `texts.text_again` does. At most one captured file is held at a time.
    """
    try:
        with Archive(path) as archive:
            yield Check("archive", Outcome.OK, f"{len(archive.names)} files")
            yield from _checks(archive, trusted, read_text)
    except BadArchive as bad:
        yield _failed("archive", bad)


def _checks(
    archive: Archive, trusted: Sequence[Certificate], read_text: ReadText | None
) -> Iterator[Check]:
    try:
        listed = read_manifest(archive.read(NAME, limit=MOST_JSON_BYTES))
    except (BadArchive, BadManifest) as bad:
        yield _failed(NAME, bad)
        return
    yield from _against_the_list(archive, listed)
    for name in (EVENT, PROV):
        yield _is_json(archive, name)
    described: list[dict[str, Any]] = []
    yield from _captures(archive, listed, read_text, described)
    yield _provenance(archive, described)
    yield from _tokens(archive, trusted)


def _against_the_list(archive: Archive, listed: dict[str, str]) -> Iterator[Check]:
    for name in sorted(archive.names - listed.keys() - BESIDE):
        yield _failed(name, "the list of files does not name it")
    for name in sorted({*listed, *NEEDED}):
        if name not in archive.names:
            yield _failed(name, "it is not there")
        elif name not in listed:
            continue
        else:
            yield _same(name, archive, listed[name])


def _same(name: str, archive: Archive, digest: str) -> Check:
    try:
        is_same = archive.digest(name) == digest
    except BadArchive as bad:
        return _failed(name, bad)
    return Check(name, Outcome.OK) if is_same else _failed(name, "it was changed")


def _is_json(archive: Archive, name: str) -> Check:
    try:
        value = json.loads(archive.read(name, limit=MOST_JSON_BYTES))
    except (BadArchive, ValueError, RecursionError) as bad:
        return _failed(f"{name} as JSON", bad)
    if not isinstance(value, dict):
        return _failed(f"{name} as JSON", "it is no object")
    return Check(f"{name} as JSON", Outcome.OK)


def _provenance(archive: Archive, described: Sequence[dict[str, Any]]) -> Check:
    """Check that the provenance says what the event and the captures say, and nothing else."""
    about = f"{PROV} against {EVENT} and {CAPTURES}"
    try:
        event = json.loads(archive.read(EVENT, limit=MOST_JSON_BYTES))
        said = json.loads(archive.read(PROV, limit=MOST_JSON_BYTES))
        if event["format"] != EVENT_FORMAT:
            return Check(about, Outcome.NOT_CHECKED, f"no {EVENT_FORMAT}: {event['format']}")
        is_same = said == json.loads(json.dumps(prov_document(event, list(described))))
    except (BadArchive, *_NOT_AS_IT_SHOULD_BE) as bad:
        return _failed(about, bad)
    return Check(about, Outcome.OK) if is_same else _failed(about, "it says something else")


def _captures(
    archive: Archive,
    listed: dict[str, str],
    read_text: ReadText | None,
    described: list[dict[str, Any]],
) -> Iterator[Check]:
    """Check each capture that is described, and put its description in `described`."""
    try:
        described += json.loads(archive.read(CAPTURES, limit=MOST_JSON_BYTES))["captures"]
        named = _files_named(described)
    except (BadArchive, *_NOT_AS_IT_SHOULD_BE) as bad:
        yield _failed(CAPTURES, f"it cannot be read: {bad}")
        return
    named.add(CERTIFICATES)
    for name in sorted(one for one in listed if one.startswith(FOLDERS) and one not in named):
        yield _failed(name, "captures.json does not name it")
    for name in sorted(named - archive.names - {CERTIFICATES}):
        yield _failed(name, "captures.json names it, and it is not there")
    for one in described:
        try:
            yield from _capture(archive, listed, one, read_text)
        except (BadArchive, BadWarc, FetchFailed, *_NOT_AS_IT_SHOULD_BE) as bad:
            yield _failed(f"capture {str(one)[:60]}", bad)


def _files_named(described: Sequence[dict[str, Any]]) -> set[str]:
    """Return the files that captures name as theirs, and what stands beside all of them."""
    named = set()
    for one in described:
        stamp = one["time_stamp"] or {"request": None, "reply": None}
        named |= {one["file"], one["text"]["file"], stamp["request"], stamp["reply"]}
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
        yield _failed(about, "captures.json names another digest than the list of files")
        return
    content = archive.read(one["file"], limit=MOST_WARC_BYTES)
    # Read to the end: a reader of WARC that is left half way holds the file for longer.
    answers = read_answers(content, limit=MOST_WARC_BYTES)
    found = [each for each in answers if each.record_id == one["record_id"]]
    if not found:
        yield _failed(about, "its record is not in the WARC file")
        return
    answer = found[0]
    yield _as_described(about, answer, one)
    yield _agrees(f"{about}: payload", answer.payload_digest, one["payload_digest"])
    if one["body"]["sha256"]:
        body = sha256(answer.body(limit=MOST_BODY_BYTES)).hexdigest()
        yield _agrees(f"{about}: body", body, one["body"]["sha256"])
    yield from _text(archive, listed, one, answer, about, read_text)


def _as_described(about: str, answer: Archived, one: dict[str, Any]) -> Check:
    """Check address, status and time against the record; of an archive's copy, the time is its own.

    A capture's time is that of its first request, a record's that of the last one of it.
    """
    about = f"{about}: address, status, time"
    if answer.url not in (one["memento_url"] or one["final_url"], one["url"]):
        return _failed(about, f"the record is of {answer.url}")
    if answer.status != one["status"]:
        return _failed(about, f"the record has status {answer.status}")
    apart = abs(answer.moment - datetime.fromisoformat(one["taken_at"]))
    if not one["memento_url"] and apart > MOST_APART:
        return _failed(about, f"the record is from {answer.moment:%Y-%m-%d %H:%M:%S} UTC")
    return Check(about, Outcome.OK)


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
    yield _agrees(about, listed.get(text["file"], ""), text["sha256"])
    again = None
    if read_text is not None:
        again = read_text(answer, url=one["final_url"], extractor=text["extractor"])
    if again is None:
        detail = f"no {text['extractor']} here to read it anew"
        yield Check(f"{about} read anew", Outcome.NOT_CHECKED, detail)
    else:
        yield _agrees(f"{about} read anew", sha256(again).hexdigest(), text["sha256"])


def _tokens(archive: Archive, trusted: Sequence[Certificate]) -> Iterator[Check]:
    """Check every token against the file it is over; both have their names from one another."""
    beside = sorted(one for one in archive.names if one.startswith("timestamps/"))
    replies = [one for one in beside if one.endswith(".tsr")]
    for name in beside:
        if name.endswith(".tsq") and f"{name.removesuffix('.tsq')}.tsr" not in replies:
            yield _failed(name, "the answer to it is not there")
    if not replies:
        yield Check("time stamps", Outcome.NOT_CHECKED, "no authority has signed anything")
    if trusted and f"timestamps/{NAME}.tsr" not in replies:
        # Without it whoever changes a file and the list alike is not found out.
        yield _failed(f"time stamp of {NAME}", "no authority has signed the list of files")
    for name in replies:
        stem = name.removeprefix("timestamps/").removesuffix(".tsr")
        signed = NAME if stem == NAME else f"warc/{stem}.warc.gz"
        about = f"time stamp of {signed}"
        try:
            if signed not in archive.names:
                raise BadArchive(f"{signed} is not there")
            reply = archive.read(name, limit=MOST_TOKEN_BYTES)
            digest = bytes.fromhex(archive.digest(signed))
            moment = check_token(reply, digest, trusted=trusted)
            question = archive.read(f"timestamps/{stem}.tsq", limit=MOST_TOKEN_BYTES)
            if question != question_for(reply, digest):
                raise BadToken("the question kept beside it is another")
        except (BadArchive, BadToken) as bad:
            yield _failed(about, bad)
            continue
        if trusted:
            yield Check(about, Outcome.OK, f"{moment:%Y-%m-%d %H:%M:%S} UTC")
        else:
            detail = f"it says {moment:%Y-%m-%d %H:%M:%S} UTC; give --ca-file to check by whom"
            yield Check(about, Outcome.NOT_CHECKED, detail)


def _agrees(about: str, found: str, said: str) -> Check:
    return Check(about, Outcome.OK) if found == said else _failed(about, "it has another digest")


def _failed(about: str, why: object) -> Check:
    return Check(about, Outcome.FAILED, str(why))
