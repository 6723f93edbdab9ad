"""The export page: its formats, its list of earlier exports, and the download."""

import io

import pytest

from annotations.exchange.formats import FORMAT_NAMES, find_format
from annotations.exchange.models import ExportRelease
from annotations.web.forms.exports import FORMAT_CHOICES
from tests.exchange.conftest import export

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/p/desk/export/"
DOWNLOAD = "/p/desk/export/download/"


def test_the_page_offers_every_format(scene, client_for, reader):
    assert tuple(name for name, _label in FORMAT_CHOICES) == FORMAT_NAMES
    page = client_for(reader).get(PAGE).content.decode()
    for name in FORMAT_NAMES:
        assert f'value="{name}"' in page
    assert "No export yet" in page


def test_a_download_is_what_the_person_may_see(scene, client_for, reader, moderator):
    for person, claims in ((reader, 5), (moderator, 6)):
        response = client_for(person).post(DOWNLOAD, {"format": "jsonl", "with_history": "on"})
        assert response.status_code == 200
        assert response["Content-Disposition"].startswith('attachment; filename="desk-')
        content = b"".join(response.streaming_content)
        counts = find_format("jsonl").check(io.BytesIO(content)).counts
        assert counts["claims"] == claims
        assert counts["history"] > 0


def test_the_page_lists_ones_own_exports_and_moderators_see_all(
    scene, client_for, reader, second_reviewer, moderator
):
    export(scene.project, reader)
    release = ExportRelease.objects.get()
    for person, sees in ((reader, True), (second_reviewer, False), (moderator, True)):
        page = client_for(person).get(PAGE).content.decode()
        assert (release.sha256 in page) is sees


def test_a_cut_export_is_shown_as_not_finished(scene, client_for, reader):
    response = client_for(reader).post(DOWNLOAD, {"format": "json"})
    next(iter(response.streaming_content))
    response.close()
    assert ExportRelease.objects.get().finished_at is None
    assert "not finished" in client_for(reader).get(PAGE).content.decode()


def test_the_list_takes_the_same_queries_for_1_and_11(
    scene, client_for, reader, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_for(reader)
    export(scene.project, reader, "csv")
    client.get(PAGE)
    with django_assert_max_num_queries(50) as few:
        client.get(PAGE)
    for _n in range(10):
        export(scene.project, reader, "csv")
    with django_assert_num_queries(len(few)):
        client.get(PAGE)


def test_a_wrong_choice_is_said_on_the_page(scene, client_for, reader):
    response = client_for(reader).post(DOWNLOAD, {"format": "xml"})
    assert response.status_code == 400
    assert not ExportRelease.objects.exists()


def test_doors_are_closed_to_others(scene, client_for, outsider, operator, anonymous):
    assert client_for(anonymous).get(PAGE).status_code == 302
    assert client_for(outsider).get(PAGE).status_code == 404
    assert client_for(operator).post(DOWNLOAD, {"format": "json"}).status_code == 404
    assert client_for(outsider).get(DOWNLOAD).status_code in (404, 405)
    assert not ExportRelease.objects.exists()
