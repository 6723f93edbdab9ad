"""Programs add articles by address, refresh them and take captures: asked for, then read."""

import pytest

from annotations.accounts.tokens import token_create
from annotations.articles.by_address import upload_fetch
from annotations.articles.capturing import page_capture_queued
from annotations.captures.models import Capture
from annotations.models import Article, ArticleUpload
from tests.api.conftest import ALL_SCOPES, Caller
from tests.articles.fetched import CHANGED, HEADLINE, news
from tests.captures import pages
from tests.captures.server import SITE, page

pytestmark = pytest.mark.django_db

DESK = "/api/v1/projects/desk/"


@pytest.fixture
def caller(reviewer, project, settings, tmp_path):
    settings.CAPTURE_TEST_HOSTS = [SITE]
    settings.FILES_DIR = tmp_path / "files"
    made = token_create(actor=reviewer, user=reviewer, name="script", scopes=ALL_SCOPES)
    return Caller(made[1])


@pytest.fixture
def work(border):
    def make():
        upload = ArticleUpload.objects.latest("pk")
        upload_fetch(upload_uid=str(upload.uid), border=border)

    return make


def test_an_address_becomes_an_article(server, caller, work):
    address = server.on("/api", page(news().encode()))
    asked = caller.post(f"{DESK}uploads/", {"url": address}, Idempotency_Key="one")
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    again = caller.post(f"{DESK}uploads/", {"url": address}, Idempotency_Key="one")
    assert (again.status_code, again.json()["uid"]) == (202, asked.json()["uid"])
    work()
    read = caller.get(asked["Location"]).json()
    assert (read["state"], read["found"]["title"]) == ("ready", HEADLINE)
    assert read["found"]["outlet_name"] == "Daily"
    saved = caller.post(f"{DESK}uploads/{read['uid']}/save/", {"byline": "A. Writer"}).json()
    article = Article.objects.get()
    assert (saved["state"], saved["article"]) == ("saved", str(article.uid))
    assert (article.title, article.byline, article.url) == (HEADLINE, "A. Writer", address)
    assert str(article.versions.get().capture.uid) == read["capture"]
    caller.post(f"{DESK}uploads/{read['uid']}/save/", {})
    assert Article.objects.count() == 1
    versions = caller.get(f"{DESK}articles/{article.uid}/versions/").json()["results"]
    assert (versions[0]["origin"], versions[0]["capture"]) == ("fetched", read["capture"])


def test_why_not_is_a_sentence_and_codes(server, caller, work):
    address = server.on("/wall", page(pages.CONSENTS["english"].encode()))
    uid = caller.post(f"{DESK}uploads/", {"url": address}).json()["uid"]
    work()
    read = caller.get(f"{DESK}uploads/{uid}/").json()
    assert (read["state"], read["found"]) == ("failed", None)
    assert "cookies" in read["problem"]
    assert "consent_words" in read["reasons"]
    refused = caller.post(f"{DESK}uploads/{uid}/save/", {})
    assert refused.status_code == 409
    assert caller.post(f"{DESK}uploads/{uid}/again/").json()["state"] == "waiting"


def test_a_refresh_tells_its_outcome(server, add, caller, work):
    article = add("/refreshed", news())
    server.on("/refreshed", page(news(CHANGED).encode()))
    asked = caller.post(f"{DESK}articles/{article.uid}/refresh/")
    assert (asked.status_code, asked.json()["outcome"]) == (202, None)
    work()
    read = caller.get(asked["Location"]).json()
    assert (read["outcome"], read["version"], read["article"]) == (
        "version",
        2,
        str(article.uid),
    )


def test_a_changed_text_beside_corrections_is_saved_by_the_program(
    server,
    add,
    caller,
    work,
):
    article = add("/hand", news(), correct=lambda text: text.replace("1,597", "1,600"))
    server.on("/hand", page(news(CHANGED).encode()))
    asked = caller.post(f"{DESK}articles/{article.uid}/refresh/")
    work()
    read = caller.get(asked["Location"]).json()
    assert (read["state"], read["outcome"]) == ("ready", "to_check")
    refused = caller.post(f"{DESK}uploads/{read['uid']}/save/", {"byline": "X"})
    assert refused.status_code == 400
    saved = caller.post(f"{DESK}uploads/{read['uid']}/save/", {"text": read["found"]["text"]})
    assert (saved.status_code, article.versions.count()) == (200, 2)


@pytest.mark.parametrize("route", ["uploads/", "captures/"])
@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://127.0.0.1/", "http://10.1/"])
def test_what_cannot_be_fetched_is_a_problem_at_its_field(route, url, caller):
    answer = caller.post(f"{DESK}{route}", {"url": url})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/url"


def test_an_article_that_has_the_address_is_named(server, add, caller):
    article = add("/known", news())
    answer = caller.post(f"{DESK}uploads/", {"url": article.url})
    assert answer.status_code == 409
    assert answer.json()["conflicts_with"]["uid"] == str(article.uid)


def test_a_capture_is_asked_for_and_then_read(server, caller, reviewer, project):
    address = server.on("/capture", page(news().encode()))
    asked = caller.post(f"{DESK}captures/", {"url": address}, Idempotency_Key="two")
    uid = asked.json()["uid"]
    assert asked.status_code == 202
    again = caller.post(f"{DESK}captures/", {"url": address}, Idempotency_Key="two")
    assert again.json() == {"uid": uid}
    assert caller.get(asked["Location"]).status_code == 404
    page_capture_queued(
        project_uid=str(project.uid), actor_uid=str(reviewer.uid), uid=uid, url=address
    )
    assert caller.get(asked["Location"]).json()["quality"]["is_good"]
    assert Capture.objects.count() == 1
