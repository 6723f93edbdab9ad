"""Write database, stored files and keys to one file."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from factcheck.archive import write_archive
from factcheck.database import DatabaseRole, database_url
from factcheck.dumps import dump_database


class Command(BaseCommand):
    """`manage.py backup FILE`; may run while people work."""

    help = "Write a backup of the database, the stored files and the keys to FILE (a tar)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and whether it may replace an older one."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="replace FILE if it exists")

    def handle(self, *args: Any, **options: Any) -> None:
        """Dump first: stored files never change, so every file the dump names is still there."""
        target: Path = options["file"].absolute()
        if target.exists() and not options["force"]:
            raise CommandError(f"{target} exists; say --force to replace it.")
        if not os.access(target.parent, os.W_OK):
            raise CommandError(f"{target.parent} cannot be written.")
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
            dump = Path(folder) / "database.dump"
            dump_database(database_url(os.environ, DatabaseRole.OWNER), dump)
            manifest = write_archive(target, dump, settings.VAR_DIR, applied_migrations())
        self.stdout.write(f"{target}: {len(manifest.members)} files, {target.stat().st_size} bytes")


def applied_migrations() -> list[str]:
    """Return the migrations that the database has, as `app.name`."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)
