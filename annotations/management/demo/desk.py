"""One person at work on the demo's articles, by way of the services."""

from typing import Any

from annotations.accounts.models import User
from annotations.articles.models import Article, ArticleVersion
from annotations.articles.services import article_create, article_update
from annotations.claims.hops import HopInput
from annotations.claims.models import Claim
from annotations.claims.services import mention_add
from annotations.management.demo.articles import DemoArticle
from annotations.projects.models import Project
from annotations.sources.models import Source
from annotations.sources.services import source_create
from annotations.statements.models import Statement
from annotations.statements.services import statement_create
from annotations.verification.services import claim_create_judged, review_save


class Desk:
    """One reviewer at work in one project."""

    def __init__(self, project: Project, reviewer: User) -> None:
        self.project = project
        self.reviewer = reviewer
        self.versions: dict[str, ArticleVersion] = {}
        self.claims: list[Claim] = []

    def colleague(self, reviewer: User) -> "Desk":
        """Return the desk of somebody else who works on the same articles."""
        desk = Desk(self.project, reviewer)
        desk.versions = self.versions
        return desk

    def found(self, beginning: str) -> Claim:
        """Return the claim made here that begins so."""
        return next(claim for claim in self.claims if claim.text.startswith(beginning))

    def add(self, article: DemoArticle) -> None:
        """Add an article and keep its version at hand by title."""
        made: Article = article_create(
            actor=self.reviewer,
            project=self.project,
            text=article.text,
            title=article.title,
            standfirst=article.standfirst,
            outlet_name=article.outlet,
            byline=article.byline,
            published=article.published,
            url=article.url,
            language=article.language,
        )
        self.versions[article.title] = made.versions.get()

    def finish(self, article: DemoArticle, state: str) -> None:
        """Say how far marking has come."""
        row = self.versions[article.title].article
        article_update(actor=self.reviewer, article=row, revision=row.revision, marking_state=state)

    def source(self, name: str, kind: str, *aliases: str) -> Source:
        """Make a source with its other spellings."""
        return source_create(
            actor=self.reviewer, project=self.project, name=name, kind=kind, aliases=aliases
        )

    def statement(self, source: Source, **fields: str) -> Statement:
        """Make a statement."""
        return statement_create(actor=self.reviewer, project=self.project, source=source, **fields)

    def place(self, article: DemoArticle, words: str) -> tuple[int, int]:
        """Return where the words stand; they must stand there once."""
        text = self.versions[article.title].text
        start = text.index(words)
        if text.find(words, start + 1) >= 0:
            raise ValueError(f"{words!r} stands more than once in {article.title!r}")
        return start, start + len(words)

    def claim(
        self,
        article: DemoArticle,
        words: str | tuple[str, ...],
        text: str,
        *hops: HopInput,
        types: tuple[str, ...] = ("numerical",),
        label: str = "",
        justification: str = "",
    ) -> Claim:
        """Mark words (several for a claim of several ranges) as a claim."""
        parts = (words,) if isinstance(words, str) else words
        made = claim_create_judged(
            actor=self.reviewer,
            project=self.project,
            version=self.versions[article.title],
            ranges=[self.place(article, part) for part in parts],
            text=text,
            hops=hops,
            types=types,
            language=article.language,
            label=label,
            justification=justification,
        )
        self.claims.append(made)
        return made

    def mention(self, claim: Claim, article: DemoArticle, words: str, *hops: HopInput) -> None:
        """Mark a further appearance of a claim."""
        mention_add(
            actor=self.reviewer,
            claim=claim,
            version=self.versions[article.title],
            ranges=[self.place(article, words)],
            hops=hops,
        )

    def judge(self, claim: Claim, label: str, justification: str, **more: Any) -> None:
        """Give the reviewer's own label, once the claim has all its mentions."""
        review_save(
            actor=self.reviewer, claim=claim, label=label, justification=justification, **more
        )

    def hop(
        self, article: DemoArticle, source: Source, cue: str = "", **fields: object
    ) -> HopInput:
        """Describe one hop, with the words that introduce it marked."""
        ranges = [self.place(article, cue)] if cue else []
        return HopInput(source=source, cue_ranges=ranges, **fields)  # type: ignore[arg-type]
