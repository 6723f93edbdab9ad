"""Rows that the pages of articles are opened on."""

import pytest

from annotations.articles.by_address import upload_address, upload_fetch
from annotations.articles.capturing import page_capture
from annotations.articles.uploads import found_of, upload_paste, upload_save_article
from annotations.models import Article, ArticleUpload
from tests.articles.pages import TEXT
from tests.captures.conftest import border, server  # noqa: F401 (fixtures)
from tests.captures.server import SITE, page
from tests.factories import make_article


@pytest.fixture
def files(settings, tmp_path) -> None:
    """Keep files of uploads out of the installation's folder."""
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def article(project, reviewer) -> Article:
    return make_article(project, TEXT, title="Tolls differ", by=reviewer)


@pytest.fixture
def upload(project, reviewer) -> ArticleUpload:
    return upload_paste(actor=reviewer, project=project, text=TEXT)


@pytest.fixture
def add(server, project, reviewer, border, settings, tmp_path):  # noqa: F811 (the fixtures)
    """Add an article by its address, as the reviewer, who may `correct` its text first."""
    settings.CAPTURE_TEST_HOSTS = [SITE]
    settings.FILES_DIR = tmp_path / "files"

    def make(path, body, *, correct=lambda text: text, title="") -> Article:
        address = server.on(path, page(body.encode()))
        upload = upload_address(actor=reviewer, project=project, url=address)
        upload_fetch(upload_uid=str(upload.uid), border=border)
        upload.refresh_from_db()
        found = found_of(upload)
        return upload_save_article(
            actor=reviewer,
            upload=upload,
            text=correct(found.text),
            title=title or found.title,
            url=found.url,
        )

    return make


@pytest.fixture
def capture(project, reviewer, border):  # noqa: F811 (the fixture)
    """Capture an address as the reviewer."""

    def make(url):
        return page_capture(actor=reviewer, project=project, url=url, border=border)

    return make
