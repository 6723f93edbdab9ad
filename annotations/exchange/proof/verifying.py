"""Checking a proof bundle offline: nothing but the file, and certificates if they are given. PURE.

Every check is told, whether it passed or not; what cannot be checked here is told as that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotations.exchange.proof.archive import Archive, BadArchive
from annotations.exchange.proof.capture_checks import (
    CAPTURES,
    CERTIFICATES,
    FOLDERS,
    ReadText,
    capture_checks,
    stamped,
)
from annotations.exchange.proof.checks import (
    MOST_JSON_BYTES,
    NOT_AS_IT_SHOULD_BE,
    Check,
    Outcome,
    failed,
    read_json,
)
from annotations.exchange.proof.manifest import EVENT_FORMAT, NAME, BadManifest, read_manifest
from annotations.exchange.proof.prov import prov_document
from annotations.exchange.proof.readme import write_readme
from annotations.exchange.proof.token_checks import token_checks

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

README, EVENT, PROV = "README.txt", "event.json", "prov.json"
# What the list cannot name, as it is over the list.
BESIDE = frozenset({NAME, f"timestamps/{NAME}.tsq", f"timestamps/{NAME}.tsr"})
NEEDED = (README, EVENT, PROV, CAPTURES)


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
        yield failed("archive", bad)


def _checks(
    archive: Archive, trusted: Sequence[Certificate], read_text: ReadText | None
) -> Iterator[Check]:
    try:
        listed = read_manifest(archive.read(NAME, limit=MOST_JSON_BYTES))
    except (BadArchive, BadManifest) as bad:
        yield failed(NAME, bad)
        return
    yield from _against_the_list(archive, listed)
    for name in (EVENT, PROV):
        yield _is_json(archive, name)
    described: list[dict[str, Any]] = []
    yield from capture_checks(archive, listed, read_text, described)
    yield _provenance(archive, described)
    yield _readme(archive, described)
    yield from token_checks(archive, trusted, described)


def _against_the_list(archive: Archive, listed: dict[str, str]) -> Iterator[Check]:
    for name in sorted(archive.names - listed.keys() - BESIDE):
        yield failed(name, "the list of files does not name it")
    for name in sorted(one for one in listed if one not in NEEDED and not one.startswith(FOLDERS)):
        yield failed(name, "no file of a bundle is called so")
    for name in sorted({*listed, *NEEDED}):
        if name not in archive.names:
            yield failed(name, "it is not there")
        elif name not in listed:
            continue
        else:
            yield _same(name, archive, listed[name])


def _same(name: str, archive: Archive, digest: str) -> Check:
    try:
        is_same = archive.digest(name) == digest
    except BadArchive as bad:
        return failed(name, bad)
    return Check(name, Outcome.OK) if is_same else failed(name, "it was changed")


def _is_json(archive: Archive, name: str) -> Check:
    try:
        value = read_json(archive, name)
    except (BadArchive, ValueError, RecursionError) as bad:
        return failed(f"{name} as JSON", bad)
    if not isinstance(value, dict):
        return failed(f"{name} as JSON", "it is no object")
    return Check(f"{name} as JSON", Outcome.OK)


def _provenance(archive: Archive, described: Sequence[dict[str, Any]]) -> Check:
    """Check that the provenance says what the event and the captures say, and nothing else."""
    about = f"{PROV} against {EVENT} and {CAPTURES}"
    try:
        event, said = read_json(archive, EVENT), read_json(archive, PROV)
        if event["format"] != EVENT_FORMAT:
            return Check(about, Outcome.NOT_CHECKED, f"no {EVENT_FORMAT}: {event['format']}")
        is_same = said == json.loads(json.dumps(prov_document(event, list(described))))
    except (BadArchive, *NOT_AS_IT_SHOULD_BE) as bad:
        return failed(about, bad)
    return Check(about, Outcome.OK) if is_same else failed(about, "it says something else")


def _readme(archive: Archive, described: Sequence[dict[str, Any]]) -> Check:
    """Say whether what people are told to do is what we tell them: another version may have written
    it, and a stranger, where nobody has signed the list.
    """
    about = f"words of {README}"
    try:
        ours = write_readme(
            captures=len(described),
            stamped=stamped(described),
            is_list_stamped=f"timestamps/{NAME}.tsr" in archive.names,
            has_certificates=CERTIFICATES in archive.names,
        )
        is_ours = archive.read(README, limit=MOST_JSON_BYTES) == ours
    except (BadArchive, *NOT_AS_IT_SHOULD_BE) as bad:
        return failed(about, bad)
    if is_ours:
        return Check(about, Outcome.OK)
    detail = "not what this version of Factcheck writes: do not run commands from it unread"
    return Check(about, Outcome.NOT_CHECKED, detail)
