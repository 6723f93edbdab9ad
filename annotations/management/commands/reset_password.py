"""Give someone a new password when theirs is lost."""

import secrets
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.accounts.models import User
from annotations.accounts.services import password_set, second_step_remove
from annotations.lib.errors import DomainError


class Command(BaseCommand):
    """`manage.py reset_password EMAIL [--stdin] [--remove-second-step]`."""

    help = (
        "Set a fresh password and print it this one time, or read it with --stdin. Ends every "
        "session and token of the person."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the e-mail address and where the password comes from."""
        parser.add_argument("email")
        parser.add_argument("--stdin", action="store_true", help="read the password's one line")
        parser.add_argument(
            "--remove-second-step",
            action="store_true",
            help="also take off passkeys, authenticator app and recovery codes, lost with a phone",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the password alone, so that a script can read it; nothing with --stdin."""
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"There is no account with the address {options['email']}.")
        fresh = secrets.token_urlsafe(15)
        password = sys.stdin.readline().rstrip("\n") if options["stdin"] else fresh
        try:
            password_set(
                actor=User.objects.system(),
                user=user,
                password=password,
                reason="reset on the command line",
            )
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        if options["remove_second_step"]:
            second_step_remove(
                actor=User.objects.system(), user=user, reason="reset on the command line"
            )
        if not options["stdin"]:
            self.stdout.write(password)
