"""Keeping files that were handed in, and letting go of those nobody needs."""

from django.db import connection, transaction
from django.db.models import ForeignObjectRel

from annotations.accounts.models import User
from annotations.captures.models import StoredFile
from annotations.captures.storage import address_of, file_storage
from annotations.projects.models import Project

LONGEST_NAME = 255


def file_store(
    *, actor: User, project: Project, content: bytes, name: str, media_type: str
) -> StoredFile:
    """Keep a file's bytes and return its row; the same bytes are one file in a project.

    The bytes are safely there before the row is: a row never names a missing file.
    """
    with transaction.atomic():
        _lock_address(address_of(content))
        address = file_storage().save(content)
        stored, _made = StoredFile.objects.get_or_create(
            project=project,
            sha256=address,
            defaults={
                "size": len(content),
                "media_type": media_type,
                "name": clean_name(name),
                "created_by": actor,
            },
        )
    return stored


def file_read(stored: StoredFile) -> bytes:
    """Return the file's bytes. Raises FileNotFoundError when the installation lost them."""
    return file_storage().read(stored.sha256)


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
    transaction.on_commit(lambda: _forget(address))


def file_forget(*, content: bytes) -> None:
    """Let go of bytes whose row was never committed, because what needed them was refused."""
    _forget(address_of(content))


def _forget(address: str) -> None:
    """Delete the bytes unless some project has a row for them."""
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
