"""Rows that the pages of articles are opened on."""

import pytest

from annotations.articles.uploads import upload_paste
from annotations.models import Article, ArticleUpload
from tests.articles.pages import TEXT
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
