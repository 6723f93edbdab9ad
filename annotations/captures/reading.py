"""Reading a capture back out of the WARC file it is kept in."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from annotations.captures.answers import Conditions
from annotations.captures.failures import FailureCode, FetchFailed
from annotations.captures.fetching import MOST_BODY_BYTES
from annotations.captures.models import Capture, StoredFile
from annotations.captures.page import decode_page
from annotations.captures.services import file_read
from annotations.captures.warc_reading import Archived, BadWarc, plain_files, read_answers
from annotations.captures.zipped import BROKEN_ZIP, BadMember, member_pieces

# Of one file, once it is unpacked: what a fetch may hold, and uploads several times over.
MOST_WARC_BYTES = 4 * MOST_BODY_BYTES
# What a proof bundle is stored as: an archive of ours that is searched file by file.
PROOF_TYPE = "application/vnd.factcheck.proof+zip"


def digests_of(*captures: Capture | None) -> frozenset[tuple[int, str]]:
    """Return the files that captures are read from, each with the digest of its bytes as they are
    now: a redaction gives a file others.
    """
    named = [(one.file_id, one.text_file_id) for one in captures if one is not None]
    ids = {pk for both in named for pk in both if pk is not None}
    rows = StoredFile.objects.filter(pk__in=ids)
    return frozenset(rows.values_list("pk", "sha256"))


def conditions_of(capture: Capture) -> Conditions:
    """Return what a later question may name, so that the same page need not come again."""
    last = capture.hops[-1] if capture.hops else {}
    found = {str(name).lower(): str(value) for name, value in last.get("headers", [])}
    url = str(last.get("url", ""))
    return Conditions(found.get("etag", ""), found.get("last-modified", ""), url)


def capture_answer(capture: Capture) -> Archived | None:
    """Return the capture's answer as its file has it; None where there is no file or no answer.

    Raises FileNotFoundError when the installation lost the file, and BadWarc when it was replaced.
    """
    if capture.file is None or not capture.record_id:
        return None
    for answer in read_answers(file_read(capture.file), limit=MOST_WARC_BYTES):
        if answer.record_id == capture.record_id and not answer.is_repeated:
            return answer
    raise BadWarc("the record is not in the file any more")


def capture_body(capture: Capture) -> bytes:
    """Return the body of the capture's answer, unpacked; its SHA-256 is `body_sha256`.

    Raises the errors of `capture_answer`, and FetchFailed where it cannot be unpacked.
    """
    answer = capture_answer(capture)
    if answer is None:
        raise FetchFailed(FailureCode(capture.failure or FailureCode.BROKEN_OFF))
    return answer.body(limit=MOST_BODY_BYTES)


def capture_text(capture: Capture) -> str | None:
    """Return the text of a good page as it was read then; None where there is none, or no more."""
    if capture.text_file is None:
        return None
    try:
        return file_read(capture.text_file).decode("utf-8", "replace")
    except FileNotFoundError:
        return None


def packed_texts(archive: IO[bytes]) -> Iterator[str]:
    """Yield what can be read in a zip archive of ours: names, texts, and all of its WARC files.

    For finding words. What cannot be read is passed by, and what stands behind it is not; of what
    is larger than a file of ours, the beginning is read.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            for one in packed.infolist():
                yield one.filename
                content = _beginning(packed, one)
                if one.filename.endswith((".warc", ".warc.gz")):
                    yield from warc_texts(content)
                else:
                    yield from _said(one.filename, content)
    except BROKEN_ZIP:
        return


def _beginning(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a file as far as it can be read, and within the bound; it may claim any size."""
    content = bytearray()
    with suppress(BadMember):
        for piece in member_pieces(packed, member):
            content += piece
            if len(content) > MOST_WARC_BYTES:
                break
    return bytes(content[:MOST_WARC_BYTES])


def _said(name: str, content: bytes) -> Iterator[str]:
    """Yield a file's text; of JSON, each string as it reads: written, a line's end is letters."""
    text = content.decode("utf-8", "replace")
    yield text
    if name.endswith((".json", ".jsonl", ".cdxj")):
        for line in [text, *text.splitlines()]:
            try:
                yield from _strings(json.loads(line[line.find("{") :]))
            except (ValueError, RecursionError):
                continue


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def warc_texts(content: bytes) -> Iterator[str]:
    """Yield what can be read in a WARC file: its bytes; addresses, headers and unpacked bodies.

    For finding words: a file that cannot be read comes back as its bytes, with U+FFFD for the rest.
    """
    yield content.decode("utf-8", "replace")
    try:
        for plain in plain_files(content, MOST_WARC_BYTES):
            yield plain.decode("utf-8", "replace")
        for answer in read_answers(content, limit=MOST_WARC_BYTES):
            yield "\n".join([answer.url, *(f"{name}: {value}" for name, value in answer.headers)])
            try:
                body = answer.body(limit=MOST_BODY_BYTES)
            except FetchFailed:
                body = answer.payload
            yield decode_page(body, answer.charset)[0]
    except BadWarc:
        return
