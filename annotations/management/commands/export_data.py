"""Export a project to a file or to standard output."""

import os
import sys
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from django.core.management.base import BaseCommand, CommandError

from annotations.accounts.models import User
from annotations.exchange.formats import FORMAT_NAMES
from annotations.exchange.permissions import check_export_project
from annotations.exchange.services import Export, export_open
from annotations.lib.errors import DomainError
from annotations.projects.known_at import asked_moment
from annotations.projects.models import Project


class Command(BaseCommand):
    """Writes everything, hidden and confidential rows too, unless --as names whose eyes to use."""

    help = (
        "Export a project from one consistent snapshot. By default everything is exported, "
        "hidden and confidential rows too; --as exports what one person may see."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--format", default="json", choices=FORMAT_NAMES)
        parser.add_argument("--as", dest="viewer", metavar="EMAIL", help="what this person sees")
        parser.add_argument("--with-history", action="store_true", help="json and jsonl only")
        parser.add_argument(
            "--known-at",
            metavar="TIME",
            help="what was known then: a day or a time, in the project's zone unless it names one",
        )
        parser.add_argument("--output", metavar="FILE", help="standard output if not given")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the export; a file appears under its name only when it is whole."""
        project = _find_project(options["project"])
        viewer = _find_viewer(options["viewer"], project)
        moment = options["known_at"]
        try:
            export = export_open(
                actor=viewer,
                project=project,
                format=options["format"],
                with_history=options["with_history"],
                seen_by=viewer,
                known_at=asked_moment(project, moment) if moment else None,
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        try:
            if options["output"]:
                _write_file(export, Path(options["output"]))
            else:
                _write(export, sys.stdout.buffer)
        except BrokenPipeError as error:
            # Whoever read it has seen enough; Python would complain once more when it closes.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise CommandError("The export was not read to its end.") from error
        except psycopg.Error as error:
            raise CommandError(f"The export broke off: {error}.") from error
        self._report(export)

    def _report(self, export: Export) -> None:
        export.release.refresh_from_db()
        counts = ", ".join(f"{count} {name}" for name, count in export.release.counts.items())
        self.stderr.write(f"{export.release.size} bytes, {counts}; sha256 {export.release.sha256}")


def _find_project(slug: str) -> Project:
    try:
        return Project.objects.get(slug=slug)
    except Project.DoesNotExist as error:
        raise CommandError(f"There is no project “{slug}”.") from error


def _find_viewer(email: str | None, project: Project) -> User | None:
    if email is None:
        return None
    try:
        viewer = User.objects.get(email__iexact=email)
        check_export_project(viewer, project)
    except User.DoesNotExist as error:
        raise CommandError(f"There is nobody with the address {email}.") from error
    except DomainError as error:
        raise CommandError(f"{email} may not export this project: {error}") from error
    return viewer


def _write_file(export: Export, target: Path) -> None:
    """Write beside the target and rename, so that a broken export never looks like a whole one."""
    draft = target.with_name(f"{target.name}.unfinished")
    try:
        with draft.open("wb") as stream:
            _write(export, stream)
            os.fsync(stream.fileno())
    except OSError as error:
        raise CommandError(f"{draft} cannot be written: {error.strerror}.") from error
    draft.replace(target)


def _write(export: Export, stream: BinaryIO) -> None:
    with closing(export.content) as content:
        for chunk in content:
            stream.write(chunk)
    stream.flush()
