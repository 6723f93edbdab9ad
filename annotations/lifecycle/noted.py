"""Notices of correction in an article's text, and which of them are recorded as events."""

from collections.abc import Iterable, Mapping, Sequence

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


def versions_noting(article: int, reasons: Iterable[str]) -> dict[str, int]:
    """Return, of the reasons that an article's events give, those that stand in a text of it as its
    notice, each with the number of the first such version. One query; the texts are read once.
    """
    wanted = {_folded(words) for words in reasons} - {""}
    found: dict[str, int] = {}
    if not wanted:
        return found
    rows = ArticleVersion.objects.filter(article=article).order_by("number")
    for number, text in rows.values_list("number", "text").iterator():
        for folded in {_folded(one.text) for one in notices_in(text)} & wanted:
            found[folded] = int(number)
            wanted.remove(folded)
        if not wanted:
            break
    return found


def noted_in(found: Mapping[str, int], event: LifecycleEvent) -> int | None:
    """Return the number of the version with the event's notice, of what `versions_noting` found."""
    return found.get(_folded(event.reason_text))


def _without_recorded(article: Article, notices: Sequence[Notice]) -> list[Notice]:
    if not notices:
        return []
    events = LifecycleEvent.objects.filter(article=article, type=EventType.EDITED_NOTED)
    recorded = {_folded(words) for words in events.values_list("reason_text", flat=True)}
    return [one for one in notices if _folded(one.text) not in recorded]


def _folded(words: str) -> str:
    return " ".join(words.split())
