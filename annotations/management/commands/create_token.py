"""Make an API token for someone and print it, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.accounts.models import User
from annotations.accounts.tokens import DEFAULT_DAYS, token_create
from annotations.lib.errors import DomainError


class Command(BaseCommand):
    """`manage.py create_token EMAIL [--days N] [--scopes read,write,export] [--name TEXT]`."""

    help = "Make an API token for a person and print it. It is shown this one time only."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the e-mail address, how long it lives and what it may be used for."""
        parser.add_argument("email")
        parser.add_argument("--days", type=int, default=DEFAULT_DAYS)
        parser.add_argument("--scopes", default="read", help="comma-separated: read,write,export")
        parser.add_argument("--name", default="command line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the token alone, so that a script can read it."""
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"There is no account with the address {options['email']}.")
        scopes = [scope.strip() for scope in options["scopes"].split(",") if scope.strip()]
        try:
            _token, raw = token_create(
                actor=User.objects.system(),
                user=user,
                name=options["name"],
                scopes=scopes,
                days=options["days"],
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(raw)
