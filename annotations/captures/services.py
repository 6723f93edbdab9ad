"""Keeping files that were handed in, and letting go of those nobody needs."""

import os
from collections.abc import Iterator
from io import BytesIO
from typing import IO

from django.db import connection, transaction
from django.db.models import ForeignObjectRel

from annotations.accounts.models import User
from annotations.captures.models import StoredFile
from annotations.captures.storage import address_of, address_of_stream, file_storage
from annotations.projects.models import Project

LONGEST_NAME = 255


def file_store(
    *, actor: User, project: Project, content: bytes, name: str, media_type: str
) -> StoredFile:
    """Keep a file's bytes and return its row; the same bytes are one file in a project.

    The bytes are safely there before the row is: a row never names a missing file.
    """
    stream = BytesIO(content)
    return stream_store(
        actor=actor, project=project, content=stream, name=name, media_type=media_type
    )


def stream_store(
    *, actor: User, project: Project, content: IO[bytes], name: str, media_type: str
) -> StoredFile:
    """Do the same with a stream that can seek, of which a piece is held at a time."""
    size = content.seek(0, os.SEEK_END)
    with transaction.atomic():
        _lock_address(address_of_stream(content))
        address = file_storage().save_stream(content)
        stored, _made = StoredFile.objects.get_or_create(
            project=project,
            sha256=address,
            defaults={
                "size": size,
                "media_type": media_type,
                "name": clean_name(name),
                "created_by": actor,
            },
        )
    return stored


def file_read(stored: StoredFile) -> bytes:
    """Return the file's bytes. Raises FileNotFoundError when the installation lost them."""
    return file_storage().read(stored.sha256)


def file_open(stored: StoredFile) -> IO[bytes]:
    """Return the file as a stream that can seek. Raises FileNotFoundError."""
    return file_storage().open(stored.sha256)


def file_pieces(stored: StoredFile) -> Iterator[bytes]:
    """Yield the file a piece at a time; it is open only while it is read.

    Raises FileNotFoundError at once.
    """
    file_open(stored).close()
    return _pieces(stored)


def _pieces(stored: StoredFile) -> Iterator[bytes]:
    with file_open(stored) as stream:
        while piece := stream.read(64 * 1024):
            yield piece


def files_hold() -> None:
    """Let no redaction overwrite anything until the transaction ends.

    It holds tables with words still, those of files among them, and waits for who writes to them:
    what is written now out of files and texts, as they are now, is found by it afterwards.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {StoredFile._meta.db_table} IN ROW EXCLUSIVE MODE")


def file_is_used(stored: StoredFile) -> bool:
    """Say whether any row, or the history of any, still names the file."""
    references = [
        (one.related_model, one.field.name)
        for one in StoredFile._meta.get_fields(include_hidden=True)
        if isinstance(one, ForeignObjectRel)
    ]
    return any(
        model._base_manager.filter(**{name: stored}).exists()
        for model, name in references
        if isinstance(model, type)
    )


def file_drop(*, stored: StoredFile) -> None:
    """Delete a file that nothing refers to any more; its bytes go once the transaction commits.

    Raises ProtectedError while anything refers to it. Bytes that another project has too stay.
    """
    address = stored.sha256
    stored.delete()
    transaction.on_commit(lambda: bytes_forget(address))


def file_forget(*, content: bytes) -> None:
    """Let go of bytes whose row was never committed, because what needed them was refused."""
    bytes_forget(address_of(content))


def bytes_forget(address: str) -> None:
    """Delete the bytes unless some project has a row for them, or is just about to have one."""
    with transaction.atomic():
        _lock_address(address)
        if not StoredFile.objects.filter(sha256=address).exists():
            file_storage().delete(address)


def clean_name(name: str) -> str:
    """Return the last part of a file's name without control characters, shortened at its start."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[-LONGEST_NAME:] or "file"


def _lock_address(address: str) -> None:
    """Wait for whoever keeps or forgets the same bytes, until their transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [address])
