"""Captures on pages and in the API, as people and programs meet them."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annotations.articles.errors import PageNotGood
from annotations.captures.answers import Fetch, Hop
from annotations.captures.failures import Failure, FailureCode
from annotations.captures.models import Capture, StoredFile
from annotations.captures.taking import fetch_keep
from annotations.captures.uploading import captures_read
from tests.captures.test_elsewhere import numbered
from tests.material import make_article, make_capture

pytestmark = pytest.mark.django_db
URL = "https://daily.example/tolls"


@pytest.fixture
def article(project, reviewer):
    return make_article(project, reviewer, url=f"{URL}?utm_source=x")


def page(name, row):
    return reverse(name, kwargs={"slug": row.project.slug, "uid": row.uid})


def text(response):
    return response.content.decode()


def test_an_article_lists_the_captures_of_its_address(
    client_for, project, reader, reviewer, article
):
    mine = make_capture(project, reviewer, url=URL, status=410)
    other = make_capture(project, reviewer, url="https://daily.example/other")
    shown = text(client_for(reader).get(page("article-captures", article)))
    assert page("capture-detail", mine) in shown
    assert page("capture-detail", other) not in shown
    assert "Gone (410)" in shown
    assert "Capture now" not in shown
    assert "Capture now" in text(client_for(reviewer).get(page("article-captures", article)))


def test_an_article_without_an_address_says_so(client_for, project, reviewer):
    article = make_article(project, reviewer)
    assert "no address of its own" in text(
        client_for(reviewer).get(page("article-captures", article))
    )


def test_a_file_is_handed_in_and_read_by_the_worker(
    client_for, reviewer, article, django_capture_on_commit_callbacks
):
    client = client_for(reviewer)
    with django_capture_on_commit_callbacks() as callbacks:
        answer = client.post(
            page("capture-upload", article),
            {"file": SimpleUploadedFile("a.warc", numbered(1) + numbered(2))},
        )
    assert answer["Location"].startswith(page("article-captures", article))
    assert "2 pages are being read" in text(client.get(answer["Location"]))
    assert len(callbacks) == 1
    stored = StoredFile.objects.get(name="a.warc")
    captures_read(file_uid=str(stored.uid), actor_uid=str(reviewer.uid))
    assert "it held 2 pages" in text(client.get(answer["Location"]))


@pytest.mark.parametrize(
    ("route", "fields", "said"),
    [
        ("capture-upload", {}, "required"),
        ("capture-upload", {"file": SimpleUploadedFile("a.warc", b"<html>")}, "no WARC or WACZ"),
        ("capture-copy", {"url": ""}, "required"),
        ("capture-copy", {"url": "ftp://archive.example/"}, "http:// or https://"),
        ("capture-copy", {"url": "http://2130706433/"}, "private or reserved network"),
        ("capture-copy", {"url": "http://archive.example:8080/"}, "no unusual port"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client_for, reviewer, article, route, fields, said):
    answer = client_for(reviewer).post(page(route, article), fields)
    assert answer.status_code == 400
    assert said in text(answer)
    assert not Capture.objects.exists()


def test_nothing_that_was_fetched_is_ever_shown_as_a_page(client_for, project, reviewer):
    evil = "<script>alert(1)</script>"
    hop = Hop(
        url=URL,
        started_at=make_capture(project, reviewer).taken_at,
        response=f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{evil}".encode(),
        status=200,
        reason=evil,
        headers=(("Content-Type", "text/plain"), ("X-Evil", evil)),
    )
    brought = Fetch(
        asked=f"{URL}?q={evil}", started_at=hop.started_at, hops=(hop,), body=evil.encode()
    )
    capture = fetch_keep(actor=reviewer, project=project, canonical=URL, brought=brought)
    client = client_for(reviewer)
    shown = text(client.get(page("capture-detail", capture)))
    assert evil not in shown
    assert shown.count("&lt;script&gt;alert(1)") >= 3
    for address in (
        page("capture-warc", capture),
        reverse("api-capture-warc", args=[project.slug, capture.uid]),
    ):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/warc"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]


def captured(project, reviewer, status=None, **failed):
    """A capture as it came: an answer of this status without a body, or a failure."""
    at = datetime.now(UTC)
    hops = (Hop(url=URL, started_at=at, status=status, response=b"HTTP/1.1 304 N\r\n\r\n"),)
    brought = Fetch(asked=URL, started_at=at, hops=hops if status else (), **failed)
    return fetch_keep(actor=reviewer, project=project, canonical=URL, brought=brought)


def test_what_is_as_it_was_has_no_score_of_its_own(client_for, project, reader, reviewer, article):
    kept = captured(project, reviewer, 304)
    client = client_for(reader)
    shown = text(client.get(page("capture-detail", kept)))
    assert "Unchanged, says the server" in shown
    assert "as good as before" in shown
    assert "of 100" not in shown
    listed = text(client.get(page("article-captures", article)))
    assert 'class="table__number">as before<' in listed
    one = client.get(reverse("api-capture", args=[project.slug, kept.uid])).json()
    assert (one["quality"]["kind"], one["quality"]["score"]) == ("unchanged", None)


@pytest.mark.parametrize("code", FailureCode)
def test_only_what_we_left_ourselves_is_said_to_be_left_by_us(
    code, client_for, project, reader, reviewer, article
):
    kept = captured(project, reviewer, failure=Failure(code))
    ours = code in (FailureCode.ADDRESS_REFUSED, FailureCode.BAD_ADDRESS, FailureCode.ROBOTS)
    client = client_for(reader)
    for address in (page("capture-detail", kept), page("article-captures", article)):
        shown = text(client.get(address))
        assert ("Not fetched by us" in shown) == ours
        assert ">Refused<" not in shown
    assert ("It was we" in PageNotGood(kept).message) == ours


def test_programs_find_captures_by_any_spelling_of_an_address(
    client_for, project, reader, reviewer
):
    capture = make_capture(project, reviewer, url=URL)
    make_capture(project, reviewer, url="https://daily.example/other", status=404)
    client = client_for(reader)
    listed = reverse("api-captures", args=[project.slug])

    def found(**query):
        return [one["uid"] for one in client.get(listed, query).json()["results"]]

    assert found(url="HTTPS://Daily.example:443/tolls?utm_source=x#top") == [str(capture.uid)]
    assert found(url="nothing") == []
    assert found(kind="page") == [str(capture.uid)]
    assert len(found(ordering="-taken")) == 2
    one = client.get(reverse("api-capture", args=[project.slug, capture.uid])).json()
    assert one["quality"] == {"kind": "page", "score": 85, "reasons": ["short"], "is_good": True}
    assert one["warc"].endswith(f"/captures/{capture.uid}/warc/")
    assert one["hops"][0]["headers"] == [["Content-Type", "text/plain"]]
