"""The pages of articles: who may open and send them."""

import uuid

import pytest
from django.urls import reverse

from annotations.models import Article, ArticleUpload, ArticleVersion
from tests.articles.pages import FIELDS, TEXT, url, words
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]

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
    assert answer.status_code == 401
    assert f'href="{reverse("account_login")}?next=' in answer.content.decode()
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
