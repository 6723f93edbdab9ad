"""Every attempt at an address is a row: judged, with its bytes in a WARC file, and for good."""

import gzip
import hashlib
from datetime import UTC, datetime

import pytest
from django.core.checks import run_checks
from django.db import transaction

from annotations.articles.capturing import article_text, page_capture
from annotations.captures.models import Capture, StoredFile
from annotations.captures.page import EXTRACTOR
from annotations.captures.reading import capture_answer, capture_body, conditions_of
from annotations.captures.services import file_read
from annotations.captures.storage import file_storage
from annotations.lib.ids import uuid7
from annotations.lib.urls import InvalidUrl
from annotations.moderation.redactions.files import files_found
from annotations.moderation.redactions.models import Kind as RedactionKind
from annotations.moderation.redactions.models import Redaction
from annotations.moderation.redactions.patterns import pattern_of
from factcheck.environment import read_test_hosts
from tests.captures import pages
from tests.captures.server import page, to

pytestmark = pytest.mark.django_db


def test_a_page_is_kept_whole_and_judged(server, take, reviewer, project):
    body = pages.ARTICLE.encode()
    packed = gzip.compress(body, mtime=0)
    answer = page(packed, 200, "Content-Encoding: gzip", 'ETag: "v1"')
    server.on("/old", to("/tolls?utm_source=x", 301))
    server.on("/tolls", answer)
    before = datetime.now(UTC)
    capture = take(server.url("/old") + "?utm_medium=y#top")
    capture = Capture.objects.get(pk=capture.pk)
    assert (capture.status, capture.failure, capture.redirects) == (200, "", 1)
    assert capture.url == server.url("/old") + "?utm_medium=y#top"
    assert capture.canonical_url == server.url("/old")
    assert capture.final_url == server.url("/tolls?utm_source=x")
    assert before <= capture.taken_at <= capture.created_at <= datetime.now(UTC)
    assert (capture.origin, capture.media_type) == ("fetched", "text/html")
    assert (capture.body_size, capture.body_sha256) == (len(body), sha256(body))
    assert capture.payload_digest == f"sha256:{sha256(packed)}"
    assert (capture.quality_kind, capture.quality.is_good) == ("page", True)
    assert [hop["status"] for hop in capture.hops] == [301, 200]
    assert ["ETag", '"v1"'] in capture.hops[1]["headers"]
    assert conditions_of(capture).etag == '"v1"'
    assert set(capture.hops[0]["milliseconds"]) == {
        "lookup",
        "connect",
        "tls",
        "first_byte",
        "total",
    }
    assert capture.created_by == reviewer
    assert capture_body(capture) == body
    assert capture_answer(capture).url == capture.final_url
    assert capture.file.media_type == "application/warc"
    assert capture.file.name.startswith("news.test-20")
    assert answer in gzip.decompress(file_read(capture.file))


def sha256(content):
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("answer", "kind", "failure", "has_file"),
    [
        (page(b"", 404), "not_found", "", True),
        (page(b"", 410), "gone", "", True),
        (page(pages.MISSING["ukrainian"].encode()), "soft_not_found", "", True),
        (page(pages.CONSENTS["english"].encode()), "consent_wall", "", True),
        (page(b"", 429, "Retry-After: 60"), "throttled", "", True),
        (page(b"%PDF", 200, kind="application/pdf"), "file", "", True),
        (page(b"x", 200, "Content-Encoding: br"), "unreadable", "bad_encoding", True),
        (page(gzip.compress(bytes(9_000_000), mtime=0), 200, "Content-Encoding: gzip"),
         "unreadable", "bomb", True),
        (to("http://169.254.169.254/latest/"), "refused", "address_refused", True),
        (b"SSH-2.0\r\n\r\n", "unreachable", "protocol", False),
    ],
)  # fmt: skip
def test_every_attempt_is_a_row(server, take, answer, kind, failure, has_file):
    capture = take(server.on("/attempt", answer))
    assert (capture.quality_kind, capture.failure) == (kind, failure)
    assert (capture.file is not None) == has_file
    assert capture.quality.is_good == (kind == "file")
    assert bool(capture.body_sha256) == (failure == "")
    assert capture.retry_after == (60 if kind == "throttled" else None)
    assert Capture.objects.get() == capture
    if failure:
        assert capture.get_failure_display()


