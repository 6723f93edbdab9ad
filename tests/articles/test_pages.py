"""The pages of articles: who may open and send them, and what they do."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annotations.articles.reading import upload_read
from annotations.articles.services import article_update
from annotations.articles.uploads import upload_file, upload_paste
from annotations.models import Article, ArticleUpload, ArticleVersion, StoredFile
from tests.factories import make_article

pytestmark = pytest.mark.django_db

TEXT = "Tolls differ\n\nThe ministry said that 498 were killed on 2 March 2022."
FIELDS = {"title": "Tolls differ", "kind": "news", "text": TEXT, "headline_first": "on"}


@pytest.fixture(autouse=True)
def files(settings, tmp_path) -> None:
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def article(project, reviewer) -> Article:
    return make_article(project, TEXT, title="Tolls differ", by=reviewer)


@pytest.fixture
def upload(project, reviewer) -> ArticleUpload:
    return upload_paste(actor=reviewer, project=project, text=TEXT)


def url(name: str, project, row=None) -> str:
    return reverse(name, kwargs={"slug": project.slug, **({"uid": row.uid} if row else {})})


def words(answer) -> str:
    return answer.content.decode()


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


def test_an_uploaded_file_is_read_by_the_worker_while_the_page_looks_again(
    reviewer, project, client_for
):
    client = client_for(reviewer)
    file = SimpleUploadedFile("a.txt", TEXT.encode())
    answer = client.post(url("article-create", project), {"file": file})
    waiting = client.get(answer.url)
    assert waiting["Refresh"] == "2"
    assert "is being read" in words(waiting)
    upload_read(upload_uid=str(ArticleUpload.objects.get().uid))
    ready = client.get(answer.url)
    assert "Refresh" not in ready
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
        ({}, "Paste a text or choose a file."),
        ({"text": "  \n "}, "Paste a text or choose a file."),
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
    assert "not both" in words(answer)


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
    from annotations.articles.services import version_add

    version_add(actor=reviewer, article=article, text="New text")
    page = words(client_for(reader).get(url("version-list", project, article)))
    assert page.index("Version 2") < page.index("Version 1")
    assert "Add a version" not in page


WRITES = {
    "article-create": {"text": "Some words"},
    "article-upload": FIELDS,
    "article-upload-encoding": {"encoding": "windows-1251"},
    "article-edit": {"title": "X", "kind": "news", "marking_state": "done", "revision": 1},
    "version-create": {"text": "Some words"},
}


def target(name: str, request) -> object | None:
    fixture = {"article-create": None, "article-edit": "article", "version-create": "article"}
    wanted = fixture.get(name, "upload")
    return request.getfixturevalue(wanted) if wanted else None


def counts() -> tuple[int, ...]:
    return (
        Article.objects.count(),
        ArticleVersion.objects.count(),
        ArticleUpload.objects.count(),
        Article.objects.filter(revision=1).count(),
    )


@pytest.mark.parametrize("name", WRITES)
def test_writing_needs_a_sign_in(name, request, project, anonymous, client_for):
    row = target(name, request)
    before = counts()
    address = url(name, project, row)
    answer = client_for(anonymous).post(address, WRITES[name])
    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={address}"
    assert counts() == before


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("outsider", 404), ("operator", 404)])
def test_writing_needs_the_role(name, who, status, request, project, actor, client_for):
    row = target(name, request)
    before = counts()
    answer = client_for(actor(who)).post(url(name, project, row), WRITES[name])
    assert answer.status_code == status
    assert counts() == before


@pytest.mark.parametrize("name", [name for name in WRITES if name != "article-create"])
def test_another_projects_row_is_not_found(
    name, request, project, other_project, outsider, reviewer, client_for
):
    row = target(name, request)
    before = counts()
    answer = client_for(outsider).post(url(name, other_project, row), WRITES[name])
    assert answer.status_code == 404
    elsewhere = {"article": make_article(other_project)}
    assert (
        client_for(reviewer)
        .post(url(name, project, elsewhere["article"]), WRITES[name])
        .status_code
        == 404
    )
    assert counts()[2:3] == before[2:3]


@pytest.mark.parametrize("name", [name for name in WRITES if name != "article-create"])
def test_a_bad_id_is_not_found(name, project, reviewer, client_for):
    client = client_for(reviewer)
    missing = reverse(name, kwargs={"slug": project.slug, "uid": uuid.uuid4()})
    assert client.post(missing, WRITES[name]).status_code == 404
    bad = missing.replace(missing.split("/")[4], "not-a-uuid")
    assert client.post(bad, WRITES[name]).status_code == 404


@pytest.mark.parametrize("name", WRITES)
def test_other_methods_are_refused(name, request, project, reviewer, client_for):
    row = target(name, request)
    client = client_for(reviewer)
    assert client.delete(url(name, project, row)).status_code == 405
    assert client.put(url(name, project, row)).status_code == 405


def test_reading_pages_refuses_to_be_written_to(project, article, reviewer, client_for):
    client = client_for(reviewer)
    assert client.post(url("article-list", project)).status_code == 405
    assert client.post(url("version-list", project, article)).status_code == 405


def test_an_upload_is_its_owners_alone(project, upload, second_reviewer, admin, client_for):
    for other in (second_reviewer, admin):
        assert client_for(other).get(url("article-upload", project, upload)).status_code == 404


def test_a_locked_article_is_for_moderators(reviewer, moderator, project, article, client_for):
    Article.objects.filter(pk=article.pk).update(locked_at=article.created_at)
    for name in ("article-edit", "version-create"):
        refused = client_for(reviewer).post(url(name, project, article), WRITES[name])
        assert refused.status_code == 403
        assert "only moderators" in words(refused)
        allowed = client_for(moderator).post(url(name, project, article), WRITES[name])
        assert allowed.status_code == 302


def test_a_hidden_article_is_found_by_moderators_only(
    reviewer, reader, moderator, project, article, client_for
):
    Article.objects.filter(pk=article.pk).update(
        hidden_at=article.created_at, hidden_reason="a court order"
    )
    for name in ("article-edit", "version-create", "version-list"):
        assert client_for(reader).get(url(name, project, article)).status_code in (403, 404)
        assert client_for(moderator).get(url(name, project, article)).status_code == 200
    told = client_for(reviewer).get(url("version-list", project, article))
    assert "a court order" in words(told)
    assert article.title not in words(told)


def test_an_archived_project_takes_no_article(project, reviewer, client_for):
    project.archived_at = project.created_at
    project.save()
    answer = client_for(reviewer).post(url("article-create", project), {"text": TEXT})
    assert answer.status_code == 403
    assert not ArticleUpload.objects.exists()


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
