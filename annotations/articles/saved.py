"""What was saved before is sent again: the same changes nothing, other words must not be lost."""

from copy import copy

from annotations.articles.errors import SavedAlready
from annotations.articles.models import Article, ArticleVersion
from annotations.articles.services import lock_article, set_fields
from annotations.lib.errors import StaleVersion
from annotations.lib.errors import gettext_noop as _
from annotations.lib.text import accept_text, content_hash

_SAID = ("title", "kind", "byline", "url", "language", "published")


def saved_version(article: Article, text: str) -> ArticleVersion:
    """Return the version an upload's text became: the last with these words, the latest for none.

    Raises SavedAlready where no version has them: somebody saved the upload with others.
    """
    versions = ArticleVersion.objects.filter(article=article).order_by("-number")
    if text.strip():
        versions = versions.filter(content_hash=content_hash(accept_text(text)))
    version = versions.first()
    if version is None:
        raise SavedAlready(article)
    return version


def check_latest(article: Article, after: int | None, text: str) -> None:
    """Raise StaleVersion where another version than number `after` is the article's latest, unless
    that has these very words; None asks for no check. The article stays locked.
    """
    if after is None:
        return
    latest = lock_article(article).versions.latest("number")
    if latest.number != after and latest.content_hash != content_hash(accept_text(text)):
        said = _(
            "Version %(n)d was saved since you opened this page. See what changes against that "
            "one, then save again."
        )
        raise StaleVersion(said, current=latest, params={"n": latest.number})


def check_said(article: Article, *, outlet_name: str, **fields: str) -> None:
    """Raise SavedAlready where the fields of an article that was saved say something else than it
    does, or an InvalidInput that names its field.
    """
    sent = copy(article)
    set_fields(sent, **fields)
    outlet = article.outlet.name if article.outlet else ""
    is_other_outlet = outlet_name.strip() and outlet_name.split() != outlet.split()
    if is_other_outlet or any(getattr(sent, one) != getattr(article, one) for one in _SAID):
        raise SavedAlready(article, is_text=False)
