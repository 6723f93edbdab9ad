"""Writing a proof bundle: a zip archive, one captured file held at a time.

The same rows make the same bytes, but for the token over the list of files: nothing in it says
when or for whom it was made, and no file has a date.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import IO, Any

from annotations.captures.download import MOST_BYTES, capture_warc
from annotations.captures.failures import FetchFailed
from annotations.captures.models import Capture
from annotations.captures.reading import MOST_WARC_BYTES, capture_text
from annotations.captures.stamping import Stamp, authority_pem, stamp_of
from annotations.captures.warc_reading import BadWarc, read_answers
from annotations.exchange.proof import manifest
from annotations.exchange.proof.documents import utc
from annotations.exchange.proof.manifest import MOST_FILES
from annotations.exchange.proof.prov import prov_document
from annotations.exchange.proof.readme import write_readme
from annotations.exchange.proof.texts import text_again
from annotations.lib.errors import Conflict

README = "README.txt"
CAPTURES_FORMAT = "factcheck-captures/1"
# The README, the list, what was asked about it and answered; folders, where it is packed again.
_BESIDE = 8
Json = dict[str, Any]
# Stamps the list of files; None where no authority answers.
Stamping = Callable[[bytes], Stamp | None]


@dataclass(frozen=True, slots=True)
class Placed:
    """A capture and what it is to the event: taken before it, after it, or of another page."""

    place: str
    capture: Capture


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing a bundle."""

    captures: int
    stamped_at: datetime | None


class TooLarge(Exception):
    """The captured files are more, or larger, than a bundle holds."""


class Packing:
    """An archive being written, and the digests of what is in it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._size = 0
        self.digests: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> str:
        """Put a file in; return its digest. Raises TooLarge."""
        self._size += len(content)
        if self._size > MOST_BYTES or len(self.digests) >= MOST_FILES - _BESIDE:
            raise TooLarge
        self.store(name, content)
        self.digests[name] = sha256(content).hexdigest()
        return self.digests[name]

    def add_json(self, name: str, value: Json) -> None:
        """Put a JSON file in, written for people too."""
        self.add(name, (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())

    def store(self, name: str, content: bytes) -> None:
        """Put a file in that the list does not name; like all of them, under no date of its own."""
        about = zipfile.ZipInfo(name)
        about.external_attr = 0o644 << 16
        # The system it was written on would otherwise be named.
        about.create_system = 3
        self._archive.writestr(about, content)


def write_bundle(
    stream: IO[bytes], *, event: Json, captures: Sequence[Placed], stamping: Stamping | None = None
) -> Written:
    """Write a bundle to a stream that can seek. Raises TooLarge above 200 MB of captured files."""
    ordered = sorted(captures, key=lambda one: (one.capture.taken_at, one.capture.uid))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        packing = Packing(archive)
        described = [_add_capture(packing, n, one) for n, one in enumerate(ordered, 1)]
        packing.add_json("event.json", event)
        packing.add_json("captures.json", {"format": CAPTURES_FORMAT, "captures": described})
        packing.add_json("prov.json", prov_document(event, described))
        stamped = [one["name"] for one in described if one["time_stamp"]]
        pem = _certificates() if stamped or stamping else b""
        if pem:
            packing.add("timestamps/authority.pem", pem)
        readme = partial(
            write_readme, captures=len(described), stamped=stamped, has_certificates=bool(pem)
        )
        stamp = _close(packing, readme, stamping)
    return Written(len(described), stamp.stamped_at if stamp else None)


def _certificates() -> bytes:
    """Return the authority's certificates; none where their file cannot be read just now."""
    try:
        return authority_pem()
    except OSError:
        return b""


