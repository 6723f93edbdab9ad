"""GET /api/v1/projects/SLUG/export/: for whoever may, with the scope, in the format asked for."""

import io

import pytest

from annotations.exchange.formats import FORMATS
from annotations.exchange.models import ExportRelease
from tests.api.conftest import api

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/api/v1/projects/desk/export/"

__all__ = ["api"]


def test_every_format_is_streamed_as_a_file(scene, api, reader):
    for form in FORMATS:
        response = api(reader).get(f"{PATH}?format={form.name}")
        assert response.status_code == 200
        assert response.streaming
        assert response["Content-Type"] == form.media_type
        assert response["Content-Disposition"].endswith(f'.{form.extension}"')
        content = b"".join(response.streaming_content)
        assert form.check(io.BytesIO(content)).counts["claims"] == 5
    releases = ExportRelease.objects.all()
    assert {(r.created_by, r.seen_by, r.finished_at is None) for r in releases} == {
        (reader, reader, False)
    }


def test_native_is_the_default_and_history_is_asked_for(scene, api, reader):
    content = b"".join(api(reader).get(PATH).streaming_content)
    assert b'"history":[],' in content
    content = b"".join(api(reader).get(f"{PATH}?history=true").streaming_content)
    assert b'"history":[],' not in content


def test_what_accept_says_does_not_matter(scene, api, reader):
    response = api(reader).get(f"{PATH}?format=csv", accept="text/csv")
    assert response.status_code == 200
    response.close()


@pytest.mark.parametrize("query", ["?format=xml", "?history=perhaps"])
def test_what_there_is_not_is_refused_as_a_problem(scene, api, reader, query):
    response = api(reader).get(f"{PATH}{query}")
    assert response.status_code == 400
    assert response["Content-Type"].startswith("application/problem+json")
    assert not ExportRelease.objects.exists()


def test_a_token_needs_the_scope(scene, api, reader):
    assert api(reader, ("read", "write")).get(PATH).status_code == 403
    response = api(reader, ("export",)).get(PATH)
    assert response.status_code == 200
    response.close()


def test_outsiders_find_nothing_and_strangers_are_asked_who_they_are(
    scene, api, outsider, operator, anonymous
):
    assert api(outsider).get(PATH).status_code == 404
    assert api(operator).get(PATH).status_code == 404
    assert api(anonymous).get(PATH).status_code == 401


def test_asking_for_the_headers_exports_nothing(scene, api, reader):
    response = api(reader).client.head(PATH)
    assert response.status_code == 200
    assert not ExportRelease.objects.exists()


def test_it_cannot_be_written_to(scene, api, admin):
    assert api(admin).post(PATH).status_code == 405
