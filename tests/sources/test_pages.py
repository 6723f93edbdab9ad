"""Pages of sources."""

import pytest
from django.urls import reverse

from annotations.models import Source
from annotations.sources.services import alias_add, source_create, source_resolve

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(project, reviewer) -> Source:
    return source_create(actor=reviewer, project=project, name="Volodymyr Zelenskyy")


def address(name: str, project, **more) -> str:
    return reverse(name, kwargs={"slug": project.slug, **more})


def test_another_spelling_means_the_same_source(client_for, project, reviewer, source):
    add = address("source-alias-add", project, uid=source.uid)
    assert client_for(reviewer).post(add, {"name": "Zelensky"}).status_code == 302
    assert source_resolve(project=project, name="  ZELENSKY ") == source


def test_a_spelling_of_another_source_is_refused_by_name(client_for, project, reviewer, source):
    source_create(actor=reviewer, project=project, name="Zelensky")
    add = address("source-alias-add", project, uid=source.uid)
    answer = client_for(reviewer).post(add, {"name": "zelensky"})
    assert answer.status_code == 400
    assert "already stands for the source" in answer.content.decode()


def test_a_spelling_can_go_but_never_the_name(client_for, project, reviewer, source):
    alias_add(actor=reviewer, source=source, name="Zelensky")
    remove = address("source-alias-remove", project, uid=source.uid)
    client_for(reviewer).post(remove, {"name": "Zelensky"})
    assert source_resolve(project=project, name="Zelensky") is None
    assert client_for(reviewer).post(remove, {"name": source.name}).status_code == 400
    assert source_resolve(project=project, name=source.name) == source


def test_renaming_keeps_the_old_name_as_an_alias(client_for, project, reviewer, source):
    edit = address("source-edit", project, uid=source.uid)
    form = {"name": "V. Zelenskyy", "kind": "named_person", "description": "", "revision": "1"}
    assert client_for(reviewer).post(edit, form).status_code == 302
    assert source_resolve(project=project, name="Volodymyr Zelenskyy") == source
    assert client_for(reviewer).post(edit, form).status_code == 412


def test_a_reader_sees_and_changes_nothing(client_for, project, reader, source):
    client = client_for(reader)
    assert client.get(address("source-detail", project, uid=source.uid)).status_code == 200
    add = address("source-alias-add", project, uid=source.uid)
    assert client.post(add, {"name": "Zelensky"}).status_code == 403
    assert source.aliases.count() == 1


def test_the_list_finds_by_any_name_and_kind(client_for, project, reviewer, source):
    alias_add(actor=reviewer, source=source, name="Зеленський")
    source_create(actor=reviewer, project=project, name="CNN", kind="organisation")
    client = client_for(reviewer)
    page = client.get(address("source-list", project), {"q": "зелен"}).content.decode()
    assert "Volodymyr Zelenskyy" in page
    assert ">CNN<" not in page
    page = client.get(address("source-list", project), {"kind": "organisation"}).content.decode()
    assert ">CNN<" in page
    assert "Volodymyr" not in page
