"""Check a proof bundle, without a database and without a network."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.captures.tokens import BadToken, read_certificates
from annotations.exchange.proof.texts import text_again
from annotations.exchange.proof.verifying import Outcome, verify_bundle


class Command(BaseCommand):
    """Prints a line a check; the exit status is 1 where any of them failed."""

    help = (
        "Check a proof bundle: digests, captured pages, texts and time stamps. Needs neither a "
        "database nor a network."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--ca-file",
            type=Path,
            metavar="PEM",
            help="certificates of the time-stamp authority, as got from the authority itself",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check it all, then say how it went."""
        trusted = []
        if options["ca_file"]:
            try:
                trusted = read_certificates(options["ca_file"].read_bytes())
            except (OSError, BadToken) as error:
                raise CommandError(f"{options['ca_file']}: {error}") from error
        counts = dict.fromkeys(Outcome, 0)
        for check in verify_bundle(options["file"], trusted=trusted, read_text=text_again):
            counts[check.outcome] += 1
            detail = f" ({check.detail})" if check.detail else ""
            # What is printed is a stranger's: no control characters reach a terminal.
            line = f"{check.outcome.value}: {check.about}{detail}"
            self.stdout.write("".join(one if one.isprintable() else "\ufffd" for one in line))
        failed = counts[Outcome.FAILED]
        summary = f"{counts[Outcome.OK]} checks passed, {failed} failed"
        if failed:
            raise CommandError(f"{summary}: nothing shows that this bundle is as it was made.")
        self.stdout.write(f"{summary}, {counts[Outcome.NOT_CHECKED]} could not be made here.")
