"""A web archive's copy as people and programs ask for it: what came is said where they did."""

from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.urls import reverse

from annotations.articles.capturing import copy_capture
from annotations.captures.models import Capture
from tests.captures.server import page
from tests.captures.test_elsewhere import ARTICLE, MEMENTO, link
from tests.material import make_article, make_statement

pytestmark = pytest.mark.django_db
URL = "https://gov.test/statement"


@pytest.fixture(autouse=True)
def _test_host(settings):
    settings.CAPTURE_TEST_HOSTS = ["news.test"]


@pytest.fixture(params=["article", "statement"])
def subject(request, project, reviewer):
    """Something with an address, and the routes of its captures."""
    if request.param == "article":
        return make_article(project, reviewer, url=URL), "article-captures", "capture-copy"
    made = make_statement(project, reviewer, url=URL)
    return made, "statement-captures", "statement-capture-copy"


@pytest.fixture
def ask(client_for, project, reviewer, subject, server):
    """Ask for a copy that answers so, and let the worker fetch it; return what the page shows."""
    row, _listed, route = subject
    client = client_for(reviewer)
    names = [project.slug, row.uid]

    def make(answer):
        url = server.on("/web/1", answer)
        place = client.post(reverse(route, args=names), {"url": url})["Location"]
        before = client.get(place).content.decode()
        assert "The copy is being fetched" in before
        assert "data-wait=" in before
        copy_capture(
            project_uid=str(project.uid),
            actor_uid=str(reviewer.uid),
            uid=parse_qs(urlsplit(place).query)["copy"][0],
            url=url,
            original=URL,
        )
        state = f"{urlsplit(place).path}state/?{urlsplit(place).query}"
        part = client.get(state).content.decode()
        shown = client.get(place).content.decode()
        assert part.strip() in shown
        assert "data-wait-ended" in part
        return part

    return make


def test_a_copy_stands_in_the_list_it_was_asked_from(ask):
    shown = ask(page(ARTICLE, 200, MEMENTO, link(URL)))
    capture = Capture.objects.get()
    assert "The copy is kept as a capture of this page." in shown
    assert str(capture.uid) in shown
    assert "Nothing has been captured" not in shown


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ([], "no web archive&#x27;s copy"),
        ([MEMENTO], "does not say what it is a copy of"),
        ([MEMENTO, link("http://elsewhere.test/other")], "http://elsewhere.test/other"),
    ],
)
def test_what_is_no_copy_of_this_page_is_said_with_its_reason(ask, headers, said):
    shown = ask(page(ARTICLE, 200, *headers))
    assert said in shown
    assert f"captures/{Capture.objects.get().uid}/" in shown
    assert "Nothing has been captured at this address yet" in shown


def test_a_copy_that_never_came_says_why(ask):
    assert "broke off" in ask(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nshort")


@pytest.mark.parametrize("status", [404, 429, 503])
def test_an_archive_that_answers_with_an_error_gave_no_copy(ask, status):
    shown = ask(page(ARTICLE, status))
    assert "answered with an error" in shown
    assert "Memento-Datetime" not in shown


def test_a_copy_of_a_page_that_was_missing_is_a_copy(ask):
    assert "The copy is kept" in ask(page(ARTICLE, 404, MEMENTO, link(URL)))


@pytest.mark.parametrize("query", ["copy=x", "copy=", "file=1&pages=2", "take=%00"])
def test_an_address_that_names_nothing_waits_for_nothing(
    client_for, project, reviewer, subject, query
):
    row, listed, _route = subject
    place = reverse(listed, args=[project.slug, row.uid])
    assert "data-wait=" not in client_for(reviewer).get(f"{place}?{query}").content.decode()


def test_programs_ask_for_copies_and_read_why_one_is_none(
    client_for, project, reviewer, server, django_capture_on_commit_callbacks
):
    client = client_for(reviewer)
    listed = reverse("api-captures", args=[project.slug])
    url = server.on("/web/2", page(ARTICLE, 200, MEMENTO, link("http://elsewhere.test/")))
    with django_capture_on_commit_callbacks() as callbacks:
        body = {"url": url, "copy_of": URL}
        answer = client.post(listed, body, content_type="application/json")
    assert answer.status_code == 202
    assert len(callbacks) == 1
    uid = answer.json()["uid"]
    copy_capture(
        project_uid=str(project.uid),
        actor_uid=str(reviewer.uid),
        uid=uid,
        url=url,
        original=URL,
    )
    one = reverse("api-capture", args=[project.slug, UUID(uid)])
    said = client.get(one, {"copy_of": URL}).json()["no_copy"]
    assert (said["code"], said["original"]) == ("another_page", "http://elsewhere.test/")
    assert said["message"] == "What stands at this address is a copy of another page."
    assert client.get(one).json()["no_copy"] is None
    assert client.get(one, {"copy_of": "nothing"}).status_code == 400
    for refused in ("http://2130706433/", "ftp://archive.example/"):
        body = {"url": refused, "copy_of": URL}
        assert client.post(listed, body, content_type="application/json").status_code == 400
