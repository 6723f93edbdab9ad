"""Runs one management command, with the database up for as long as it takes."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from factcheck.database import hold_database
from factcheck.errors import StartRefused

# These never connect; everything else finds the embedded server running or starts it.
COMMANDS_WITHOUT_DATABASE = {
    "",
    "--help",
    "--version",
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "spectacular",
    "update_messages",
    "verify_bundle",
    "version",
}


def main(arguments: list[str]) -> None:
    """Run the command; what stops the start is one sentence and exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    command = arguments[1] if len(arguments) > 1 else ""
    wants_help = {"--help", "-h"} & set(arguments)
    needs_database = command not in COMMANDS_WITHOUT_DATABASE or "--database" in arguments
    try:
        hold = hold_database(os.environ) if needs_database and not wants_help else None
        execute_from_command_line(arguments)
    except (StartRefused, ImproperlyConfigured) as error:
        sys.exit(str(error))
    if hold:
        hold.release()


if __name__ == "__main__":
    main(sys.argv)
