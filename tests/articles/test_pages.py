"""The pages of articles: what they do."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.articles.reading import upload_read
from annotations.articles.services import article_update, version_add
from annotations.articles.uploads import upload_file, upload_paste
from annotations.models import Article, ArticleUpload, ArticleVersion, StoredFile
from tests.articles.pages import FIELDS, TEXT, url, words
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def test_pasting_leads_to_a_check_page_with_guesses_and_saving_to_the_workbench(
    reviewer, project, client_for
):
    client = client_for(reviewer)
    answer = client.post(url("article-create", project), {"text": TEXT})
    upload = ArticleUpload.objects.get()
    assert answer.url == url("article-upload", project, upload)
    page = words(client.get(answer.url))
    assert 'value="Tolls differ"' in page
    assert 'value="2022-03-02"' in page
    saved = client.post(answer.url, {**FIELDS, "outlet_name": "Daily", "published": "2022-03-02"})
    article = Article.objects.get()
    assert saved.url == url("workbench", project, article)
    assert (article.title, article.outlet.name, article.created_by) == (
        "Tolls differ",
        "Daily",
        reviewer,
    )
    assert article.versions.get().text == TEXT
    assert article.history.get().pgh_context == {
        "actor": reviewer.pk,
        "action": "article.create",
    }
    assert client.get(answer.url).url == url("workbench", project, article)


def test_the_text_comes_back_from_the_form_as_it_was_sent(reviewer, project, upload, client_for):
    text = "Tolls differ\r\n\r\n  Two  spaces\u00a0here\r\n\r\n\r\nand three lines below\r\n"
    client_for(reviewer).post(url("article-upload", project, upload), {**FIELDS, "text": text})
    assert ArticleVersion.objects.get().text == text.replace("\r\n", "\n")


def test_a_headline_the_text_lacks_is_put_before_it_if_wanted(reviewer, project, client_for):
    for box, expected in (({"headline_first": "on"}, "Other words\n\nBody."), ({}, "Body.")):
        upload = upload_paste(actor=reviewer, project=project, text="Body.")
        client_for(reviewer).post(
            url("article-upload", project, upload),
            {"title": "Other words", "kind": "news", "text": "Body.", **box},
        )
        assert ArticleVersion.objects.latest("pk").text == expected


def begins(answer) -> list[str]:
    """Return the lines that the page says the text will begin with."""
    quoted = words(answer).split("data-beginning", 1)[1].split("</blockquote>", 1)[0]
    return re.findall(r"<p>(.*?)</p>", quoted)


def test_a_corrected_headline_takes_the_place_of_the_one_that_was_read(
    reviewer, project, client_for
):
    upload = upload_paste(actor=reviewer, project=project, text=TEXT)
    client, address = client_for(reviewer), url("article-upload", project, upload)
    assert begins(client.get(address))[0] == "Tolls differ"
    sent = {**FIELDS, "title": "Tolls differ tenfold"}
    looked = client.post(address, {**sent, "decision": "look"})
    assert looked.status_code == 200
    assert begins(looked)[0] == "Tolls differ tenfold"
    assert begins(client.post(address, {**sent, "decision": "look", "headline_first": ""}))[0] == (
        "Tolls differ"
    )
    assert not Article.objects.exists()
    client.post(address, sent)
    assert ArticleVersion.objects.get().text == TEXT.replace("Tolls differ", sent["title"], 1)
    assert ArticleVersion.objects.get().blocks.first().kind == "headline"


def test_looking_at_the_beginning_saves_nothing_whatever_else_is_wrong(
    reviewer, project, upload, client_for
):
    sent = {**FIELDS, "published": "yesterday", "title": "", "decision": "look"}
    answer = client_for(reviewer).post(url("article-upload", project, upload), sent)
    assert (answer.status_code, begins(answer)[0]) == (200, "Tolls differ")
    assert not Article.objects.exists()


def test_a_version_begins_with_the_headline_its_page_has_now_once(
    reviewer, project, article, client_for
):
    client = client_for(reviewer)
    changed = TEXT.replace("Tolls differ", "Tolls agree", 1)
    answer = client.post(url("version-create", project, article), {"text": changed})
    assert begins(client.get(answer.url))[0] == "Tolls agree"
    client.post(answer.url, {"text": changed, "headline_first": "on"})
    assert article.versions.latest("number").text == changed


def test_an_uploaded_file_is_read_by_the_worker_while_the_page_looks_again(
    reviewer, project, client_for
):
    client = client_for(reviewer)
    file = SimpleUploadedFile("a.txt", TEXT.encode())
    answer = client.post(url("article-create", project), {"file": file})
    waiting = client.get(answer.url)
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in words(waiting)
    assert "Waiting for the worker." in words(waiting)
    upload_read(upload_uid=str(ArticleUpload.objects.get().uid))
    ready = client.get(answer.url)
    assert 'http-equiv="refresh"' not in words(ready)
    assert "498 were killed" in words(ready)


def test_an_unknown_encoding_is_picked_from_previews(reviewer, project, client_for):
    client = client_for(reviewer)
    content = "Втрати\n\nЗагинули 498 військових.".encode("windows-1251")
    answer = client.post(
        url("article-create", project), {"file": SimpleUploadedFile("a.txt", content)}
    )
    page = words(client.get(answer.url))
    assert "Загинули 498 військових" in page
    upload = ArticleUpload.objects.get()
    send = url("article-upload-encoding", project, upload)
    refused = client.post(send, {"encoding": "utf-8"})
    assert refused.status_code == 400
    assert "not valid utf-8" in words(refused)
    client.post(send, {"encoding": "windows-1251"})
    upload_read(upload_uid=str(upload.uid))
    assert "Загинули 498 військових" in words(client.get(answer.url))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not a text file"),
        (b"bell \x07", "forbidden character U+0007"),
        (b"a" * (10 * 1024 * 1024 + 1), "larger than 10 MiB"),
        (b"a" * 1_000_001, "1000001 characters; at most 1000000"),
    ],
    ids=["empty", "image", "control character", "too many bytes", "too many characters"],
)
def test_a_file_that_cannot_be_used_is_told_and_nothing_stored(
    content, sentence, reviewer, project, client_for
):
    answer = client_for(reviewer).post(
        url("article-create", project), {"file": SimpleUploadedFile("a.txt", content)}
    )
    assert answer.status_code == 400
    assert sentence in words(answer)
    assert not ArticleUpload.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Give an address, paste a text or choose a file."),
        ({"text": "  \n "}, "Give an address, paste a text or choose a file."),
        ({"text": "a" * 1_000_001}, "at most 1000000"),
        ({"text": "bell \x07"}, "forbidden character U+0007"),
    ],
)
def test_a_text_that_cannot_be_used_is_told(sent, sentence, reviewer, project, client_for):
    answer = client_for(reviewer).post(url("article-create", project), sent)
    assert answer.status_code == 400
    assert sentence in words(answer)
    assert not ArticleUpload.objects.exists()


def test_a_text_and_a_file_at_once_are_refused(reviewer, project, client_for):
    sent = {"text": TEXT, "file": SimpleUploadedFile("a.txt", b"words")}
    answer = client_for(reviewer).post(url("article-create", project), sent)
    assert "only one of them" in words(answer)


def test_a_known_address_is_offered_a_new_version(reviewer, project, client_for):
    first = make_article(project, "Old words", title="First", url="https://example.org/a")
    upload = upload_paste(actor=reviewer, project=project, text=TEXT)
    client = client_for(reviewer)
    sent = {**FIELDS, "url": "https://example.org/a#now"}
    offer = client.post(url("article-upload", project, upload), sent)
    assert offer.status_code == 409
    assert "Add as a new version of “First”" in words(offer)
    assert Article.objects.count() == 1
    answer = client.post(url("article-upload", project, upload), {**sent, "decision": "version"})
    assert answer.url == url("workbench", project, first)
    assert first.versions.count() == 2


def test_a_known_text_is_offered_as_a_copy(reviewer, project, article, client_for):
    upload = upload_paste(actor=reviewer, project=project, text=TEXT)
    client = client_for(reviewer)
    offer = client.post(url("article-upload", project, upload), FIELDS)
    assert offer.status_code == 409
    assert "Add anyway, linked as a copy" in words(offer)
    client.post(url("article-upload", project, upload), {**FIELDS, "decision": "copy"})
    assert Article.objects.latest("pk").syndicated_from == article


def test_a_wrong_field_is_told_beside_it(reviewer, project, upload, client_for):
    answer = client_for(reviewer).post(
        url("article-upload", project, upload), {**FIELDS, "published": "yesterday"}
    )
    assert answer.status_code == 400
    assert "is not a date this tool can read" in words(answer)
    assert not Article.objects.exists()


def test_a_further_version_is_checked_and_saved(reviewer, project, article, client_for):
    client = client_for(reviewer)
    answer = client.post(url("version-create", project, article), {"text": f"{TEXT} More."})
    page = words(client.get(answer.url))
    assert "Check the new version" in page
    client.post(answer.url, {"text": f"{TEXT} More.", "headline_first": "on"})
    assert article.versions.count() == 2
    assert article.history.latest("pgh_id").pgh_context["action"] == "article.add_version"


def test_a_version_with_the_same_text_adds_nothing_and_says_so(
    reviewer, project, article, client_for
):
    client = client_for(reviewer)
    answer = client.post(url("version-create", project, article), {"text": TEXT})
    client.post(answer.url, {"text": TEXT, "headline_first": "on"})
    assert article.versions.count() == 1
    assert "nothing was added" in words(client.get(url("article-list", project)))


def test_editing_changes_what_is_said_about_the_article(reviewer, project, article, client_for):
    client = client_for(reviewer)
    page = client.get(url("article-edit", project, article))
    assert 'value="Tolls differ"' in words(page)
    sent = {"title": "Better", "kind": "post", "marking_state": "done", "revision": 1}
    answer = client.post(url("article-edit", project, article), {**sent, "reason": "typing error"})
    assert answer.url == url("workbench", project, article)
    article.refresh_from_db()
    assert (article.title, article.kind, article.marking_state) == ("Better", "post", "done")
    last = article.history.latest("pgh_id").pgh_context
    assert (last["actor"], last["reason"]) == (reviewer.pk, "typing error")


def test_editing_over_someone_elses_change_shows_theirs_first(
    reviewer, second_reviewer, project, article, client_for
):
    article_update(actor=second_reviewer, article=article, revision=1, title="Their headline")
    sent = {"title": "My headline", "kind": "news", "marking_state": "to_do", "revision": 1}
    client = client_for(reviewer)
    answer = client.post(url("article-edit", project, article), sent)
    assert answer.status_code == 412
    assert "Their headline" in words(answer)
    assert "My headline" in words(answer)
    assert 'name="revision" value="2"' in words(answer)
    client.post(url("article-edit", project, article), {**sent, "revision": 2})
    article.refresh_from_db()
    assert article.title == "My headline"


def test_versions_are_listed_latest_first(reader, project, article, reviewer, client_for):
    version_add(actor=reviewer, article=article, text="New text")
    page = words(client_for(reader).get(url("version-list", project, article)))
    assert page.index("Version 2") < page.index("Version 1")
    assert "Add a version" not in page


def test_a_file_of_another_upload_is_shared_not_copied(project, reviewer):
    for _ in range(2):
        upload_file(actor=reviewer, project=project, content=TEXT.encode(), name="a.txt")
    assert StoredFile.objects.count() == 1
    assert ArticleUpload.objects.count() == 2


def test_a_huge_request_leaves_no_huge_file(reviewer, project, client_for, rf):
    content = b"a" * (30 * 1024 * 1024)
    request = rf.post("/", {"file": SimpleUploadedFile("a.txt", content)})
    with request.FILES["file"] as kept:
        assert 10 * 1024 * 1024 < kept.size < 11 * 1024 * 1024
    answer = client_for(reviewer).post(
        url("article-create", project), {"file": SimpleUploadedFile("a.txt", content)}
    )
    assert "larger than 10 MiB" in words(answer)
