"""Every change to an article: add it, give it a further version, correct what is said about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.blocks import BlockCut, cut_blocks
from annotations.articles.errors import AddressTaken, TextKnown
from annotations.articles.fields import (
    check_kind,
    check_marking_state,
    check_not_older,
    clean_language,
    clean_line,
    clean_published,
    clean_title,
    clean_url,
)
from annotations.articles.models import Article, ArticleVersion, Block, Outlet
from annotations.articles.outlets import outlet_get_or_create
from annotations.articles.querysets import ArticleQuerySet
from annotations.audit.context import context
from annotations.captures.models import Capture, StoredFile
from annotations.jobs import enqueue
from annotations.lib.errors import InvalidInput, StaleVersion
from annotations.lib.text import accept_text, content_hash
from annotations.projects.models import Project

EDITABLE = frozenset(
    {"title", "kind", "outlet_name", "byline", "url", "language", "published", "marking_state"}
)
# Rows of one INSERT; the longest article has 10,000 blocks.
BLOCKS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class _CameFrom:
    """How a version's text came in, and what it was read from."""

    origin: str
    file: StoredFile | None = None
    capture: Capture | None = None


def article_create(
    *,
    actor: User,
    project: Project,
    text: str,
    title: str = "",
    url: str = "",
    outlet_name: str = "",
    byline: str = "",
    language: str = "",
    published: str = "",
    kind: str = "news",
    standfirst: str = "",
    block_kinds: Sequence[BlockCut] | None = None,
    origin: str = "paste",
    file: StoredFile | None = None,
    capture: Capture | None = None,
    copy_ok: bool = False,
) -> Article:
    """Add an article with its first version; the text is kept exactly as sent, normalised.

    `published` is EDTF text, a bare date in the project's zone. `block_kinds` are the blocks of
    `text` where they are known from markup. Raises AddressTaken, TextKnown (unless `copy_ok`,
    which links `syndicated_from`), or an InvalidInput that names its field.
    """
    words = accept_text(text)
    article = Article(project=project, created_by=actor, kind=check_kind(kind))
    article.title = clean_title(title, words)
    set_fields(article, byline=byline, language=language, published=published, url=url)
    with context(actor=actor, action="article.create"):
        article.syndicated_from = _original(actor, article, words, copy_ok)
        article.outlet = _outlet(actor, article, outlet_name)
        _save_with_free_address(actor, article)
        came = _CameFrom(origin, file, capture)
        _write_version(actor, article, words, 1, came, standfirst, block_kinds)
    return article


def article_update(
    *, actor: User, article: Article, revision: int, reason: str = "", **changes: str
) -> Article:
    """Correct what is said about an article: EDITABLE fields, as `article_create` takes them.

    Raises StaleVersion when `revision` is not the current one, AddressTaken, or an InvalidInput
    that names its field. What is so already changes nothing. Returns the fresh row.
    """
    unknown = set(changes) - EDITABLE
    if unknown:
        raise InvalidInput(_("This cannot be changed."), field=min(unknown))
    with context(actor=actor, action="article.update", reason=reason):
        locked = lock_article(article)
        if locked.revision != revision:
            raise StaleVersion(current=locked)
        before = _state(locked)
        outlet_name = changes.pop("outlet_name", None)
        set_fields(locked, **changes)
        if outlet_name is not None:
            locked.outlet = _outlet(actor, locked, outlet_name)
        if _state(locked) == before:
            return locked
        _check_address(actor, locked)
        locked.revision += 1
        _save_with_free_address(actor, locked)
    return locked


def version_add(
    *,
    actor: User,
    article: Article,
    text: str,
    origin: str = "paste",
    file: StoredFile | None = None,
    capture: Capture | None = None,
    standfirst: str = "",
    block_kinds: Sequence[BlockCut] | None = None,
) -> tuple[ArticleVersion, bool]:
    """Give an article a further version; say whether one was added.

    A text identical to the latest version's adds nothing and returns that version.
    """
    words = accept_text(text)
    with context(actor=actor, action="article.add_version"):
        locked = lock_article(article)
        latest = ArticleVersion.objects.filter(article=locked).order_by("-number").first()
        if latest is not None and latest.content_hash == content_hash(words):
            return latest, False
        check_not_older(latest, capture)
        number = latest.number + 1 if latest else 1
        came = _CameFrom(origin, file, capture)
        version = _write_version(actor, locked, words, number, came, standfirst, block_kinds)
        locked.revision += 1
        locked.save(update_fields=["revision", "updated_at"])
        # What was marked in earlier versions is placed in this one, by a room above.
        enqueue("spans.reanchor", version_uid=str(version.uid))
    article.revision = locked.revision
    return version, True


