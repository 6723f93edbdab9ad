"""Put a backup in the place of everything that is here."""

import os
import shutil
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.migrations.loader import MigrationLoader

from factcheck.archive import DATABASE, FOLDERS, Manifest, unpacked
from factcheck.database import DatabaseRole, database_url
from factcheck.dumps import is_empty, others_connected, restore_database


class Command(BaseCommand):
    """`manage.py restore FILE`, with web server and workers stopped."""

    help = "Restore database, stored files and keys from FILE into an empty installation."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and whether what is here may go."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--force", action="store_true", help="delete the accounts and files that are here"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check everything, restore in one transaction, then migrate what is older."""
        owner = database_url(os.environ, DatabaseRole.OWNER)
        self._check_place(owner, force=options["force"])
        with unpacked(options["file"]) as (folder, manifest):
            self._check_release(manifest)
            # Whatever can go wrong with files does so before the database is touched.
            staged = [stage_folder(folder / name, settings.VAR_DIR / name) for name in FOLDERS]
            restore_database(owner, folder / DATABASE)
            left = [swap_folder(staging, target) for staging, target in staged]
        call_command("migrate", interactive=False, verbosity=0)
        with psycopg.connect(owner, autocommit=True) as session:
            session.execute("ANALYZE")
        self.stdout.write(f"Restored the backup of {manifest.created_at}.")
        for old in filter(None, left):
            self.stderr.write(f"{old} could not be deleted: it holds what was here before.")

    def _check_place(self, owner: str, *, force: bool) -> None:
        if others_connected(owner):
            raise CommandError("Others use this database: stop the web server and workers first.")
        if force:
            return
        files = settings.VAR_DIR / "files"
        if not is_empty(owner) or (files.is_dir() and any(files.iterdir())):
            raise CommandError(
                "There are accounts or files here already; say --force to delete them."
            )

    def _check_release(self, manifest: Manifest) -> None:
        known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
        unknown = sorted(set(manifest.migrations) - known)
        if unknown:
            raise CommandError(
                f"The backup comes from a newer release: {unknown[0]} is not known here."
            )


def stage_folder(source: Path, target: Path) -> tuple[Path, Path]:
    """Copy a folder of the backup beside ours, ready to take its place; raises CommandError."""
    staging = target.with_name(f".{target.name}.restored")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staging, ignore_errors=True)
        if source.is_dir():
            shutil.copytree(source, staging)
        else:
            staging.mkdir()
        for path in (staging, *staging.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
    except OSError as error:
        raise CommandError(
            f"Nothing was restored: {error.filename or target.parent} cannot be written "
            f"({error.strerror})."
        ) from error
    return staging, target


def swap_folder(staging: Path, target: Path) -> Path | None:
    """Put the copy in the place of ours; return ours if it could not be deleted then."""
    old = target.with_name(f".{target.name}.replaced")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    staging.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return old if old.exists() else None
