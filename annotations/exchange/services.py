"""Making an export: the stream of its bytes, and the row that remembers it."""

import hashlib
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.exchange.formats import FORMAT_NAMES, FORMATS, Format, find_format
from annotations.exchange.models import ExportRelease
from annotations.exchange.read import Reading, read_records
from annotations.exchange.records import Closing, ExportedRecord
from annotations.exchange.snapshot import open_snapshot
from annotations.lib.errors import InvalidInput
from annotations.projects.models import Project

_STAMP = "%Y%m%dT%H%M%SZ"


class UnknownFormat(InvalidInput):
    """There is no format of that name."""


@dataclass(frozen=True)
class Export:
    """An export on its way: nothing is read until `content` is."""

    release: ExportRelease
    format: Format
    content: Generator[bytes]

    @property
    def filename(self) -> str:
        """Return a name that says what of which project, and when."""
        moment = self.release.known_at
        made = self.release.created_at.strftime(_STAMP)
        known = "" if moment is None else f"-known-at-{moment.astimezone(UTC).strftime(_STAMP)}"
        return f"{self.release.project.slug}-{made}{known}.{self.format.extension}"


def export_open(
    *,
    actor: User | None,
    project: Project,
    format: str,
    with_history: bool = False,
    seen_by: User | None = None,
    known_at: datetime | None = None,
) -> Export:
    """Return an export of what `seen_by` may see; without a viewer, of everything.

    `actor` is who asked (None: the system). With `known_at`, it holds what was known at that moment
    of what the viewer may see now. Raises UnknownFormat, and InvalidInput for a history or a past
    that the format cannot hold. The release is finished when
    the content has been read to its end; if reading fails or stops, it stays unfinished and the
    content has no closing record.
    """
    chosen = _chosen_format(format, with_history)
    if known_at is not None:
        _check_holds_the_past(chosen)
    release = ExportRelease.objects.create(
        project=project,
        created_by=actor or User.objects.system(),
        format=chosen.name,
        seen_by=seen_by,
        with_history=with_history,
        known_at=known_at,
    )
    reading = Reading(
        project=project,
        viewer=seen_by,
        with_history=release.with_history,
        in_context=chosen.in_context,
        sections=chosen.sections,
        known_at=known_at,
    )
    return Export(release, chosen, _content(release, chosen, reading))


def _chosen_format(name: str, with_history: bool) -> Format:
    chosen = find_format(name)
    if chosen is None:
        raise UnknownFormat(
            _("There is no export format “%(name)s”. There are: %(known)s."),
            field="format",
            params={"name": name, "known": ", ".join(FORMAT_NAMES)},
        )
    if with_history and "history" not in chosen.sections:
        raise InvalidInput(
            _("The format “%(name)s” holds no history. These do: %(known)s."),
            field="with_history",
            params={"name": name, "known": ", ".join(_with_history())},
        )
    return chosen


def _check_holds_the_past(chosen: Format) -> None:
    """Refuse a format that would not say that it holds the past: that would pass for now."""
    if "history" not in chosen.sections:
        raise InvalidInput(
            _("The format “%(name)s” does not say of which moment it is. These do: %(known)s."),
            field="known_at",
            params={"name": chosen.name, "known": ", ".join(_with_history())},
        )


def _with_history() -> list[str]:
    return [each.name for each in FORMATS if "history" in each.sections]


def _content(release: ExportRelease, chosen: Format, reading: Reading) -> Generator[bytes]:
    """Yield the bytes from one snapshot, and keep the release's account of them."""
    digest = hashlib.sha256()
    size = 0
    counts: dict[str, int] = {}
    finished = False
    try:
        with open_snapshot() as snapshot, closing(read_records(snapshot, reading)) as records:
            for chunk in chosen.write(_counted(records, counts)):
                digest.update(chunk)
                size += len(chunk)
                yield chunk
        finished = True
    finally:
        # Also reached when whoever reads goes away: the release then stays unfinished.
        ExportRelease.objects.filter(pk=release.pk).update(
            counts=counts,
            size=size,
            sha256=digest.hexdigest() if finished else "",
            finished_at=timezone.now() if finished else None,
        )


def _counted(records: Iterator[ExportedRecord], counts: dict[str, int]) -> Iterator[ExportedRecord]:
    """Pass records on and keep what the closing one says."""
    for record in records:
        if isinstance(record, Closing):
            counts.update(record.counts)
        yield record