def lock_article(article: Article) -> Article:
    """Lock the article's row until the transaction ends and return it fresh, with its project."""
    return (
        Article.objects.select_for_update(of=("self",), no_key=True)
        .select_related("project", "outlet")
        .get(pk=article.pk)
    )


def set_fields(article: Article, **values: str) -> None:
    """Check and set the fields that are given; the rest stays."""
    if "title" in values:
        article.title = clean_line(values["title"], field="title", limit=500)
        if not article.title:
            raise InvalidInput(_("An article needs a title."), field="title")
    if "kind" in values:
        article.kind = check_kind(values["kind"])
    if "byline" in values:
        article.byline = clean_line(values["byline"], field="byline", limit=300)
    if "language" in values:
        article.language = clean_language(values["language"])
    if "marking_state" in values:
        article.marking_state = check_marking_state(values["marking_state"])
    if "url" in values:
        article.url, article.canonical_url = clean_url(values["url"])
    # An unchanged date keeps the zone it was meant in, though the project has moved since.
    if "published" in values and (not article.pk or values["published"] != article.published):
        when = clean_published(values["published"], article.project)
        article.published, article.published_zone = when.edtf, when.zone
        article.published_earliest, article.published_latest = when.earliest, when.latest


def _state(article: Article) -> tuple[object, ...]:
    return (
        article.title,
        article.kind,
        article.outlet_id,
        article.byline,
        article.url,
        article.language,
        article.published,
        article.marking_state,
    )


def _seen_by(actor: User) -> ArticleQuerySet:
    """Return the articles the actor may be told of; the installation itself knows all."""
    return Article.objects.all() if actor.is_system else Article.objects.visible_to(actor)


def _outlet(actor: User, article: Article, name: str) -> Outlet | None:
    """Return the outlet of this name, or of the article's address; None without either."""
    return outlet_get_or_create(
        actor=actor, project=article.project, name=name, canonical_url=article.canonical_url
    )


def _original(actor: User, article: Article, words: str, copy_ok: bool) -> Article | None:
    """Return the article that has this text already, if a copy of it is wanted.

    Raises AddressTaken, or TextKnown where no copy is wanted.
    """
    known = _same_text(actor, article.project, content_hash(words))
    _check_address(actor, article)
    if known is not None and not copy_ok:
        raise TextKnown(known)
    return known


def _same_text(actor: User, project: Project, digest: str) -> Article | None:
    """Return the project's oldest article with exactly this text that the actor may see.

    Takes a lock on the text until the transaction ends, so two people who add one agency report
    at the same moment do not both become the original.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [digest, project.pk]
        )
    same = ArticleVersion.objects.filter(project=project, content_hash=digest)
    ids = same.values_list("article_id", flat=True)
    return _seen_by(actor).filter(pk__in=ids).order_by("pk").first()


def address_check(
    actor: User, project: Project, canonical: str, *, besides: Article | None = None
) -> None:
    """Raise AddressTaken where an article of the project, `besides` aside, has the address."""
    if not canonical:
        return
    others = Article.objects.filter(project=project, canonical_url=canonical)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    taken = others.values_list("pk", flat=True).first()
    if taken is not None:
        raise AddressTaken(_seen_by(actor).filter(pk=taken).first())


def _check_address(actor: User, article: Article) -> None:
    address_check(actor, article.project, article.canonical_url, besides=article)


def _save_with_free_address(actor: User, article: Article) -> None:
    """Save; whoever took the same address a moment ago was first."""
    try:
        with transaction.atomic():
            article.save()
    except IntegrityError as error:
        if "article_url_is_unique_per_project" not in str(error):
            raise
        _check_address(actor, article)
        raise


def _write_version(
    actor: User,
    article: Article,
    words: str,
    number: int,
    came: _CameFrom,
    standfirst: str,
    block_kinds: Sequence[BlockCut] | None,
) -> ArticleVersion:
    version = ArticleVersion.objects.create(
        project_id=article.project_id,
        article=article,
        created_by=actor,
        number=number,
        text=words,
        length=len(words),
        content_hash=content_hash(words),
        origin=came.origin,
        file=came.file,
        capture=came.capture,
    )
    cuts = cut_blocks(
        words, headline=article.title, standfirst=standfirst, known=tuple(block_kinds or ())
    )
    blocks = [
        Block(
            project_id=article.project_id,
            version=version,
            n=n,
            kind=cut.kind.value,
            start=cut.start,
            end=cut.end,
            text=words[cut.start : cut.end],
        )
        for n, cut in enumerate(cuts)
    ]
    Block.objects.bulk_create(blocks, batch_size=BLOCKS_AT_ONCE)
    return version
