"""The text of a captured page, read again by what read it when it was captured."""

from annotations.articles.capturing import article_text
from annotations.captures.answers import media_type_of
from annotations.captures.fetching import MOST_BODY_BYTES
from annotations.captures.page import EXTRACTOR, page_shown
from annotations.captures.warc_reading import Archived
from annotations.lib.errors import DomainError


def text_again(answer: Archived, *, url: str, extractor: str) -> bytes | None:
    """Return the text of an archived answer, in UTF-8; None where this installation has another
    version of the extractor that is named.

    `url` is the address the answer came from. Raises FetchFailed for a body that cannot be
    unpacked.
    """
    article = article_text()
    if extractor not in (EXTRACTOR, article.name):
        return None
    body = answer.body(limit=MOST_BODY_BYTES)
    media_type = media_type_of(answer.header("Content-Type"))
    page = page_shown(body, media_type=media_type, charset=answer.charset)
    text = page.text
    if extractor == article.name:
        try:
            text = article(body, url=url, charset=page.encoding)
        except DomainError:
            text = ""
    return text.encode("utf-8", "replace")
