"""Stored files that hold the words: finding them, and what takes their place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from annotations.articles.models import ArticleUpload
from annotations.articles.uploads import HTML_TYPE
from annotations.captures.models import StoredFile
from annotations.captures.reading import PROOF_TYPE, packed_texts, warc_texts
from annotations.captures.services import bytes_forget, file_open, file_read
from annotations.captures.storage import address_of, file_storage
from annotations.captures.wacz import MEDIA_TYPE as WACZ_TYPE
from annotations.captures.warc import MEDIA_TYPE as WARC_TYPE
from annotations.moderation.redactions.models import Redaction, RedactionFile
from annotations.moderation.redactions.patterns import redact

NOTE_TYPE = "text/plain"
BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


@dataclass(frozen=True, slots=True)
class ReadText:
    """A file's text, and the encoding it is written back in."""

    text: str
    encoding: str


def files_found(redaction: Redaction, pattern: str) -> Iterator[RedactionFile]:
    """Yield an unsaved row for each file of the project that holds the words, and for each that
    cannot be searched and belongs to a row that holds them.

    A file that is no text and shows the words all the same is proposed to be replaced.
    """
    beside = _files_beside(redaction, pattern)
    rows = StoredFile.objects.filter(project=redaction.project).order_by("pk")
    for stored in rows.iterator(chunk_size=50):
        times = _times(stored, pattern)
        shows = times is None and _shows(stored, pattern)
        # A page's words may be cut by its tags, so what was not found in it may still be there.
        is_unsure = times is None or stored.media_type == HTML_TYPE
        if times or shows or (is_unsure and stored.pk in beside):
            yield RedactionFile(
                redaction=redaction,
                file=stored,
                times=times,
                is_replaced=shows,
                sha256_before=stored.sha256,
            )


def files_are_as_found(redaction: Redaction, pattern: str) -> bool:
    """Say whether the same files would be found now, with the same contents."""
    shown = set(redaction.files.values_list("file_id", "times", "sha256_before"))
    now = {(one.file_id, one.times, one.sha256_before) for one in files_found(redaction, pattern)}
    return shown == now


def files_overwrite(redaction: Redaction, pattern: str) -> None:
    """Give each file to be changed its new bytes, in its row; the old ones stay for the moment,
    as the transaction may still fail.
    """
    for one in redaction.files.select_related("file"):
        content = _new_content(one, pattern)
        if content is None:
            continue
        stored = one.file
        one.sha256_after = file_storage().save(content)
        one.save(update_fields=["sha256_after"])
        stored.sha256, stored.size = one.sha256_after, len(content)
        if one.is_replaced:
            stored.media_type, stored.name = NOTE_TYPE, f"redacted-{stored.pk}.txt"
        stored.save(update_fields=["sha256", "size", "media_type", "name"])


def files_forget(redaction: Redaction) -> None:
    """Delete the old bytes, unless another project has a row for them."""
    for one in redaction.files.exclude(sha256_after=""):
        bytes_forget(one.sha256_before)


def _new_content(one: RedactionFile, pattern: str) -> bytes | None:
    if one.is_replaced:
        # With its own name in it: the same bytes would be the same file.
        note = f"[redacted]\n\nThis file was replaced. It was file {one.file.uid}.\n"
        return note.encode()
    read = _read(one.file) if one.times else None
    if read is None:
        return None
    text, _times = redact(read.text, pattern)
    content = text.encode(read.encoding)
    taken = StoredFile.objects.filter(project=one.file.project, sha256=address_of(content))
    if taken.exists():
        content = f"{text}\n[{one.file.uid}]\n".encode(read.encoding)
    return content


def _times(stored: StoredFile, pattern: str) -> int | None:
    read = _read(stored)
    return None if read is None else redact(read.text, pattern)[1]


def _read(stored: StoredFile) -> ReadText | None:
    """Return the file's text; None for what is no text, or lost."""
    content = _content(stored) if stored.media_type.startswith("text/") else None
    if content is None:
        return None
    for encoding in _encodings(stored, content):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return None if "\0" in text else ReadText(text, encoding)
    return None


def _shows(stored: StoredFile, pattern: str) -> bool:
    """Say whether the words stand in the bytes of something that is no text."""
    if stored.media_type in (PROOF_TYPE, WACZ_TYPE):
        return _packed_shows(stored, pattern)
    content = _content(stored) or b""
    if stored.media_type == WARC_TYPE:
        return any(redact(text, pattern)[1] for text in warc_texts(content))
    return redact(content.decode("utf-8", "replace"), pattern)[1] > 0


def _packed_shows(stored: StoredFile, pattern: str) -> bool:
    """Say whether the words stand in a proof bundle, which may be too large to be held."""
    try:
        with file_open(stored) as archive:
            return any(redact(text, pattern)[1] for text in packed_texts(archive))
    except FileNotFoundError:
        return False


def _content(stored: StoredFile) -> bytes | None:
    try:
        return file_read(stored)
    except FileNotFoundError:
        return None


def _encodings(stored: StoredFile, content: bytes) -> Iterable[str]:
    for bom, encoding in BOMS.items():
        if content.startswith(bom):
            return [encoding]
    chosen = ArticleUpload.objects.filter(file=stored).exclude(encoding="")
    return ["utf-8", *chosen.values_list("encoding", flat=True)]


def _files_beside(redaction: Redaction, pattern: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT factcheck_files_beside(%s, %s)", [redaction.project_id, pattern])
        return {row[0] for row in cursor.fetchall()}