@pytest.mark.parametrize(
    ("url", "failure"),
    [
        ("http://127.0.0.1/", "address_refused"),
        ("http://2130706433/", "address_refused"),
        ("http://[::ffff:10.0.0.1]/", "address_refused"),
        ("http://news.example:22/", "bad_address"),
        ("http://nobody.invalid/", "dns"),
    ],
)
def test_what_was_not_asked_for_is_a_row_too(take, url, failure):
    capture = take(url)
    assert (capture.failure, capture.status, capture.file) == (failure, None, None)
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize("url", ["", "news", "ftp://news.test/", "http://a:b@news.test/"])
def test_what_is_no_web_address_at_all_is_none(take, url):
    with pytest.raises(InvalidUrl):
        take(url)
    assert not Capture.objects.exists()


def test_a_repetition_after_a_crash_asks_nobody_again(server, take):
    url, uid = server.on("/once", page(b"<p>once</p>")), uuid7()
    first = take(url, uid=uid)
    asked = len(server.asked)
    assert take(url, uid=uid) == first
    assert (len(server.asked), Capture.objects.count()) == (asked, 1)
    assert take(url) != first


def test_nothing_is_kept_of_a_capture_that_could_not_be_written(server, take, monkeypatch):
    def fail(*args, **more):
        raise RuntimeError

    monkeypatch.setattr(Capture.objects, "create", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        take(server.on("/lost", page(b"<p>lost</p>")))
    assert not StoredFile.objects.exists()


def test_the_words_any_page_shows_have_a_hash(server, take):
    capture = take(server.on("/words", page("<p>Два <b>слова</b></p><script>x</script>".encode())))
    assert capture.text_sha256 == sha256("Два слова".encode())
    assert (capture.text_length, capture.extractor) == (9, EXTRACTOR)


@pytest.fixture
def take_article(server, border, project, reviewer):
    """Capture an article's page as the reviewer."""

    def make(source):
        url = server.on("/article", page(source.encode()))
        return page_capture(actor=reviewer, project=project, url=url, border=border)

    return make


def test_an_articles_text_has_a_hash(take_article):
    capture = take_article(pages.ARTICLE)
    assert capture.extractor == article_text().name
    assert capture.extractor.startswith("article/2 trafilatura/")
    assert 700 < capture.text_length < 1600
    wall = take_article(pages.CONSENTS["english"])
    assert (wall.quality_kind, wall.extractor) == ("consent_wall", EXTRACTOR)


@pytest.mark.long
def test_the_hash_is_of_the_text_alone(take_article):
    first = take_article(pages.ARTICLE)
    same = take_article(pages.ARTICLE.replace("<nav>", "<nav><a href=/n>Another link</a>"))
    other = take_article(pages.ARTICLE.replace("two thousand", "three thousand"))
    assert first.text_sha256 == same.text_sha256 != other.text_sha256
    assert first.body_sha256 != same.body_sha256
    read = article_text()(capture_body(first), url=first.final_url, charset="utf-8")
    assert sha256(read.encode()) == first.text_sha256


# Settings


def test_test_hosts_are_names_nobody_owns():
    assert read_test_hosts({}) == []
    assert read_test_hosts({"CAPTURE_TEST_HOSTS": "Localhost news.TEST"}) == [
        "localhost",
        "news.test",
    ]
    for wrong in ("news.example", "127.0.0.1", "bbc.co.uk", "test"):
        with pytest.raises(Exception, match="CAPTURE_TEST_HOSTS"):
            read_test_hosts({"CAPTURE_TEST_HOSTS": wrong})


@pytest.mark.parametrize(
    ("is_loopback", "hosts", "warned"),
    [(False, ["news.test"], True), (True, ["news.test"], False), (False, [], False)],
)
def test_test_hosts_in_use_are_warned_of(settings, is_loopback, hosts, warned):
    from dataclasses import replace

    settings.SITE = replace(settings.SITE, loopback=is_loopback)
    settings.CAPTURE_TEST_HOSTS = hosts
    found = {one.id for one in run_checks(tags=["security"])}
    assert ("factcheck.W002" in found) == warned


@pytest.mark.parametrize("packed", ["", "gzip"])
def test_redaction_finds_words_inside_a_file_of_captures(server, take, project, packed):
    body = "<p>Олена Приклад сказала це.</p>".encode("cp1251")
    body = gzip.compress(body, mtime=0) if packed else body
    kind = "text/html; charset=windows-1251"
    capture = take(server.on("/named", page(body, 200, f"Content-Encoding: {packed}", kind=kind)))
    take(server.on("/nameless", page(pages.ARTICLE.encode())))
    redaction = Redaction(project=project, kind=RedactionKind.WORDS)
    (found,) = files_found(redaction, pattern_of(["Олена Приклад"], whole_words=True))
    assert (found.file, found.is_replaced) == (capture.file, True)


def test_bytes_are_there_before_the_row_is(capture):
    assert file_storage().read(capture.file.sha256)
