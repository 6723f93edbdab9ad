"""Runs Django's migrate as the database's owner: the application's role may not change tables."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate

from factcheck.ownership import connected_as_owner


class Command(DjangoMigrate):
    """Same options and output as Django's command."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate with MIGRATION_DATABASE_URL, or as the embedded database's owner."""
        with connected_as_owner():
            super().handle(*args, **options)
