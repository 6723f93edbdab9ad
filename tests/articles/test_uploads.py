"""Handing in texts: what is accepted, what the worker makes of it, what is never stored."""

import stat
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone

from annotations.articles.decoding import EmptyFile, NotText, UnknownEncoding, WrongEncoding
from annotations.articles.errors import UnreadableUpload, UploadNotReady
from annotations.articles.reading import upload_read
from annotations.articles.tidying import KEPT_FOR, uploads_forget
from annotations.articles.uploads import (
    candidates_of,
    found_of,
    problem_of,
    upload_file,
    upload_paste,
    upload_pick_encoding,
    upload_save_article,
    upload_save_version,
)
from annotations.lib.text import ForbiddenCharacter, TextTooLong, UploadTooLarge
from annotations.models import Article, ArticleUpload, StoredFile
from tests.factories import make_article

pytestmark = pytest.mark.django_db

WORDS = "Tolls differ\n\nThe ministry said that 498 soldiers were killed on 2 March 2022.\n"
CYRILLIC = "Втрати\n\nМіністерство заявило, що загинули 498 військових.\n"
PAGE = """<!doctype html><html lang="en"><head><title>Tolls differ - Daily</title>
<meta property="og:site_name" content="Daily"><meta name="author" content="Ann Writer">
<meta property="article:published_time" content="2022-03-02T10:00:00Z"></head>
<body><article><h1>Tolls differ</h1><p>The ministry said that 498 of its soldiers were killed and
1,597 wounded since the fighting began last week.</p><p>The president of the other country spoke
of 9,000 killed, a day after he had spoken of 6,000 enemy soldiers.</p></article></body></html>"""


@pytest.fixture(autouse=True)
def files(settings, tmp_path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def hand_in(reviewer, project):
    def give(content: bytes | str, name: str = "article.txt") -> ArticleUpload:
        data = content.encode() if isinstance(content, str) else content
        return upload_file(actor=reviewer, project=project, content=data, name=name)

    return give


def read(upload: ArticleUpload) -> ArticleUpload:
    upload_read(upload_uid=str(upload.uid))
    upload.refresh_from_db()
    return upload


def stored_files(files: Path) -> list[Path]:
    return [path for path in files.rglob("*") if path.is_file()]


def test_a_text_file_is_read_and_its_facts_are_guessed(hand_in):
    upload = read(hand_in(WORDS))
    assert upload.state == "ready"
    found = found_of(upload)
    assert (found.text, found.title, found.language) == (WORDS, "Tolls differ", "en")
    assert found.published == "2022-03-02"


def test_an_html_page_is_read_in_the_child_process(hand_in):
    found = found_of(read(hand_in(PAGE, "page.HTML")))
    assert found.title == "Tolls differ"
    assert (found.outlet, found.byline, found.published) == ("Daily", "Ann Writer", "2022-03-02")
    assert found.text.startswith("Tolls differ\n\nThe ministry said")
    assert "<p>" not in found.text


def test_a_read_upload_becomes_an_article_with_its_blocks_and_file(hand_in, reviewer):
    upload = read(hand_in(PAGE, "page.html"))
    text = found_of(upload).text
    article = upload_save_article(actor=reviewer, upload=upload, text=text, title="Tolls differ")
    version = article.versions.get()
    assert (version.text, version.origin, version.file) == (text, "upload", upload.file)
    assert version.blocks.get(n=0).kind == "headline"
    upload.refresh_from_db()
    assert (upload.state, upload.article, upload.found) == ("saved", article, {})


def test_saving_twice_makes_one_article(reviewer, project):
    upload = upload_paste(actor=reviewer, project=project, text=WORDS)
    first = upload_save_article(actor=reviewer, upload=upload, text=WORDS)
    second = upload_save_article(actor=reviewer, upload=upload, text=WORDS)
    assert first == second
    assert Article.objects.count() == 1


def test_an_upload_that_was_not_read_cannot_be_saved(hand_in, reviewer):
    with pytest.raises(UploadNotReady):
        upload_save_article(actor=reviewer, upload=hand_in(WORDS), text=WORDS)


def test_a_pasted_text_is_a_further_version(reviewer, project):
    article = make_article(project, "Old text")
    upload = upload_paste(actor=reviewer, project=project, text="New text", article=article)
    version, is_new = upload_save_version(
        actor=reviewer, upload=upload, article=article, text="New text"
    )
    assert (version.number, version.origin, is_new) == (2, "paste", True)


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"", "a.txt", EmptyFile),
        (b"", "a.html", EmptyFile),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "a.txt", NotText),
        (b"%PDF-1.7 ...", "a.html", NotText),
        (bytes(range(256)) * 20, "a.txt", NotText),
        (b"words \x01 and more", "a.txt", ForbiddenCharacter),
        (b"a" * (10 * 1024 * 1024 + 1), "a.txt", UploadTooLarge),
        (b"a" * 1_000_001, "a.txt", TextTooLong),
        (b"words", "a.docx", UnreadableUpload),
        (b"words", "txt", UnreadableUpload),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_stored(content, name, error, hand_in, files):
    with pytest.raises(error):
        hand_in(content, name)
    assert not ArticleUpload.objects.exists()
    assert not StoredFile.objects.exists()
    assert stored_files(files) == []


