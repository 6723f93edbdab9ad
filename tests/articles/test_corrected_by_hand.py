"""What a person corrected in a fetched article stays, whatever its page becomes."""

import pytest

from annotations.articles.extraction import begin_with
from annotations.articles.refreshing import Outcome, _Former, capture_apply
from annotations.articles.services import version_add
from annotations.articles.uploads import found_of, upload_save_version
from annotations.lib.errors import Conflict
from tests.articles.fetched import CHANGED, HEADLINE, news
from tests.captures import pages
from tests.captures.server import page
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def texts(article):
    return list(article.versions.order_by("number").values_list("text", flat=True))


@pytest.mark.parametrize("kind", ["corrected", "pasted"])
def test_hand_corrections_are_never_replaced(kind, server, add, capture, reviewer, project):
    address = server.on("/hand", page(news().encode()))
    if kind == "corrected":
        article = add("/hand", news(), correct=lambda text: text.replace("1,597", "1,600"))
    else:
        article = make_article(project, "Typed by hand.", by=reviewer, url=address)
    before = texts(article)
    server.on("/hand", page(news(CHANGED).encode()))
    captured = capture(article.url)
    done = capture_apply(actor=reviewer, article=article, capture=captured)
    again = capture_apply(actor=reviewer, article=article, capture=captured)
    assert (done.outcome, done.upload.state) == (Outcome.TO_CHECK, "ready")
    assert again.upload == done.upload
    assert texts(article) == before
    assert CHANGED in found_of(done.upload).text
    # Another capture with the same words waits no second time.
    later = capture_apply(actor=reviewer, article=article, capture=capture(article.url))
    assert later.upload == done.upload
    upload_save_version(
        actor=reviewer, upload=done.upload, article=article, text=found_of(done.upload).text
    )
    assert capture_apply(actor=reviewer, article=article, capture=captured).outcome == "version"


def test_what_a_redaction_took_away_does_not_come_back_by_itself(server, add, capture):
    article = add("/ordered", news())
    version = article.versions.get()
    assert _Former(version, None, article.title).is_untouched()
    # A redaction overwrites words and leaves the hash of what was there.
    version.text = version.text.replace("1,597", "[redacted]")
    assert not _Former(version, None, article.title).is_untouched()


def test_a_text_that_waited_too_long_does_not_become_the_latest(server, add, capture, reviewer):
    article = add("/late", news(), correct=lambda text: text.replace("1,597", "1,600"))
    server.on("/late", page(news(CHANGED).encode()))
    waiting = capture_apply(actor=reviewer, article=article, capture=capture(article.url)).upload
    newer = capture(article.url)
    version_add(actor=reviewer, article=article, text="What came later.", capture=newer)
    with pytest.raises(Conflict, match="newer capture"):
        upload_save_version(
            actor=reviewer, upload=waiting, article=article, text=found_of(waiting).text
        )
    assert texts(article)[-1] == "What came later."


def test_a_hand_corrected_article_stays_while_its_page_stays(server, add, capture, reviewer):
    article = add("/kept", news(), correct=lambda text: text.replace("1,597", "1,600"))
    done = capture_apply(actor=reviewer, article=article, capture=capture(article.url))
    assert (done.outcome, article.versions.count()) == (Outcome.SAME, 1)


def test_the_headline_put_first_is_no_correction(server, add, capture, reviewer):
    bare = "<html><body><article>" + pages.PARAGRAPH * 4 + "</article></body></html>"
    article = add("/bare", bare, correct=lambda text: f"{HEADLINE}\n\n{text}", title=HEADLINE)
    server.on("/bare", page(bare.encode()))
    same = capture_apply(actor=reviewer, article=article, capture=capture(article.url))
    assert same.outcome == Outcome.SAME
    server.on("/bare", page(bare.replace("</article>", f"<p>{CHANGED}</p></article>").encode()))
    done = capture_apply(actor=reviewer, article=article, capture=capture(article.url))
    assert done.outcome == Outcome.VERSION
    assert done.version.text.startswith(f"{HEADLINE}\n\nThe emergency service")


def test_a_corrected_headline_stays_in_the_place_of_the_pages(server, add, capture, reviewer):
    better = "Tolls differ tenfold"

    def correct(text: str) -> str:
        return begin_with(text, headline=better, former=HEADLINE)

    article = add("/better", news(), correct=correct, title=better)
    assert texts(article)[0].startswith(f"{better}\n\nThe ministry")
    same = capture_apply(actor=reviewer, article=article, capture=capture(article.url))
    assert same.outcome == Outcome.SAME
    server.on("/better", page(news(CHANGED).encode()))
    done = capture_apply(actor=reviewer, article=article, capture=capture(article.url))
    assert done.outcome == Outcome.VERSION
    assert done.version.text.startswith(f"{better}\n\nThe ministry")
    assert HEADLINE not in done.version.text
    # What the page itself says anew in its headline is for all to see, once.
    server.on("/better", page(news(CHANGED).replace(HEADLINE, "Tolls do not differ").encode()))
    done = capture_apply(actor=reviewer, article=article, capture=capture(article.url))
    assert done.outcome == Outcome.VERSION
    assert done.version.text.startswith("Tolls do not differ\n\nThe ministry")
    assert better not in done.version.text
