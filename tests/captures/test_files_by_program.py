"""Programs hand in files of captures, find what was made of them, and take captures as archives."""

import io
import zipfile

import pytest
from django.urls import reverse

from annotations.captures.models import Capture, StoredFile
from annotations.captures.uploading import captures_read
from annotations.moderation.services import row_hide
from tests.captures.test_elsewhere import numbered
from tests.material import make_article

pytestmark = pytest.mark.django_db
KIND = "application/warc"


@pytest.fixture
def address(project):
    return reverse("api-capture-files", args=[project.slug])


@pytest.fixture
def hand_in(client_for, reviewer, address):
    """Hand a file in as a program does, and do the worker's part; return the answer."""

    def make(content, name="browser.warc"):
        answer = client_for(reviewer).post(f"{address}?name={name}", content, content_type=KIND)
        if answer.status_code == 202:
            captures_read(file_uid=answer.json()["file"], actor_uid=str(reviewer.uid))
        return answer

    return make


def test_a_file_becomes_captures_that_its_location_lists(client_for, reviewer, hand_in):
    hand_in(numbered(9, url="http://gov.test/other"), "other.warc")
    answer = hand_in(numbered(1) + numbered(2, b"", 404))
    assert answer.status_code == 202
    assert answer.json()["answers"] == 2
    listed = client_for(reviewer).get(answer["Location"]).json()["results"]
    assert {(one["origin"], one["status"]) for one in listed} == {
        ("uploaded", 200),
        ("uploaded", 404),
    }
    assert {one["url"] for one in listed} == {"http://gov.test/statement"}
    stored = StoredFile.objects.get(uid=answer.json()["file"])
    assert (stored.name, stored.created_by) == ("browser.warc", reviewer)


def test_the_same_file_once_more_makes_none_twice(hand_in):
    first, second = hand_in(numbered(1)), hand_in(numbered(1))
    assert first.json() == second.json()
    assert Capture.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04broken"])
def test_what_is_no_archive_is_refused_by_name(hand_in, content):
    answer = hand_in(content)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/file"
    assert not StoredFile.objects.exists()


def test_a_form_is_refused_as_its_file_would_be_lost(client_for, reviewer, address):
    answer = client_for(reviewer).post(address, {"file": io.BytesIO(numbered(1))})
    assert answer.status_code == 415
    assert "Send the bytes of the file as the body." in answer.json()["detail"]


def test_who_may_only_read_hands_nothing_in(client_for, reader, address):
    answer = client_for(reader).post(address, numbered(1), content_type=KIND)
    assert answer.status_code == 403
    assert not StoredFile.objects.exists()


def test_captures_are_taken_as_one_archive_narrowed_as_in_the_list(
    client_for, reviewer, project, hand_in
):
    hand_in(numbered(1) + numbered(2, url="http://gov.test/other"))
    place = reverse("api-captures-wacz", args=[project.slug])
    client = client_for(reviewer)
    for query, count in ({}, 2), ({"url": "http://gov.test/other"}, 1):
        answer = client.get(place, query)
        assert answer["Content-Disposition"] == 'attachment; filename="desk-captures.wacz"'
        archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        assert sum(name.startswith("archive/") for name in archive.namelist()) == count
    assert client.get(place, {"url": "http://gov.test/nothing"}).status_code == 409


def test_an_archive_holds_nothing_of_what_is_hidden(
    client_for, reader, moderator, reviewer, project, hand_in
):
    hand_in(numbered(1) + numbered(2, url="http://gov.test/hidden"))
    article = make_article(project, reviewer, url="http://gov.test/hidden")
    row_hide(actor=moderator, row=article, reason="Not ours to show.")
    place = reverse("api-captures-wacz", args=[project.slug])
    answer = client_for(reader).get(place)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert not any(
        b"/hidden" in archive.read(name) for name in archive.namelist() if name.startswith("pages")
    )
    assert sum(name.startswith("archive/") for name in archive.namelist()) == 1


@pytest.mark.parametrize(
    ("handed_in", "hidden"), [("http", "https"), ("https", "http"), ("https", "https")]
)
def test_a_page_is_hidden_by_either_scheme(
    client_for, reader, moderator, reviewer, project, hand_in, handed_in, hidden
):
    hand_in(numbered(1, url=f"{handed_in}://gov.test/a") + numbered(2, url="http://gov.test/b"))
    article = make_article(project, reviewer, url=f"{hidden}://gov.test/a")
    row_hide(actor=moderator, row=article, reason="Not ours to show.")
    listed = reverse("api-captures", args=[project.slug])
    seen = {
        name: [one["url"] for one in client_for(who).get(listed).json()["results"]]
        for name, who in (("reader", reader), ("moderator", moderator))
    }
    assert seen["reader"] == ["http://gov.test/b"]
    assert len(seen["moderator"]) == 2
