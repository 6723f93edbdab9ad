"""A backup file: a tar of the database, the stored files and the keys, closed by a manifest.

The manifest comes last and names every other member with its SHA-256, so a file that was cut or
changed is refused before anything is touched.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from factcheck.errors import StartRefused

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database.dump"
FOLDERS = ("files", "keys")


@dataclass
class Manifest:
    """What a backup holds: SHA-256 by member, and the migrations its database had."""

    created_at: str
    migrations: list[str]
    format: int = FORMAT
    members: dict[str, str] = field(default_factory=dict)


def write_archive(target: Path, dump: Path, var: Path, migrations: list[str]) -> Manifest:
    """Write the backup in one step, readable by its owner alone: it holds the keys."""
    manifest = Manifest(datetime.now(UTC).isoformat(timespec="seconds"), migrations)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
                add_file(archive, manifest, DATABASE, dump)
                for path in stored_files(var):
                    add_file(archive, manifest, str(path.relative_to(var)), path)
                add_manifest(archive, manifest)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return manifest


def stored_files(var: Path) -> Iterator[Path]:
    """Yield the stored files and keys, in a stable order."""
    for folder in FOLDERS:
        yield from sorted(path for path in (var / folder).rglob("*") if path.is_file())


def add_file(archive: tarfile.TarFile, manifest: Manifest, name: str, path: Path) -> None:
    """Add one file and note its hash."""
    with path.open("rb") as stream:
        manifest.members[name] = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        member = tarfile.TarInfo(name)
        member.size, member.mode = path.stat().st_size, 0o600
        archive.addfile(member, stream)


def add_manifest(archive: tarfile.TarFile, manifest: Manifest) -> None:
    """Close the archive with its manifest."""
    content = json.dumps(asdict(manifest), indent=2).encode()
    member = tarfile.TarInfo(MANIFEST)
    member.size, member.mode = len(content), 0o600
    archive.addfile(member, io.BytesIO(content))


@contextmanager
def unpacked(source: Path) -> Iterator[tuple[Path, Manifest]]:
    """Unpack a backup into a private folder for as long as needed; raises StartRefused if cut."""
    with tempfile.TemporaryDirectory(prefix="factcheck-restore-") as name:
        folder = Path(name)
        try:
            with tarfile.open(source, "r:") as archive:
                for member in archive:
                    unpack(archive, member, folder)
        except (OSError, tarfile.TarError) as error:
            raise StartRefused(f"{source} is not a whole backup: {error}") from error
        yield folder, read_manifest(source, folder)


def unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one plain file of the archive below the folder; raises TarError for anything else.

    By hand, because the safe way of `extractall` came with Python 3.11.4 only.
    """
    target = (folder / member.name).resolve()
    if not member.isreg() or not target.is_relative_to(folder.resolve()):
        raise tarfile.ExtractError(f"{member.name} does not belong into a backup")
    content = archive.extractfile(member)
    assert content is not None  # A regular file has content.
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, target.open("xb") as written:
        shutil.copyfileobj(content, written)


def read_manifest(source: Path, folder: Path) -> Manifest:
    """Read the manifest and hold every unpacked file against it."""
    if not (folder / MANIFEST).exists():
        raise StartRefused(f"{source} is not a whole backup: its manifest is missing.")
    try:
        content = json.loads((folder / MANIFEST).read_text())
        written_as = content.get("format")
        manifest = Manifest(**content) if written_as == FORMAT else None
    except (ValueError, AttributeError, TypeError) as error:
        raise StartRefused(f"{source} is damaged: its manifest cannot be read.") from error
    if manifest is None:
        raise StartRefused(f"{source} was written by another release (format {written_as}).")
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if found - {MANIFEST} != set(manifest.members):
        raise StartRefused(f"{source} does not hold the files that its manifest names.")
    for name, expected in manifest.members.items():
        with (folder / name).open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != expected:
                raise StartRefused(f"{source} is damaged: {name} is not what was backed up.")
    return manifest
