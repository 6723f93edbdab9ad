"""Brings an installation up to date before it serves: tables, static files, the first demo."""

import os
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from factcheck.database import is_embedded


class Command(BaseCommand):
    """Run at every start; does nothing that is done already."""

    help = "Migrate, collect static files and, on first run, make the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the steps in order; the demo is never made on a real server without DEMO=1."""
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        wants_demo = is_embedded(os.environ) or os.environ.get("DEMO") == "1"
        if wants_demo and "create_demo" in get_commands():
            call_command("create_demo", sign_ins=str(settings.VAR_DIR / "first-sign-in.txt"))
