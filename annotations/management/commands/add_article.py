"""Add an article from a text or HTML file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from annotations.accounts.models import User
from annotations.articles.blocks import BlockCut
from annotations.articles.decoding import UnknownEncoding, decode
from annotations.articles.errors import AddressTaken, TextKnown
from annotations.articles.extraction import (
    ExtractedArticle,
    begin_with,
    extract_bounded,
    extract_text,
)
from annotations.articles.models import Article
from annotations.articles.permissions import check_add_article, check_add_version
from annotations.articles.services import article_create, version_add
from annotations.articles.uploads import HTML_TYPE, media_type_of
from annotations.audit.context import context
from annotations.captures.models import StoredFile
from annotations.captures.services import file_forget, file_store
from annotations.lib.errors import DomainError
from annotations.lib.text import check_upload_size
from annotations.projects.models import Project
from annotations.projects.permissions import check_not_archived


class Command(BaseCommand):
    """`manage.py add_article --project SLUG [--title T ...] FILE`."""

    help = (
        "Add an article from a .txt or .html file; what an HTML file tells of itself is used "
        "where no option says otherwise. Ends with 1 and one sentence when nothing was added."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the project and what is known of the article."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--title", default="")
        parser.add_argument("--url", default="")
        parser.add_argument("--outlet", default="")
        parser.add_argument("--published", default="", help="EDTF: 2022-03-02, 2022-03, ...")
        parser.add_argument("--language", default="", help="a tag: en, uk, pt-BR")
        parser.add_argument("--byline", default="")
        parser.add_argument("--kind", default="news")
        parser.add_argument("--encoding", default="", help="of a file that does not say it")
        parser.add_argument("--as", dest="email", default="", help="on behalf of this member")
        parser.add_argument(
            "--copy", action="store_true", help="add a text that is there already, as a copy"
        )
        parser.add_argument(
            "--as-version",
            action="store_true",
            help="where the address is known, add the text as a new version",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file, add the article, print where it is."""
        try:
            self.stdout.write(self._add(options))
        except UnknownEncoding as error:
            raise CommandError(_with_candidates(error)) from error
        except AddressTaken as error:
            raise CommandError(f"{error.message} (--as-version does so.)") from error
        except TextKnown as error:
            raise CommandError(f"{error.message} (--copy does so.)") from error
        except DomainError as error:
            raise CommandError(error.message) from error

    def _add(self, options: dict[str, Any]) -> str:
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"There is no project with the address {options['project']!r}.")
        check_not_archived(project)
        actor = _actor(options["email"], project)
        path: Path = options["file"]
        content = _content(path)
        read = _read(content, path.name, options)
        title = options["title"] or read.title
        text = begin_with(read.text, headline=title, former=read.title) if title else read.text
        handed_in = HandedIn(actor, project, path.name, content, read, text)
        try:
            article = handed_in.create(title, options)
        except AddressTaken as error:
            if error.article is None or not options["as_version"]:
                raise
            return handed_in.add_to(error.article)
        return f"Added {article.title!r}: {_where(project, article)}"


@dataclass(frozen=True)
class HandedIn:
    """A file on its way to being an article or a version of one."""

    actor: User
    project: Project
    name: str
    content: bytes
    read: ExtractedArticle
    text: str

    def create(self, title: str, options: dict[str, Any]) -> Article:
        """Make a new article; what the file says fills the options that were not given."""
        with self._kept("article.create") as file:
            return article_create(
                title=title,
                url=options["url"] or self.read.canonical_url,
                outlet_name=options["outlet"] or self.read.outlet,
                byline=options["byline"] or self.read.byline,
                language=options["language"] or self.read.language,
                published=options["published"] or self.read.published,
                kind=options["kind"],
                copy_ok=options["copy"],
                actor=self.actor,
                project=self.project,
                text=self.text,
                standfirst=self.read.standfirst,
                block_kinds=self._blocks,
                origin="command",
                file=file,
            )

    def add_to(self, article: Article) -> str:
        """Give an article the text as a version; return what happened."""
        if not self.actor.is_system:
            check_add_version(self.actor, article)
        with self._kept("article.add_version") as file:
            version, is_new = version_add(
                actor=self.actor,
                article=article,
                text=self.text,
                standfirst=self.read.standfirst,
                block_kinds=self._blocks,
                origin="command",
                file=file,
            )
        where = _where(self.project, article)
        if is_new:
            return f"Added version {version.number} of {article.title!r}: {where}"
        return f"Version {version.number} of {article.title!r} has this text already: {where}"

    @property
    def _blocks(self) -> tuple[BlockCut, ...] | None:
        return self.read.blocks if self.text == self.read.text else None

    @contextmanager
    def _kept(self, action: str) -> Iterator[StoredFile]:
        """Keep the file together with what becomes of it, or not at all."""
        try:
            with context(actor=self.actor, action=action, reason="add_article"):
                yield file_store(
                    actor=self.actor,
                    project=self.project,
                    content=self.content,
                    name=self.name,
                    media_type=media_type_of(self.name),
                )
        except DomainError:
            file_forget(content=self.content)
            raise


def _actor(email: str, project: Project) -> User:
    if not email:
        return User.objects.system()
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(f"There is no account {email}.")
    check_add_article(user, project)
    return user


def _content(path: Path) -> bytes:
    media_type_of(path.name)
    try:
        check_upload_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _read(content: bytes, name: str, options: dict[str, Any]) -> ExtractedArticle:
    encoding = options["encoding"] or None
    url = options["url"] or None
    if media_type_of(name) == HTML_TYPE:
        return extract_bounded(content, url=url, encoding=encoding)
    return extract_text(decode(content, encoding), url=url)


def _where(project: Project, article: Article) -> str:
    return reverse("workbench", kwargs={"slug": project.slug, "uid": article.uid})


def _with_candidates(error: UnknownEncoding) -> str:
    lines = [f"  --encoding {one.encoding:14} {one.preview}" for one in error.candidates]
    return "\n".join([error.message, *lines])
