"""Captures made elsewhere: uploaded files, and copies that web archives keep."""

import gzip
import hashlib
import io
import time
import zipfile
from datetime import UTC, datetime

import pytest

from annotations.captures.answers import Fetch, Hop
from annotations.captures.copies import copy_of, copy_take, copy_take_queued
from annotations.captures.models import Capture, StoredFile
from annotations.captures.reading import capture_body
from annotations.captures.uploading import captures_read, captures_upload
from annotations.lib.errors import InvalidInput
from annotations.lib.ids import uuid7
from annotations.lib.urls import InvalidUrl
from tests.captures import pages
from tests.captures.server import page, to
from tests.captures.test_warc import record

pytestmark = pytest.mark.django_db
ARTICLE = pages.ARTICLE.encode()


def numbered(n, body=ARTICLE, status=200, url="http://gov.test/statement", **more):
    """A record of an answer, with an identity of its own."""
    raw = record(page(body, status), url=url, **more)
    return raw.replace(b"000000000001>", b"%012d>" % n)


@pytest.fixture
def upload(project, reviewer):
    """Hand a file in and do the worker's part."""

    def make(content, name="browser.warc"):
        uploaded = captures_upload(actor=reviewer, project=project, content=content, name=name)
        captures_read(file_uid=str(uploaded.file.uid), actor_uid=str(reviewer.uid))
        return uploaded

    return make


def test_each_answer_of_an_uploaded_file_is_a_capture(upload, project, reviewer):
    content = numbered(1) + numbered(2, b"", 404, date="2022-03-05T00:00:00Z")
    uploaded = upload(content)
    assert uploaded.answers == 2
    first, second = Capture.objects.order_by("taken_at")
    assert (first.origin, first.status, first.quality_kind) == ("uploaded", 200, "page")
    assert first.taken_at.isoformat() == "2022-03-02T10:00:00+00:00"
    assert (second.quality_kind, second.taken_at.day) == ("not_found", 5)
    assert first.canonical_url == second.canonical_url == "http://gov.test/statement"
    assert first.file == second.file == uploaded.file
    assert uploaded.file.sha256 == hashlib.sha256(content).hexdigest()
    assert uploaded.file.created_by == first.created_by == reviewer
    assert capture_body(first) == ARTICLE
    assert first.body_sha256 == hashlib.sha256(ARTICLE).hexdigest()
    assert first.text_sha256


def test_a_repetition_adds_only_what_lacks(upload, reviewer):
    uploaded = upload(numbered(1) + numbered(2))
    captures_read(file_uid=str(uploaded.file.uid), actor_uid=str(reviewer.uid))
    upload(numbered(1) + numbered(2))
    assert Capture.objects.count() == 2
    assert StoredFile.objects.exclude(name="text.txt").count() == 1


def test_what_redirects_is_no_page_and_what_cannot_be_unpacked_says_so(upload):
    broken = record(page(b"x", 200, "Content-Encoding: br")).replace(b"000001>", b"000009>")
    uploaded = upload(numbered(1, b"", 302) + broken + numbered(2, url="ftp://gov.test/"))
    assert uploaded.answers == 1
    capture = Capture.objects.get()
    assert (capture.failure, capture.quality_kind) == ("bad_encoding", "unreadable")


def test_a_page_under_the_name_of_a_record_before_it_is_none_of_its_own(upload):
    """By its name the other record would be found, which nobody has judged."""
    moved = numbered(1, b"", 302)
    assert upload(moved + numbered(1) + numbered(2)).answers == 1
    assert Capture.objects.get().record_id.endswith("000000000002>")


@pytest.mark.parametrize(
    "date",
    ["0001-01-01T00:00:00+23:59", "1890-01-01T00:00:00Z", "2222-03-02T10:00:00Z",
     "9999-12-31T23:59:59-23:59"],
)  # fmt: skip
def test_an_answer_from_no_time_that_has_been_is_left_out(upload, date):
    with pytest.raises(InvalidInput):
        upload(numbered(1, date=date))
    assert upload(numbered(1, date=date) + numbered(2)).answers == 1
    assert Capture.objects.get().taken_at.year == 2022


def wacz(*files, kind=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def test_a_wacz_archive_is_read_by_the_files_in_it(upload):
    content = wacz(
        ("datapackage.json", "{}"),
        ("archive/a.warc.gz", gzip.compress(numbered(1), mtime=0)),
        ("archive/b.warc", numbered(2)),
        ("../../etc/passwd", "x"),
    )
    uploaded = upload(content, "site.wacz")
    assert (uploaded.answers, uploaded.file.media_type) == (2, "application/wacz")
    assert [capture_body(one) for one in Capture.objects.all()] == [ARTICLE, ARTICLE]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"PK\x03\x04nothing",
        wacz(("datapackage.json", "{}")),
        wacz(("archive/a.warc", b"no warc")),
        wacz(("archive/a.warc.gz", gzip.compress(b"WARC/1.0" + bytes(90_000_000), mtime=0))),
        wacz(*((f"archive/{n}.warc", b"WARC/1.0") for n in range(101))),
        numbered(1, b"", 302),
        b"".join(numbered(n, b"x") for n in range(201)),
        gzip.compress(bytes(90_000_000), mtime=0),
        wacz(("archive/a.warc", numbered(1))).replace(b"PK\x05\x06", b"PK\x05\x06\0", 1),
        wacz(("archive/a.warc", numbered(1)))[9:].replace(b"archive", b"PK\x03\x04ive"),
        wacz(("archive/\u0436.warc", numbered(1))).replace("\u0436".encode(), b"\xdf\xdf"),
        numbered(1).replace(b"Content-Length: ", b"Content-Length: " + b"9" * 20, 1),
        wacz(("archive/a.warc", numbered(1)), ("more.txt", "x"), kind=zipfile.ZIP_BZIP2),
    ],
    ids=["empty", "html", "no zip", "no warc", "wrong", "bomb in zip", "many files", "redirects",
         "many", "bomb", "moved", "cut", "odd name", "long", "bzip2"],
)  # fmt: skip
def test_a_file_that_is_no_archive_or_too_much_of_one_is_refused_and_not_kept(
    project, reviewer, content
):
    with pytest.raises(InvalidInput) as refused:
        captures_upload(actor=reviewer, project=project, content=content, name="x")
    assert refused.value.field == "file"
    assert not StoredFile.objects.exists()


