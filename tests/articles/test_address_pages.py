"""The pages of adding by address and refreshing: what is offered, shown and refused."""

import pytest

from annotations.articles.by_address import upload_fetch
from annotations.models import Article, ArticleUpload, ArticleVersion
from annotations.moderation.services import row_hide
from tests.articles.fetched import CHANGED, HEADLINE, news
from tests.articles.pages import url, words
from tests.captures import pages
from tests.captures.server import SITE, page
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(reviewer, client_for, settings, tmp_path):
    settings.CAPTURE_TEST_HOSTS = [SITE]
    settings.FILES_DIR = tmp_path / "files"
    return client_for(reviewer)


@pytest.fixture
def work(border):
    """Let the worker do what was queued last."""

    def make():
        upload = ArticleUpload.objects.latest("pk")
        upload_fetch(upload_uid=str(upload.uid), border=border)
        return ArticleUpload.objects.get(pk=upload.pk)

    return make


def hand_in(client, project, address):
    return client.post(url("article-create", project), {"url": address})


def test_an_address_becomes_an_article_that_was_checked(server, client, project, work):
    address = server.on("/story", page(news().encode()))
    sent = hand_in(client, project, f"  {address} ")
    waits = words(client.get(sent.url))
    assert "Waiting for the worker." in waits
    assert "Fetching the page" in waits
    upload = work()
    checked = words(client.get(sent.url))
    assert f'value="{HEADLINE}"' in checked
    assert 'value="Ann Writer"' in checked
    assert f"/captures/{upload.capture.uid}/" in checked
    fields = {
        "title": HEADLINE,
        "kind": "news",
        "byline": "A. Writer",
        "url": address,
        "text": upload.found["text"],
    }
    client.post(sent.url, fields)
    version = ArticleVersion.objects.get()
    assert (version.origin, version.capture, version.article.byline) == (
        "fetched",
        upload.capture,
        "A. Writer",
    )
    versions = words(client.get(url("version-list", project, version.article)))
    assert "Fetched from its address" in versions
    assert f"/captures/{upload.capture.uid}/" in versions


def test_the_part_that_changes_says_where_it_stands(server, client, project, work):
    hand_in(client, project, server.on("/story", page(news().encode())))
    upload = ArticleUpload.objects.get()
    state = url("article-upload-state", project, upload)
    waits = words(client.get(state))
    assert 'data-wait-now="Waiting for the worker."' in waits
    assert "data-wait-ended" not in waits
    work()
    ready = words(client.get(state))
    assert f'data-wait-go="{url("article-upload", project, upload)}"' in ready
    assert "data-wait-ended" in ready


def test_why_not_is_said_with_the_capture_and_two_ways_out(server, client, project, work):
    address = server.on("/wall", page(pages.CONSENTS["english"].encode()))
    sent = hand_in(client, project, address)
    upload = work()
    failed = words(client.get(sent.url))
    assert "question about cookies" in failed
    assert f"/captures/{upload.capture.uid}/" in failed
    assert url("article-upload-again", project, upload) in failed
    paste = client.get(url("article-create", project), {"page": address})
    assert address in words(paste)
    pasted = client.post(
        url("article-create", project), {"text": "Tolls\n\nTyped.", "page": address}
    )
    assert f'value="{address}"' in words(client.get(pasted.url))
    again = client.post(url("article-upload-again", project, upload))
    assert again.url == sent.url
    server.on("/wall", page(news().encode()))
    upload_again = ArticleUpload.objects.get(pk=upload.pk)
    assert upload_again.state == "waiting"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ("javascript:alert(1)", "must begin with http:// or https://"),
        ("http://127.0.0.1/x", "private or reserved network"),
        ("https://example.org:8443/x", "no unusual port"),
        ("http://news.test/" + "a" * 20_000, "too long"),
    ],
    ids=["script", "loopback", "port", "long"],
)
def test_what_cannot_be_fetched_is_said_at_once(sent, sentence, client, project):
    answer = hand_in(client, project, sent)
    assert answer.status_code == 400
    assert sentence in words(answer)
    assert not ArticleUpload.objects.exists()


def test_an_address_that_is_here_offers_that_article_and_its_refresh(
    client, project, reviewer, moderator
):
    article = make_article(
        project, "Some text.", by=reviewer, title="Known", url="https://daily.example/k"
    )
    answer = words(hand_in(client, project, "https://daily.example/k#top"))
    assert url("article-refresh", project, article) in answer
    assert url("workbench", project, article) in answer
    row_hide(actor=moderator, row=article, reason="A reason.")
    hidden = words(hand_in(client, project, "https://daily.example/k"))
    assert "An article you cannot see has this address." in hidden
    assert "Known" not in hidden


def test_two_ways_at_once_are_refused(client, project):
    sent = {"url": "https://daily.example/k", "text": "Words."}
    answer = client.post(url("article-create", project), sent)
    assert "only one of them" in words(answer)
    assert not ArticleUpload.objects.exists()


def test_refreshing_shows_what_came_of_it(server, add, client, project, work):
    article = add("/refreshed", news())
    go = client.post(url("article-refresh", project, article))
    assert "Comparing" in words(client.get(go.url))
    work()
    assert "The text is unchanged." in words(client.get(go.url))
    server.on("/refreshed", page(news(CHANGED).encode()))
    go = client.post(url("article-refresh", project, article))
    work()
    changed = words(client.get(go.url))
    assert "version 2 was added" in changed
    assert url("version-compare", project, article) in changed


def test_a_changed_text_beside_corrections_waits_for_any_reviewer(
    server, add, client, client_for, project, second_reviewer, outsider, work
):
    article = add("/corrected", news(), correct=lambda text: text.replace("1,597", "1,600"))
    server.on("/corrected", page(news(CHANGED).encode()))
    client.post(url("article-refresh", project, article))
    upload = work()
    other = client_for(second_reviewer)
    versions = words(other.get(url("version-list", project, article)))
    check = url("article-upload", project, upload)
    assert check in versions
    shown = words(other.get(check))
    assert CHANGED in shown
    assert "2 changes since version 1" in shown
    assert "1,600" in shown
    assert client_for(outsider).get(check).status_code == 404
    saved = other.post(check, {"text": upload.found["text"]})
    assert saved.status_code == 302
    assert article.versions.count() == 2
    assert check not in words(other.get(url("version-list", project, article)))


def test_an_article_without_an_address_offers_no_refresh(client, project, article):
    versions = words(client.get(url("version-list", project, article)))
    assert url("article-refresh", project, article) not in versions
    answer = client.post(url("article-refresh", project, article), follow=True)
    assert "no address of its own" in words(answer)
    assert Article.objects.count() == 1
