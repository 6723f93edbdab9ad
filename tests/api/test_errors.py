"""Refusals as problems: readable, named, and never a stack trace."""

import json

import pytest

from annotations.api.views.root import RootView

SOURCES = "/api/v1/projects/desk/sources/"


def problem(answer, status, code):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == f"urn:factcheck:problem:{code}"
    return answer.json()


def raw(caller, body, content_type="application/json"):
    return caller.client.post(SOURCES, body, content_type=content_type)


@pytest.mark.parametrize(
    "body", [b"{", b"", b"nothing", b'{"name": NaN}', b'{"name": "\\ud800"}', b"\xff", b"[" * 9999]
)
def test_a_body_that_is_not_json_is_400(api, project, reviewer, body):
    answer = raw(api(reviewer), body)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("body", [b"[]", b'"name"', b"null", b"3"])
def test_json_that_is_no_object_is_400(api, project, reviewer, body):
    problem(raw(api(reviewer), body), 400, "invalid")


def test_every_field_at_fault_is_named_with_its_place(api, project, reviewer):
    body = {"name": 5, "kind": "planet", "aliases": ["UN", 3]}
    shown = problem(api(reviewer).post(SOURCES, body), 400, "invalid")
    assert {one["pointer"] for one in shown["errors"]} == {"#/name", "#/kind", "#/aliases/1"}


def test_nul_is_refused(api, project, reviewer):
    shown = problem(api(reviewer).post(SOURCES, {"name": "a\x00b"}), 400, "invalid")
    assert shown["errors"][0]["pointer"] == "#/name"


def test_a_form_is_415(api, project, reviewer):
    answer = raw(api(reviewer), b"name=UN", "application/x-www-form-urlencoded")
    problem(answer, 415, "media-type")


def test_a_body_above_the_limit_is_413(api, project, reviewer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = raw(api(reviewer), json.dumps({"name": "x" * 200}).encode())
    problem(answer, 413, "body-too-large")


def test_a_body_in_chunks_is_411(api, project, reviewer):
    answer = api(reviewer).post(SOURCES, {"name": "UN"}, Transfer_Encoding="chunked")
    problem(answer, 411, "length-missing")


def test_html_is_406(api, project, reviewer):
    problem(api(reviewer).get(SOURCES, Accept="text/html"), 406, "not-acceptable")


def test_the_word_format_in_a_query_is_no_representation(api, project, reviewer):
    shown = problem(api(reviewer).get(SOURCES + "?format=json"), 400, "invalid")
    assert shown["errors"][0]["parameter"] == "format"


@pytest.mark.parametrize("path", ["/api/", "/api/v2/", "/api/v1/nothing/", SOURCES[:-1], "/api"])
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_an_address_that_leads_nowhere_is_a_problem_too(api, project, reviewer, path, method):
    problem(getattr(api(reviewer), method)(path), 404, "not-found")


def test_options_is_405(api, project, reviewer):
    answer = api(reviewer).client.options(SOURCES)
    problem(answer, 405, "method-not-allowed")
    assert answer["Allow"] == "GET, HEAD, POST"


def test_a_name_that_is_taken_names_what_has_it(api, project, reviewer):
    caller = api(reviewer)
    first = caller.post(SOURCES, {"name": "United Nations", "aliases": ["UN"]})
    shown = problem(caller.post(SOURCES, {"name": "un"}), 409, "conflict")
    assert shown["conflicts_with"] == {
        "uid": first.json()["uid"],
        "url": "http://localhost" + SOURCES + first.json()["uid"] + "/",
    }


def test_an_article_with_a_known_text_or_address_names_the_other(api, desk, reviewer):
    caller, articles = api(reviewer), desk.path("articles/")
    body = {"text": "Entirely new words.\n", "url": "https://example.org/a"}
    first = caller.post(articles, body).json()["uid"]
    same_text = {**body, "url": ""}
    shown = problem(caller.post(articles, same_text), 409, "conflict")
    assert shown["conflicts_with"]["uid"] == first
    same_address = {"text": "Other words.\n", "url": "https://EXAMPLE.org/a#top"}
    shown = problem(caller.post(articles, same_address), 409, "conflict")
    assert shown["conflicts_with"]["uid"] == first
    assert caller.post(articles, {**same_text, "copy_ok": True}).status_code == 201


def test_a_failure_nobody_foresaw_is_500_and_says_nothing(api, reviewer, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(RootView, "get", fail)
    caller = api(reviewer)
    caller.client.raise_request_exception = False
    shown = problem(caller.get("/api/v1/"), 500, "failure")
    assert "hunter2" not in json.dumps(shown)


def test_sentences_come_in_a_language_the_caller_reads(api, project, reader, settings):
    settings.LANGUAGES = [("en", "English"), ("uk", "Ukrainian")]
    answer = api(reader).post(SOURCES, {"name": "x"}, Accept_Language="uk")
    assert answer.status_code == 403
    assert answer["Content-Language"] == "uk"
