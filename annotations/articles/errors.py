"""What can go wrong with articles beyond the general errors."""

from django.utils.translation import gettext_lazy as _

from annotations.articles.models import Article
from annotations.lib.errors import Conflict, InvalidInput


class AddressTaken(Conflict):
    """Another article of the project has this address; it may want a new version instead.

    `article` is that article, or None where the person may not see it.
    """

    def __init__(self, article: Article | None) -> None:
        if article is None:
            super().__init__(_("An article you cannot see has this address."), field="url")
        else:
            super().__init__(
                _("“%(title)s” has this address already. Add the text to it as a new version."),
                field="url",
                params={"title": article.title},
            )
        self.article = article


class TextKnown(Conflict):
    """Another article of the project has exactly this text; it can be added as a copy of it."""

    def __init__(self, article: Article) -> None:
        super().__init__(
            _("“%(title)s” has exactly this text. It can be added as a copy of that article."),
            field="text",
            params={"title": article.title},
        )
        self.article = article


class UploadNotReady(Conflict):
    """The upload is still being read, could not be read, or was saved before."""


class UnreadableUpload(InvalidInput):
    """The handed-in file could not be turned into an article's text."""
