"""Adding an article by its address: fetched once, archived, read, and why it could not be."""

import html
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone

from annotations.articles import by_address
from annotations.articles.by_address import (
    is_slow,
    upload_address,
    upload_again,
    upload_fetch,
)
from annotations.articles.errors import AddressTaken
from annotations.articles.models import ArticleUpload, UploadState
from annotations.articles.tidying import KEPT_FOR, uploads_forget
from annotations.articles.uploads import found_of, problem_of
from annotations.captures.models import Capture
from annotations.lib.urls import InvalidUrl
from annotations.moderation.services import row_hide
from tests.articles.fetched import HEADLINE, news
from tests.captures import pages
from tests.captures.server import SITE, page, to
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def test_hosts(settings, tmp_path):
    settings.CAPTURE_TEST_HOSTS = [SITE]
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def start(project, reviewer):
    """Hand in an address as the reviewer."""

    def make(url, **more):
        return upload_address(actor=reviewer, project=project, url=url, **more)

    return make


@pytest.fixture
def run(border):
    """Do the job, and return the upload as it then is."""

    def make(upload):
        upload_fetch(upload_uid=str(upload.uid), border=border)
        return ArticleUpload.objects.get(pk=upload.pk)

    return make


def test_an_address_that_leads_inside_is_not_blamed_on_its_server(
    server, start, run, client_for, reviewer, project
):
    upload = run(start(server.on("/inside", to("http://127.0.0.1/admin"))))
    assert (upload.state, upload.capture.failure) == ("failed", "address_refused")
    shown = client_for(reviewer).get(
        reverse("article-upload-state", args=[project.slug, upload.uid])
    )
    words = html.unescape(shown.content.decode())
    assert "It was we who did not fetch this page" in words
    assert "This address leads into a private or reserved network" in words
    assert "server refused to send" not in words


def test_a_page_is_fetched_archived_and_read(server, start, run):
    server.on("/short", to("/2022/tolls?utm_source=x", 301))
    server.on("/2022/tolls", page(news().encode()))
    upload = run(start(server.url("/short")))
    found = found_of(upload)
    assert (upload.state, upload.url) == ("ready", server.url("/short"))
    assert (found.title, found.byline, found.published, found.outlet) == (
        HEADLINE,
        "Ann Writer",
        "2022-03-02",
        "Daily",
    )
    assert found.url == server.url("/2022/tolls")
    assert upload.capture.file is not None
    assert upload.capture.text_length == len(found.text)


@pytest.mark.parametrize(
    ("named", "kept"),
    [
        ("{site}/story", "{site}/story"),
        ("http://elsewhere.test/story", "{site}/asked"),
        ("{site}/", "{site}/asked"),
        ("javascript:alert(1)", "{site}/asked"),
    ],
    ids=["its own site", "another site", "the front page", "no address"],
)
def test_a_page_is_believed_about_its_address_on_its_own_site_only(named, kept, server, start, run):
    site = server.url("")
    head = f'<link rel="canonical" href="{named.format(site=site)}">'
    server.on("/asked", page(news(head=head).encode()))
    found = found_of(run(start(server.url("/asked"))))
    assert found.url == kept.format(site=site)


@pytest.mark.parametrize("kind", ["english", "ukrainian"])
def test_a_consent_wall_is_said_and_can_be_tried_again(kind, server, start, run, reviewer):
    server.on("/wall", page(pages.CONSENTS[kind].encode()))
    upload = run(start(server.url("/wall")))
    assert upload.state == "failed"
    assert "question about cookies" in problem_of(upload).message
    assert upload.capture.quality_kind == "consent_wall"
    walled = upload.capture
    server.on("/wall", page(news().encode()))
    again = run(upload_again(actor=reviewer, upload=upload))
    assert (again.state, found_of(again).title) == ("ready", HEADLINE)
    assert again.capture != walled


