"""`manage.py add_article`: a file becomes an article, or one sentence says why not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from annotations.articles.permissions import check_add_article
from annotations.lib.errors import Refused
from annotations.models import Article, ArticleVersion, StoredFile, User

pytestmark = pytest.mark.django_db

TEXT = "Tolls differ\n\nThe ministry said that 498 were killed on 2 March 2022."
PAGE = (
    '<html lang="en"><head><title>Tolls differ</title>'
    '<meta property="og:site_name" content="Daily">'
    "</head><body><article><h1>Tolls differ</h1><p>The ministry said that 498 of its soldiers "
    "were killed and 1,597 wounded since the fighting began.</p></article></body></html>"
)


@pytest.fixture
def add(project, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"

    def run(content: str | bytes, *options: str, name: str = "a.txt") -> str:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = StringIO()
        call_command("add_article", str(file), "--project", project.slug, *options, stdout=out)
        return out.getvalue()

    return run


def stored(settings) -> list[str]:
    return [path.name for path in settings.FILES_DIR.rglob("*") if path.is_file()]


def test_a_text_file_is_added_with_what_is_said_of_it(add):
    said = add(
        TEXT, "--title", "Tolls differ", "--url", "https://example.org/a?utm_source=x",
        "--outlet", "Daily", "--published", "2022-03-03", "--language", "en",
    )  # fmt: skip
    article = Article.objects.get()
    assert f"/p/desk/articles/{article.uid}/" in said
    assert (article.title, article.outlet.name, article.language) == ("Tolls differ", "Daily", "en")
    assert (article.published, article.canonical_url) == ("2022-03-03", "https://example.org/a")
    version = article.versions.get()
    assert (version.text, version.origin, version.file.name) == (TEXT, "command", "a.txt")
    assert article.created_by == User.objects.system()


def test_an_html_file_tells_of_itself(add):
    add(PAGE, name="page.html")
    article = Article.objects.get()
    assert (article.title, article.outlet.name, article.language) == ("Tolls differ", "Daily", "en")
    assert article.versions.get().text.startswith("Tolls differ\n\nThe ministry said")


def test_an_option_outweighs_the_file(add):
    add(PAGE, "--title", "Own words", "--outlet", "Weekly", name="page.html")
    article = Article.objects.get()
    assert (article.title, article.outlet.name) == ("Own words", "Weekly")
    assert article.versions.get().text.startswith("Own words\n\nThe ")


@pytest.mark.parametrize(
    ("content", "options", "name", "sentence"),
    [
        ("", (), "a.txt", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n", (), "a.txt", "not a text file"),
        ("bell \x07", (), "a.txt", "forbidden character"),
        ("a" * 1_000_001, (), "a.txt", "at most 1000000"),
        (b"a" * (10 * 1024 * 1024 + 1), (), "a.txt", "larger than 10 MiB"),
        (TEXT, (), "a.pdf", "Only .txt and .html"),
        ("Втрати сторін".encode("windows-1251"), (), "a.txt", "--encoding windows-1251"),
        (TEXT, ("--encoding", "utf-16"), "a.txt", "not valid utf-16"),
        (TEXT, ("--published", "yesterday"), "a.txt", "not a date"),
        (TEXT, ("--url", "example.org"), "a.txt", "must begin with http"),
        (TEXT, ("--as", "nobody@example.org"), "a.txt", "There is no account"),
        ("<html></html>", (), "a.html", "No article text"),
    ],
)
def test_what_cannot_be_added_is_said_and_nothing_stored(
    content, options, name, sentence, add, settings
):
    with pytest.raises(CommandError) as refusal:
        add(content, *options, name=name)
    assert sentence in str(refusal.value)
    assert refusal.value.returncode == 1
    assert not Article.objects.exists()
    assert not StoredFile.objects.exists()
    assert stored(settings) == []


def test_a_missing_file_and_an_unknown_project_are_said(project, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("add_article", str(tmp_path / "none.txt"), "--project", "desk")
    with pytest.raises(CommandError, match="There is no project"):
        call_command("add_article", str(tmp_path / "none.txt"), "--project", "nowhere")


def test_an_encoding_can_be_named(add):
    add("Втрати\n\nЗагинули 498.".encode("windows-1251"), "--encoding", "windows-1251")
    assert ArticleVersion.objects.get().text == "Втрати\n\nЗагинули 498."


def test_a_known_address_is_refused_or_given_a_version(add):
    add(TEXT, "--url", "https://example.org/a")
    with pytest.raises(CommandError, match="--as-version"):
        add(f"{TEXT} More.", "--url", "https://example.org/a")
    assert "Added version 2" in add(
        f"{TEXT} More.", "--url", "https://example.org/a", "--as-version"
    )
    assert "already" in add(f"{TEXT} More.", "--url", "https://example.org/a", "--as-version")
    assert ArticleVersion.objects.count() == 2


def test_a_known_text_is_refused_or_linked(add):
    add(TEXT)
    with pytest.raises(CommandError, match="--copy"):
        add(TEXT)
    add(TEXT, "--copy")
    assert Article.objects.latest("pk").syndicated_from == Article.objects.earliest("pk")


def test_it_acts_for_a_member_with_their_rights(add, reviewer, reader, project):
    add(TEXT, "--as", reviewer.email)
    assert Article.objects.get().created_by == reviewer
    with pytest.raises(CommandError, match="Only someone with the role"):
        add("Other words", "--as", reader.email)
    with pytest.raises(Refused):
        check_add_article(reader, project)
