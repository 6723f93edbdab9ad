"""Brings the translators' catalogues up to date with the code and the templates."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from factcheck.messages import update_catalogue


class Command(BaseCommand):
    """For developers and translators: writes locale/*/LC_MESSAGES/django.po in the checkout."""

    help = "Collect every sentence that can be translated into the catalogues under locale/."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take languages to begin; without any, those that the interface offers."""
        parser.add_argument("languages", nargs="*", help="codes, such as de or pt-br")

    def handle(self, *args: Any, **options: Any) -> None:
        """Update one catalogue after the other and say what changed."""
        offered = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        for language in options["languages"] or offered:
            new, gone = update_catalogue(language)
            self.stdout.write(f"{language}: {new} new, {gone} no longer said.")
