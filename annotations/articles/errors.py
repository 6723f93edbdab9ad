"""What can go wrong with articles beyond the general errors."""

from django.utils.translation import gettext_lazy as _

from annotations.articles.models import Article
from annotations.captures.choices import PageKindChoices as Kind
from annotations.captures.models import Capture
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


class SavedAlready(Conflict):
    """The upload was saved before, and `article` says something else than what is sent now.

    `is_text` says whether the text differs, or only what is said about the article.
    """

    def __init__(self, article: Article, *, is_text: bool = True) -> None:
        super().__init__(
            _(
                "This was saved already, as “%(title)s”, and says something else there than what "
                "you send now: nothing of that was taken."
            ),
            params={"title": article.title},
        )
        self.article, self.is_text = article, is_text


class UploadNotReady(Conflict):
    """The upload is still being read, could not be read, or was saved before."""


class UnreadableUpload(InvalidInput):
    """The handed-in file could not be turned into an article's text."""


_NO_ARTICLE = {
    Kind.PAGE: _("Too little of an article came from this address."),
    Kind.FILE: _("There is a file at this address, and no page."),
    Kind.UNCHANGED: _("The server says that the page is as it was, and sent nothing."),
    Kind.BLOCK: _("The site keeps programs out: it sent a check instead of the article."),
    Kind.CONSENT_WALL: _("The site sent only its question about cookies, not the article."),
    Kind.LOGIN_WALL: _("The site shows this page only to people with an account."),
    Kind.THROTTLED: _("The site asks to wait before its pages are fetched. Try again later."),
    Kind.EMPTY_SHELL: _("The site sent an empty shell that shows nothing without scripts."),
    Kind.HOME_PAGE: _("The address leads to the site's home page, not to an article."),
    Kind.SOFT_NOT_FOUND: _("The site says that there is no such page."),
    Kind.NOT_FOUND: _("The site says that there is no such page (404)."),
    Kind.GONE: _("The site says that this page is gone (410)."),
    Kind.TOMBSTONE: _("There is only a notice that the page was removed."),
    Kind.REFUSED: _("The server refused to send this page."),
    Kind.SERVER_ERROR: _("The server failed while it answered. Try again later."),
    Kind.UNREADABLE: _("What the server sent cannot be read as a page."),
    Kind.UNREACHABLE: _("No page could be fetched from this address."),
}


_LEFT_BY_US = _("It was we who did not fetch this page: the server refused nothing.")


class PageNotGood(InvalidInput):
    """What was fetched shows no article; `capture` has the reasons."""

    def __init__(self, capture: Capture) -> None:
        said = _NO_ARTICLE[Kind(capture.quality_kind)]
        super().__init__(_LEFT_BY_US if capture.is_left_by_us else said, field="url")
        self.capture = capture
