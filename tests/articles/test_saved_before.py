"""What is sent for an upload that was saved before: the same does nothing; else it is said."""

import pytest

from annotations.articles.errors import SavedAlready
from annotations.articles.models import ArticleUpload
from annotations.articles.uploads import (
    upload_paste,
    upload_save_article,
    upload_save_version,
)
from tests.articles.pages import url, words
from tests.material import make_article as make_text

pytestmark = pytest.mark.django_db
WORDS = "Tolls differ\n\nThe ministry said that 498 were killed on 2 March 2022.\n"
FURTHER = WORDS.replace("498", "500")
CORRECTED = WORDS.replace("498", "501")


@pytest.fixture
def article(project, reviewer):
    return make_text(project, reviewer, text=WORDS)


@pytest.fixture
def waiting(project, reviewer, article):
    """A changed text that waits for any reviewer."""
    upload = upload_paste(actor=reviewer, project=project, text=FURTHER, article=article)
    ArticleUpload.objects.filter(pk=upload.pk).update(is_refresh=True)
    upload.refresh_from_db()
    return upload


def test_words_that_differ_from_what_was_saved_are_refused(waiting, article, reviewer):
    upload_save_version(actor=reviewer, upload=waiting, article=article, text=FURTHER)
    again = upload_save_version(actor=reviewer, upload=waiting, article=article, text=FURTHER)
    assert (again[0].number, again[1]) == (2, False)
    with pytest.raises(SavedAlready):
        upload_save_version(actor=reviewer, upload=waiting, article=article, text=CORRECTED)
    with pytest.raises(SavedAlready):
        upload_save_article(actor=reviewer, upload=waiting, text=CORRECTED)
    assert article.versions.count() == 2


def test_a_colleagues_corrections_come_back_with_a_way_out(
    waiting, article, project, client_for, reviewer, second_reviewer
):
    check = url("article-upload", project, waiting)
    assert client_for(reviewer).post(check, {"text": FURTHER}).status_code == 302
    other = client_for(second_reviewer)
    answer = other.post(check, {"text": CORRECTED})
    assert answer.status_code == 409
    shown = words(answer)
    assert "This was saved already" in shown
    assert "501 were killed" in shown
    assert article.versions.count() == 2
    sent = other.post(check, {"text": CORRECTED, "decision": "further"})
    assert sent.status_code == 302
    further = words(other.get(sent.url))
    assert "501 were killed" in further
    assert other.post(sent.url, {"text": CORRECTED}).status_code == 302
    assert article.versions.latest("number").text == CORRECTED


def test_sending_the_same_twice_leads_to_the_article(
    waiting, article, project, client_for, reviewer
):
    client = client_for(reviewer)
    check = url("article-upload", project, waiting)
    for _n in range(2):
        answer = client.post(check, {"text": FURTHER, "headline_first": "on"})
        assert answer.url == url("workbench", project, article)
    assert article.versions.count() == 2


def test_going_back_and_correcting_a_saved_article_is_not_passed_over(
    project, client_for, reviewer
):
    client = client_for(reviewer)
    upload = upload_paste(actor=reviewer, project=project, text=WORDS)
    check = url("article-upload", project, upload)
    sent = {"title": "Tolls vary", "kind": "news", "text": WORDS, "headline_first": "on",
            "former": "Tolls differ"}  # fmt: skip
    first = client.post(check, sent)
    assert first.status_code == 302
    assert client.post(check, sent).url == first.url
    for changed in ({"byline": "Ann Writer"}, {"text": CORRECTED}):
        answer = client.post(check, sent | changed)
        assert answer.status_code == 409
        shown = words(answer)
        assert "This was saved already" in shown
        assert next(iter(changed.values())).splitlines()[-1] in shown
        upload.refresh_from_db()
        is_text = "text" in changed
        assert (url("article-edit", project, upload.article) in shown) is not is_text
        assert ('value="further"' in shown) is is_text
    assert upload.article.versions.count() == 1


def test_a_program_is_told_too(waiting, article, project, client_for, reviewer, second_reviewer):
    upload_save_version(actor=reviewer, upload=waiting, article=article, text=FURTHER)
    path = f"/api/v1/projects/{project.slug}/uploads/{waiting.uid}/save/"
    other = client_for(second_reviewer)
    kind = {"content_type": "application/json"}
    assert other.post(path, {"text": CORRECTED}, **kind).status_code == 409
    assert other.post(path, {"text": FURTHER}, **kind).status_code == 200
    assert other.post(path, {}, **kind).status_code == 200
    assert article.versions.count() == 2


def test_a_text_held_against_a_version_that_is_no_more_the_latest_is_looked_at_again(
    article, project, client_for, reviewer, second_reviewer
):
    first, second = (
        upload_paste(actor=reviewer, project=project, text=FURTHER, article=article)
        for _n in range(2)
    )
    ArticleUpload.objects.update(is_refresh=True)
    client, other = client_for(reviewer), client_for(second_reviewer)
    check = url("article-upload", project, second)
    assert 'name="after" value="1"' in words(other.get(check))
    saved = {"text": CORRECTED, "after": "1"}
    assert client.post(url("article-upload", project, first), saved).status_code == 302
    sent = {"text": FURTHER, "after": "1"}
    looked = other.post(check, sent | {"decision": "look"})
    assert 'name="after" value="1"' in words(looked)
    answer = other.post(check, sent)
    assert answer.status_code == 412
    shown = words(answer)
    assert "Version 2 was saved since" in shown
    assert "1 change since version 2" in shown
    assert 'name="after" value="2"' in shown
    assert article.versions.count() == 2
    assert other.post(check, sent | {"after": "2"}).status_code == 302
    assert article.versions.latest("number").text == FURTHER


def test_what_a_colleague_saved_word_for_word_is_no_obstacle(
    waiting, article, project, client_for, reviewer
):
    other = upload_paste(actor=reviewer, project=project, text=FURTHER, article=article)
    upload_save_version(actor=reviewer, upload=other, article=article, text=FURTHER)
    answer = client_for(reviewer).post(
        url("article-upload", project, waiting), {"text": FURTHER, "after": "1"}
    )
    assert answer.status_code == 302
    assert article.versions.count() == 2
