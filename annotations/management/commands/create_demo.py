"""Makes the demo project, once, on an installation where nobody has an account yet."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from annotations.accounts.models import User
from annotations.management.demo.people import SignIn, cast_create
from annotations.management.demo.work import work_through


class Command(BaseCommand):
    """See the module's docstring."""

    help = "Make the demo project and its people; does nothing once anybody has an account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask where the freshly made sign-ins go."""
        parser.add_argument("--sign-ins", metavar="FILE", help="keep the sign-ins here (mode 0600)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make everything in one transaction, then tell the sign-ins."""
        if User.objects.filter(is_system=False).exists():
            return
        with transaction.atomic():
            cast = cast_create()
            work_through(cast)
            if options["sign_ins"]:
                # Inside the transaction: a file that cannot be written leaves no demo behind
                # that nobody could sign in to.
                write_sign_ins(Path(options["sign_ins"]), cast.sign_ins)
        if not options["sign_ins"]:
            self.stdout.write(as_lines(cast.sign_ins))


def as_lines(sign_ins: tuple[SignIn, ...]) -> str:
    """Return "role  e-mail  password", a line each."""
    return "".join(f"{one.title:<16} {one.email:<24} {one.password}\n" for one in sign_ins)


def write_sign_ins(path: Path, sign_ins: tuple[SignIn, ...]) -> None:
    """Write the sign-ins so that only their owner can read them, from the first byte on."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(as_lines(sign_ins))
