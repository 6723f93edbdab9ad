"""Files handed in as evidence: what they are, how large they may be, and their keeping."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.captures.services import clean_name, file_store
from annotations.lib.errors import InvalidInput
from annotations.lib.file_kinds import kind_of, name_with_ending, recognise
from annotations.projects.models import Project
from annotations.verification.evidence.models import Evidence

NO_FILE: dict[str, Any] = {"file": None, "file_name": "", "file_type": ""}


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as it was handed in; what it calls itself proves nothing."""

    name: str
    content: bytes


def check_file_size(size: int) -> None:
    """Raise InvalidInput for a file of more bytes than this installation keeps."""
    if size > settings.EVIDENCE_FILE_BYTES:
        raise InvalidInput(
            _("The file is larger than %(limit)d MiB."),
            field="file",
            params={"limit": settings.EVIDENCE_FILE_BYTES // (1024 * 1024)},
        )


def check_file(given: GivenFile) -> None:
    """Raise InvalidInput unless the file is small enough and of a kind that can be kept."""
    check_file_size(len(given.content))
    recognise(given.content)


def keep_file(actor: User, project: Project, given: GivenFile) -> dict[str, Any]:
    """Keep the bytes and return the columns that name them. Raises InvalidInput."""
    check_file_size(len(given.content))
    kind = recognise(given.content)
    name = name_with_ending(clean_name(given.name), kind)
    stored = file_store(
        actor=actor,
        project=project,
        content=given.content,
        name=name,
        media_type=kind.media_type,
    )
    return {"file": stored, "file_name": name, "file_type": kind.media_type}


def saved_name(evidence: Evidence) -> str:
    """Return what the file is called when it is saved: its ending is its content's."""
    return name_with_ending(evidence.file_name, kind_of(evidence.file_type))