def test_too_many_bytes_and_too_many_characters_are_told_apart(hand_in):
    with pytest.raises(UploadTooLarge) as bytes_error:
        hand_in(b"a" * (10 * 1024 * 1024 + 1))
    with pytest.raises(TextTooLong) as text_error:
        hand_in(b"a" * 1_000_001)
    assert "MiB" in bytes_error.value.message
    assert "characters" in text_error.value.message


def test_an_archive_in_disguise_is_refused(hand_in):
    archive = BytesIO()
    with ZipFile(archive, "w") as zipped:
        zipped.writestr("a.txt", "words")
    with pytest.raises(NotText):
        hand_in(archive.getvalue())


def test_an_unknown_encoding_waits_for_a_pick(hand_in, reviewer, files):
    upload = hand_in(CYRILLIC.encode("windows-1251"))
    assert upload.state == "failed"
    previews = {one["encoding"]: one["preview"] for one in candidates_of(upload)}
    assert "Міністерство" in previews["windows-1251"]
    upload_pick_encoding(actor=reviewer, upload=upload, encoding="windows-1251")
    upload.refresh_from_db()
    # While it is being read there is nothing to pick any more.
    assert (upload.state, candidates_of(upload)) == ("waiting", ())
    assert found_of(read(upload)).text == CYRILLIC


def test_a_pick_that_does_not_fit_is_refused_and_another_can_be_made(hand_in, reviewer):
    upload = hand_in(CYRILLIC.encode("windows-1251"))
    for wrong in ("utf-8", "shift_jis", "klingon", ""):
        with pytest.raises((WrongEncoding, UnknownEncoding)):
            upload_pick_encoding(actor=reviewer, upload=upload, encoding=wrong)
    upload.refresh_from_db()
    assert upload.state == "failed"
    assert candidates_of(upload)


def test_a_large_file_of_unknown_encoding_is_judged_by_a_part(hand_in, reviewer):
    text = "a" * 300_000 + "\n" + CYRILLIC * 1000
    upload = hand_in(text.encode("windows-1251"))
    assert "windows-1251" in [one["encoding"] for one in candidates_of(upload)]
    upload_pick_encoding(actor=reviewer, upload=upload, encoding="windows-1251")
    upload.refresh_from_db()
    assert found_of(read(upload)).text == text


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<html><script>alert(1)</script></html>",
        "<p>" + "<div>" * 50_000,
    ],
    ids=["empty", "only a script", "nested 50,000 deep"],
)
def test_a_page_without_an_article_is_told_and_its_file_goes(
    page, hand_in, files, django_capture_on_commit_callbacks
):
    upload = hand_in(page, "page.html")
    with django_capture_on_commit_callbacks(execute=True):
        read(upload)
    assert upload.state == "failed"
    assert "Paste its text instead" in problem_of(upload).message
    assert not StoredFile.objects.exists()
    assert stored_files(files) == []


def test_markup_in_a_page_is_words_or_nothing(hand_in):
    page = PAGE.replace("wounded", '<img src=x onerror="alert(1)">wounded<script>x()</script>')
    text = found_of(read(hand_in(page, "page.html"))).text
    assert "onerror" not in text
    assert "x()" not in text


def test_files_are_private_and_kept_once(hand_in, files):
    hand_in(WORDS)
    hand_in(WORDS, "again.txt")
    (path,) = stored_files(files)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert StoredFile.objects.get().sha256 == path.name


def test_a_files_name_is_only_a_name(hand_in):
    hand_in(WORDS, "..\\..\\etc/pass\nwd.txt")
    assert StoredFile.objects.get().name == "passwd.txt"


def test_uploads_that_nobody_saved_are_forgotten_with_their_files(
    hand_in, reviewer, project, files, django_capture_on_commit_callbacks
):
    old, young, saved = hand_in(WORDS), hand_in(CYRILLIC), read(hand_in(PAGE, "page.html"))
    upload_save_article(actor=reviewer, upload=saved, text=WORDS)
    long_ago = timezone.now() - KEPT_FOR - timedelta(days=1)
    ArticleUpload.objects.exclude(pk=young.pk).update(updated_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads_forget() == 1
    assert set(ArticleUpload.objects.values_list("pk", flat=True)) == {young.pk, saved.pk}
    assert not StoredFile.objects.filter(pk=old.file_id).exists()
    assert len(stored_files(files)) == 2
