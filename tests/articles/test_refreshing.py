"""Holding an article against new captures of its page, and what is never replaced."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from annotations.accounts.models import User
from annotations.articles.by_address import article_refresh, upload_again, upload_fetch
from annotations.articles.models import ArticleUpload, ArticleVersion
from annotations.articles.refreshing import Outcome, capture_apply
from annotations.articles.services import article_create, article_update, version_add
from annotations.articles.uploads import found_of, upload_save_version
from annotations.captures.models import Capture
from annotations.lib.errors import InvalidInput
from annotations.lib.ids import uuid7
from annotations.lib.text import content_hash
from annotations.moderation.services import row_lock
from tests.articles.fetched import CHANGED, news
from tests.captures import pages
from tests.captures.server import page

pytestmark = pytest.mark.django_db


def texts(article):
    return list(article.versions.order_by("number").values_list("text", flat=True))


def test_an_unchanged_text_leaves_only_the_capture(server, add, capture, reviewer):
    article = add("/same", news())
    server.on("/same", page(news(footer="Another footer, another day.").encode()))
    captured = capture(article.url)
    done = capture_apply(actor=reviewer, article=article, capture=captured)
    assert (done.outcome, done.version.number) == (Outcome.SAME, 1)
    assert article.versions.count() == 1
    assert Capture.objects.filter(canonical_url=article.canonical_url).count() == 2


def test_a_changed_text_is_a_new_version_with_its_capture_and_blocks(
    server, add, capture, reviewer
):
    article = add("/changed", news())
    server.on("/changed", page(news(CHANGED).encode()))
    captured = capture(article.url)
    done = capture_apply(actor=reviewer, article=article, capture=captured)
    assert (done.outcome, done.version.number) == (Outcome.VERSION, 2)
    version = article.versions.get(number=2)
    assert (version.origin, version.capture) == ("fetched", captured)
    assert version.content_hash == captured.text_sha256
    assert CHANGED in version.text
    assert version.blocks.first().kind == "headline"


def test_applying_one_capture_twice_adds_nothing(server, add, capture, reviewer):
    article = add("/twice", news())
    server.on("/twice", page(news(CHANGED).encode()))
    captured = capture(article.url)
    first = capture_apply(actor=reviewer, article=article, capture=captured)
    again = capture_apply(actor=reviewer, article=article, capture=captured)
    assert (again.outcome, again.version) == (Outcome.VERSION, first.version)
    assert article.versions.count() == 2


@pytest.mark.parametrize("correct", [str, lambda text: text.replace("1,597", "1,600")])
def test_a_text_that_says_something_else_entirely_waits(
    correct, server, add, capture, reviewer, client_for, project
):
    article = add("/else", news(), correct=correct)
    before = texts(article)
    unknown = "".join(
        f"<p>Kindly tap the purple square and type whatever letters it displays, visitor {n}.</p>"
        for n in "abcdef"
    )
    server.on("/else", page(f"<html><title>Hi</title><body>{unknown}</body></html>".encode()))
    captured = capture(article.url)
    assert captured.is_good
    for actor in (reviewer, User.objects.system()):
        done = capture_apply(actor=actor, article=article, capture=captured)
        assert (done.outcome, done.is_another_text) == (Outcome.TO_CHECK, True)
    assert texts(article) == before
    client, names = client_for(reviewer), {"slug": project.slug}
    listed = client.get(reverse("version-list", kwargs={**names, "uid": article.uid}))
    assert "says something else entirely" in listed.content.decode()
    check = client.get(reverse("article-upload", kwargs={**names, "uid": done.upload.uid}))
    assert "See whether this is the article at all" in check.content.decode()
    told = client.get(reverse("api-upload", kwargs={**names, "uid": done.upload.uid})).json()
    assert (told["outcome"], told["reasons"][0]) == ("to_check", "another_text")
    # Whoever finds that it is the article after all adds it.
    upload_save_version(
        actor=reviewer, upload=done.upload, article=article, text=found_of(done.upload).text
    )
    assert capture_apply(actor=reviewer, article=article, capture=captured).outcome == "version"


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (page(pages.CONSENTS["english"].encode()), "cookies"),
        (page(pages.BLOCKS["captcha"].encode(), 403), "programs out"),
        (page(b"", 404), "404"),
        (page(b"%PDF-1.7 " + b"x" * 400, kind="application/pdf"), "file"),
        (b"", "No page"),
    ],
    ids=["consent", "block", "not found", "file", "nothing"],
)
def test_a_capture_that_is_not_good_changes_nothing(answer, word, server, add, capture, reviewer):
    article = add("/bad", news())
    server.on("/bad", answer)
    done = capture_apply(actor=reviewer, article=article, capture=capture(article.url))
    assert done.outcome == Outcome.NOT_GOOD
    assert word in done.problem.message
    assert (article.versions.count(), ArticleUpload.objects.filter(is_refresh=True).count()) == (
        1,
        0,
    )


def test_a_capture_older_than_the_latest_versions_own_changes_nothing(
    server, add, capture, reviewer
):
    article = add("/order", news())
    server.on("/order", page(news(CHANGED).encode()))
    first = capture(article.url)
    server.on("/order", page(news("Yet another sentence of the ministry's.").encode()))
    second = capture(article.url)
    capture_apply(actor=reviewer, article=article, capture=second)
    late = capture_apply(actor=reviewer, article=article, capture=first)
    assert (late.outcome, article.versions.count()) == (Outcome.OLDER, 2)


def test_another_extractor_makes_no_version_of_an_unchanged_page(
    server, capture, reviewer, project, add
):
    address = server.on("/tool", page(news().encode()))
    text = "As another extractor would have read it."
    before = capture(address)
    before.pk, before.uid = None, uuid7()
    before.extractor, before.text_sha256 = "article/0", content_hash(text)
    before.save(force_insert=True)
    article = article_create(
        actor=reviewer, project=project, text=text, url=address, capture=before
    )
    done = capture_apply(actor=reviewer, article=article, capture=capture(address))
    assert (done.outcome, article.versions.count()) == (Outcome.SAME, 1)
    server.on("/tool", page(news(CHANGED).encode()))
    done = capture_apply(actor=reviewer, article=article, capture=capture(address))
    assert (done.outcome, article.versions.count()) == (Outcome.VERSION, 2)


def test_a_locked_article_gets_no_version_from_those_who_may_not_write(
    server, add, capture, reviewer, moderator
):
    article = add("/locked", news())
    row_lock(actor=moderator, row=article, reason="A dispute.")
    server.on("/locked", page(news(CHANGED).encode()))
    captured = capture(article.url)
    for actor in (User.objects.system(), reviewer):
        done = capture_apply(actor=actor, article=article, capture=captured)
        assert (done.outcome, article.versions.count()) == (Outcome.TO_CHECK, 1)


def test_a_capture_of_another_address_is_refused(server, add, capture, reviewer):
    article = add("/mine", news())
    server.on("/other", page(news(CHANGED).encode()))
    with pytest.raises(InvalidInput):
        capture_apply(actor=reviewer, article=article, capture=capture(server.url("/other")))


def test_a_refresh_says_what_came_of_it(server, add, reviewer, border):
    article = add("/again", news())

    def refresh():
        upload = article_refresh(actor=reviewer, article=article)
        assert article_refresh(actor=reviewer, article=article) == upload
        upload_fetch(upload_uid=str(upload.uid), border=border)
        upload.refresh_from_db()
        return upload

    same = refresh()
    assert (same.state, same.found) == ("saved", {"outcome": "same", "version": 1})
    server.on("/again", page(news(CHANGED).encode()))
    changed = refresh()
    assert (changed.state, changed.found) == ("saved", {"outcome": "version", "version": 2})
    server.on("/again", page(pages.CONSENTS["german"].encode()))
    failed = refresh()
    assert failed.state == "failed"
    assert failed.capture.quality_kind == "consent_wall"
    version_add(actor=reviewer, article=article, text="Typed by hand.")
    server.on("/again", page(news("Yet another sentence of the ministry's.").encode()))
    waiting = refresh()
    assert (waiting.state, waiting.is_refresh) == ("ready", True)
    assert ArticleVersion.objects.filter(article=article).count() == 3


def test_an_article_without_an_address_cannot_be_refreshed(article, reviewer):
    with pytest.raises(InvalidInput):
        article_refresh(actor=reviewer, article=article)


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_capture_add_one_version(server, add, capture, reviewer):
    article = add("/both", news())
    server.on("/both", page(news(CHANGED).encode()))
    captured = capture(article.url)

    def work(_n):
        try:
            return capture_apply(actor=reviewer, article=article, capture=captured).outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        outcomes = list(workers.map(work, range(2)))
    assert outcomes == [Outcome.VERSION, Outcome.VERSION]
    assert article.versions.count() == 2


def test_what_failed_at_an_address_that_was_corrected_since_is_tried_at_the_new_one(
    server, add, capture, reviewer, border
):
    article = add("/old", news())
    server.on("/old", page(b"", 404))
    upload = article_refresh(actor=reviewer, article=article)
    upload_fetch(upload_uid=str(upload.uid), border=border)
    upload.refresh_from_db()
    assert upload.state == "failed"
    new = server.on("/new", page(news(CHANGED).encode()))
    article.refresh_from_db()
    article_update(actor=reviewer, article=article, revision=article.revision, url=new)
    upload_again(actor=reviewer, upload=upload)
    upload_fetch(upload_uid=str(upload.uid), border=border)
    upload.refresh_from_db()
    assert (upload.state, upload.found) == ("saved", {"outcome": "version", "version": 2})