def test_a_file_that_is_too_large_is_refused(project, reviewer, settings):
    settings.EVIDENCE_FILE_BYTES = 100
    with pytest.raises(InvalidInput, match="MiB"):
        captures_upload(actor=reviewer, project=project, content=numbered(1), name="x")


# Web archives


MEMENTO = "Memento-Datetime: Wed, 02 Mar 2022 10:00:00 GMT"


def link(original):
    return (
        f'Link: <{original}>; rel="original", <http://news.test/timemap>; rel="timemap";'
        f' type="application/link-format", <http://news.test/web/x>; rel="first memento"'
    )


@pytest.fixture
def copy(server, border, project, reviewer):
    """Capture the copy at an address of the archive."""

    def make(answer, original="https://gov.test/statement"):
        server.on("/web/2022", to("/web/20220302100000id_"))
        server.on("/web/20220302100000id_", answer)
        return copy_take(
            actor=reviewer,
            project=project,
            url=server.url("/web/2022"),
            original=original,
            border=border,
        )

    return make


def test_a_web_archives_copy_is_a_capture_of_the_original(server, copy):
    capture = copy(page(ARTICLE, 200, MEMENTO, link("http://gov.test/statement?utm_source=x")))
    assert (capture.origin, capture.canonical_url) == ("web_archive", "https://gov.test/statement")
    assert capture.taken_at.isoformat() == "2022-03-02T10:00:00+00:00"
    assert capture.memento_url == server.url("/web/20220302100000id_")
    assert capture.url == server.url("/web/2022")
    assert ["Memento-Datetime", "Wed, 02 Mar 2022 10:00:00 GMT"] in capture.hops[1]["headers"]
    assert capture_body(capture) == ARTICLE


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [MEMENTO],
        [link("http://gov.test/statement")],
        ["Memento-Datetime: soon", link("http://gov.test/statement")],
        [MEMENTO, link("http://elsewhere.test/statement")],
        [MEMENTO, link("javascript:alert(1)")],
        [MEMENTO, "Link: " + "<" * 20_000],
        [MEMENTO, "Link: <http://gov.test/statement>; rel=first"],
        [MEMENTO, "Link: <http://gov.test/statement>; rel=memento; type=original"],
        ["Memento-Datetime: Wed, 02 Mar 2222 10:00:00 GMT", link("http://gov.test/statement")],
        ["Memento-Datetime: Mon, 01 Jan 1890 00:00:00 GMT", link("http://gov.test/statement")],
    ],
)
def test_what_is_no_copy_of_it_is_a_capture_of_where_it_stands(server, copy, headers):
    capture = copy(page(ARTICLE, 200, *headers))
    assert (capture.origin, capture.canonical_url) == ("fetched", server.url("/web/2022"))
    assert capture.memento_url == ""


def test_a_copy_of_a_platforms_notice_is_the_notice(copy):
    source = pages.short("Channel", "Post not found").encode()
    address = "https://t.me/gov/5"
    capture = copy(page(source, 200, MEMENTO, link(address)), original=address)
    assert (capture.origin, capture.quality_kind) == ("web_archive", "tombstone")


def test_a_link_of_many_words_is_read_at_once():
    hop = Hop("https://news.test/web", datetime.now(UTC), headers=(
        ("Memento-Datetime", MEMENTO.partition(": ")[2]),
        ("Link", "<http://a.test/>" + "; rel=a" * 9000),
        ("Link", '<http://a.test/>; x="' * 9000),
        ("Link", "<http://gov.test/>;REL = Original"),
    ))  # fmt: skip
    began = time.perf_counter()
    found = copy_of(Fetch("https://news.test/web", hop.started_at, hops=(hop,)))
    assert found is not None
    assert found.original == "http://gov.test/"
    assert time.perf_counter() - began < 1


def test_a_copy_of_no_web_address_is_refused(copy):
    with pytest.raises(InvalidUrl):
        copy(page(ARTICLE), original="gov")
    assert not Capture.objects.exists()


def test_a_queued_copy_is_taken_once(server, border, project, reviewer, settings):
    settings.CAPTURE_TEST_HOSTS = ["news.test"]
    url, uid = server.on("/queued", page(ARTICLE, 200, MEMENTO, link("http://gov.test/"))), uuid7()
    for _time in range(2):
        copy_take_queued(
            project_uid=str(project.uid),
            actor_uid=str(reviewer.uid),
            uid=str(uid),
            url=url,
            original="http://gov.test/",
        )
    assert Capture.objects.get().uid == uid
