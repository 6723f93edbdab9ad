"""Brings an installation up to date before it serves: tables, files made from ours, the demo."""

import hashlib
import os
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from factcheck.catalogues import compile_changed_catalogues
from factcheck.database import is_embedded


class Command(BaseCommand):
    """Run at every start; does nothing that is done already."""

    help = "Migrate, compile translations, collect static files and, on first run, make the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the steps in order; the demo is never made on a real server without DEMO=1."""
        call_command("migrate", interactive=False, verbosity=0)
        compile_changed_catalogues(settings.LOCALE_PATHS[0])
        collect_changed_files()
        if is_embedded(os.environ) or os.environ.get("DEMO") == "1":
            call_command("create_demo", sign_ins=str(settings.VAR_DIR / "first-sign-in.txt"))


def collect_changed_files() -> None:
    """Collect static files unless these very files were collected before: hashing takes seconds."""
    stamp = settings.STATIC_ROOT / ".collected"
    current = static_fingerprint()
    if stamp.exists() and stamp.read_text() == current:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(current)


def static_fingerprint() -> str:
    """Return what identifies every static file: its path, size and time of change."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