def _close(
    packing: Packing, readme: Callable[..., bytes], stamping: Stamping | None
) -> Stamp | None:
    """Put in what says how to check it all, the list of files, and the token over the list.

    The list names what the README says, and the README whether there is a token over the list.
    """
    for is_stamped in (True, False) if stamping else (False,):
        content = readme(is_list_stamped=is_stamped)
        digests = packing.digests | {README: sha256(content).hexdigest()}
        listed = manifest.write_manifest(digests)
        stamp = stamping(listed) if stamping and is_stamped else None
        if stamp is not None or not is_stamped:
            break
    packing.store(README, content)
    packing.store(manifest.NAME, listed)
    if stamp is not None:
        packing.store(f"timestamps/{manifest.NAME}.tsq", stamp.request)
        packing.store(f"timestamps/{manifest.NAME}.tsr", stamp.reply)
    return stamp


def _add_capture(packing: Packing, n: int, placed: Placed) -> Json:
    """Put what was archived of a capture in, and return what captures.json says of it."""
    capture, name = placed.capture, f"{n:03d}-{placed.place}"
    described = _described(capture) | {"name": name, "place": placed.place}
    try:
        content = capture_warc(capture)
    except Conflict:
        why = "not_kept" if capture.file_id else "nothing_archived"
        return described | {"file_note": why, "text_note": why}
    described["file"] = f"warc/{name}.warc.gz"
    described["file_sha256"] = packing.add(described["file"], content)
    text, described["text_note"] = _text(capture, content)
    if text is not None:
        described["text"]["file"] = f"texts/{name}.txt"
        packing.add(described["text"]["file"], text)
    stamp = stamp_of(capture, content)
    if stamp is not None:
        described["time_stamp"] = {
            "authority": stamp.authority_url,
            "stamped_at": utc(stamp.stamped_at),
            "request": f"timestamps/{name}.tsq",
            "reply": f"timestamps/{name}.tsr",
        }
        packing.add(described["time_stamp"]["request"], bytes(stamp.request))
        packing.add(described["time_stamp"]["reply"], bytes(stamp.reply))
    return described


def _described(capture: Capture) -> Json:
    quality = capture.quality
    return {
        "uid": str(capture.uid),
        "url": capture.url,
        "canonical_url": capture.canonical_url,
        "final_url": capture.final_url,
        "memento_url": capture.memento_url,
        "origin": capture.origin,
        "taken_at": utc(capture.taken_at),
        "recorded_at": utc(capture.created_at),
        "status": capture.status,
        "failure": capture.failure,
        "redirects": capture.redirects,
        "media_type": capture.media_type,
        "quality": {
            "kind": quality.kind.value,
            "score": quality.score,
            "reasons": list(quality.reasons),
        },
        "body": {"sha256": capture.body_sha256, "size": capture.body_size},
        "text": {
            "sha256": capture.text_sha256,
            "length": capture.text_length,
            "extractor": capture.extractor,
            "file": None,
        },
        "text_note": "",
        "record_id": capture.record_id,
        "payload_digest": capture.payload_digest,
        "file": None,
        "file_sha256": None,
        "file_note": "",
        "time_stamp": None,
    }


def _text(capture: Capture, content: bytes) -> tuple[bytes | None, str]:
    """Return the page's text as it was read then, kept or read again from the page; else a note."""
    if not capture.extractor:
        return None, "no_text"
    kept = (capture_text(capture) or "").encode("utf-8", "replace")
    if _is_the_text(kept, capture):
        return kept, ""
    try:
        # Read to the end: a reader of WARC that is left half way holds the file for longer.
        answers = read_answers(content, limit=MOST_WARC_BYTES)
        found = [one for one in answers if one.record_id == capture.record_id]
        text = text_again(found[0], url=capture.final_url, extractor=capture.extractor)
    except (IndexError, BadWarc, FetchFailed):
        return None, "not_kept"
    if text is None:
        return None, "read_by_another_version"
    return (text, "") if _is_the_text(text, capture) else (None, "reads_differently_now")


def _is_the_text(text: bytes, capture: Capture) -> bool:
    return sha256(text).hexdigest() == capture.text_sha256