def test_what_the_border_refuses_behind_a_name_is_said(server, start, run, settings):
    upload = start("http://nobody-has-this-name.invalid/story")
    upload = run(upload)
    assert upload.state == "failed"
    assert upload.capture.failure == "dns"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,<p>x",
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/x",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://user:word@news.test/",
        "https://example.org:8443/",
        "http://news.test/" + "a" * 20_000,
        "http://news.test/?utm_source=" + "a" * 20_000,
        "http://exa mple.org/",
        "//example.org/x",
    ],
)
def test_what_cannot_be_fetched_is_refused_at_once(url, start):
    with pytest.raises(InvalidUrl):
        start(url)
    assert not ArticleUpload.objects.exists()


def test_a_host_in_other_letters_is_an_address(start):
    upload = start("https://вісник.укр/подія")
    assert upload.url == "https://вісник.укр/подія"


def test_an_address_an_article_has_is_offered_and_a_hidden_one_only_refused(
    start, project, reviewer, moderator
):
    url = "https://desk.example/tolls"
    article = make_article(project, "Some text.", by=reviewer, url=url)
    with pytest.raises(AddressTaken) as seen:
        start(f"{url}?utm_source=x#top")
    assert seen.value.article == article
    row_hide(actor=moderator, row=article, reason="A reason.")
    with pytest.raises(AddressTaken) as hidden:
        start(url)
    assert hidden.value.article is None
    assert article.title not in hidden.value.message


def test_another_projects_article_is_nobodys_business(start, other_project, outsider):
    url = "https://desk.example/theirs"
    make_article(other_project, "Some text.", by=outsider, url=url)
    assert start(url).state == "waiting"


class Crash(BaseException):
    """What a killed worker leaves behind: everything up to the last commit."""


@pytest.mark.parametrize("step", range(4))
def test_a_crash_after_any_step_asks_nobody_again(step, server, start, border, monkeypatch):
    address = server.on(f"/crash{step}", page(news().encode()))
    upload = start(address)
    noted, note = [], by_address._note

    def crash_before(row, **values):
        if len(noted) == step:
            raise Crash
        noted.append(values)
        return note(row, **values)

    with monkeypatch.context() as broken:
        broken.setattr(by_address, "_note", crash_before)
        try:
            upload_fetch(upload_uid=str(upload.uid), border=border)
        except Crash:
            assert len(noted) == step
    upload_fetch(upload_uid=str(upload.uid), border=border)
    upload_fetch(upload_uid=str(upload.uid), border=border)
    upload.refresh_from_db()
    asked = [head for head in server.asked if f"/crash{step} ".encode() in head]
    assert (upload.state, len(asked)) == ("ready", 1)
    assert Capture.objects.filter(canonical_url=address).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_upload_make_one_capture(server, start, border):
    address = server.on("/two", 0.3, page(news().encode()))
    upload = start(address)

    def work(_n):
        try:
            upload_fetch(upload_uid=str(upload.uid), border=border)
        except IntegrityError:
            # As the queue would: once more, a moment later.
            upload_fetch(upload_uid=str(upload.uid), border=border)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, range(2)))
    upload.refresh_from_db()
    assert upload.state == "ready"
    assert Capture.objects.filter(canonical_url=address).count() == 1


def test_what_hangs_is_said_and_queued_again_with_the_same_capture(start, reviewer):
    upload = start("https://desk.example/slow")
    assert upload_again(actor=reviewer, upload=upload).found == upload.found
    assert not is_slow(upload)
    old = timezone.now() - timedelta(minutes=1)
    ArticleUpload.objects.filter(pk=upload.pk).update(updated_at=old, state=UploadState.FETCHING)
    upload.refresh_from_db()
    assert is_slow(upload)
    again = upload_again(actor=reviewer, upload=upload)
    assert (again.state, again.found) == ("waiting", upload.found)


def test_a_finished_refresh_is_forgotten_with_the_unsaved(start, project, reviewer):
    upload = start("https://desk.example/old")
    old = timezone.now() - KEPT_FOR - timedelta(days=1)
    kept = start("https://desk.example/saved")
    ArticleUpload.objects.filter(pk=upload.pk).update(
        updated_at=old, state=UploadState.SAVED, is_refresh=True
    )
    ArticleUpload.objects.filter(pk=kept.pk).update(updated_at=old, state=UploadState.SAVED)
    assert uploads_forget() == 1
    assert list(ArticleUpload.objects.all()) == [kept]
