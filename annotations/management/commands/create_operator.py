"""Make the first account of an installation on a real server."""

import getpass
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.accounts.services import operator_create
from annotations.lib.errors import DomainError


class Command(BaseCommand):
    """`manage.py create_operator EMAIL [--name TEXT] [--stdin]`."""

    help = (
        "Create someone who runs the installation. The password comes from standard input with "
        "--stdin, else from OPERATOR_PASSWORD, else it is asked for."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the e-mail address, the name shown to others and where the password comes from."""
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="shown to others; the address when unset")
        parser.add_argument("--stdin", action="store_true", help="read the password's one line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the account; it can make the first project and invite people."""
        email = options["email"]
        password = self._password(from_input=options["stdin"])
        try:
            operator_create(email=email, display_name=options["name"] or email, password=password)
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"{email} can sign in now.")

    def _password(self, *, from_input: bool) -> str:
        if from_input:
            return sys.stdin.readline().rstrip("\n")
        if os.environ.get("OPERATOR_PASSWORD"):
            return os.environ["OPERATOR_PASSWORD"]
        if not sys.stdin.isatty():
            raise CommandError("There is no terminal to ask: use --stdin or OPERATOR_PASSWORD.")
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("Password again: "):
            raise CommandError("The two passwords differ.")
        return password
