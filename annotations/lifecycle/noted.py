"""Notices of correction in an article's text, and which of them are recorded as events."""

from collections.abc import Sequence

from annotations.articles.models import Article, ArticleVersion
from annotations.articles.notices import Notice, notices_added, notices_in
from annotations.lifecycle.choices import EventType
from annotations.lifecycle.models import LifecycleEvent


def notices_unrecorded(version: ArticleVersion, text: str) -> list[Notice]:
    """Return the notices of a version's text that the version before it lacked, and that no event
    "edited with a note" of the article gives as its reason yet.

    No query where the text has none.
    """
    if not notices_in(text):
        return []
    rows = ArticleVersion.objects.filter(article=version.article_id, number__lt=version.number)
    before = rows.order_by("-number").values_list("text", flat=True).first()
    return _without_recorded(version.article, notices_added(before, text))


def version_noting(event: LifecycleEvent) -> int | None:
    """Return the number of the first version whose text has the notice that an article's event
    gives as its reason; None where none has.
    """
    wanted = _folded(event.reason_text)
    if not wanted:
        return None
    rows = ArticleVersion.objects.filter(article=event.article_id).order_by("number")
    for number, text in rows.values_list("number", "text").iterator():
        if any(_folded(one.text) == wanted for one in notices_in(text)):
            return int(number)
    return None


def _without_recorded(article: Article, notices: Sequence[Notice]) -> list[Notice]:
    if not notices:
        return []
    events = LifecycleEvent.objects.filter(article=article, type=EventType.EDITED_NOTED)
    recorded = {_folded(words) for words in events.values_list("reason_text", flat=True)}
    return [one for one in notices if _folded(one.text) not in recorded]


def _folded(words: str) -> str:
    return " ".join(words.split())
