"""Watched pages and their checks, by API."""

import pytest

from annotations.lifecycle.watches.services import watch_start
from tests.material import make_check, make_claim, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(project, reviewer):
    return make_statement(project, reviewer, url="https://daily.example/tolls")


@pytest.fixture
def watched(said, reviewer):
    return watch_start(actor=reviewer, subject=said)[0]


def test_programs_start_pause_resume_and_check(api, reviewer, reader, project, said):
    path, caller = f"/api/v1/projects/{project.slug}/watches/", api(reviewer)
    made = caller.post(path, {"statement": str(said.uid)})
    assert (made.status_code, made.json()["state"]) == (201, "active")
    assert caller.post(path, {"statement": str(said.uid)}).status_code == 200
    assert caller.post(path, {}).status_code == 400
    assert api(reader).post(path, {"statement": str(said.uid)}).status_code == 403
    one, tag = made["Location"], made["ETag"]
    paused = caller.post(f"{one}pause/", {"reason": "Asked to."}, if_match=tag)
    assert (paused.json()["state"], paused.json()["next_at"]) == ("paused", None)
    assert caller.post(f"{one}check-now/", {}).status_code == 409
    resumed = caller.post(f"{one}resume/", {}, if_match=paused["ETag"])
    assert resumed.json()["state"] == "active"
    assert caller.post(f"{one}check-now/", {}).status_code == 200
    assert caller.get(f"{path}?state=paused").json()["results"] == []


def test_programs_read_checks(api, reader, reviewer, project, watched, said):
    claim = make_claim(project, reviewer, statement=said)
    check = make_check(watched)
    path = f"/api/v1/projects/{project.slug}/watches/{watched.uid}/checks/"
    (found,) = api(reader).get(path).json()["results"]
    assert (found["outcome"], found["claims"]) == ("changed", [str(claim.uid)])
    assert found["changes"]["passages"] == [["More than 2,000.", "About 1,900."]]
    assert found["capture"] == str(check.capture.uid)
    assert api(reader).get(f"{path}?outcome=unchanged").json()["results"] == []
