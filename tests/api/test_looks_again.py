"""Verdicts to be looked at again, by API: listed, kept once, and changed by the verdict itself."""

import pytest

from annotations.models import LookAgain
from annotations.verification.verdicts.services import verdict_rescind
from tests.material import make_event, make_statement
from tests.ruling import agree, make_checked, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(project) -> str:
    return f"/api/v1/projects/{project.slug}/"


@pytest.fixture
def waiting(project, admin, reviewer, second_reviewer, moderator) -> LookAgain:
    statement = make_statement(project, admin)
    claim = make_checked(project, admin, statement=statement)
    agree(claim, reviewer, second_reviewer)
    publish(claim, moderator)
    make_event(statement, reviewer, self_observed=True, standing="corroborated")
    return LookAgain.objects.get()


def uids(caller, path: str, **asked: object) -> list[str]:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return [one["uid"] for one in caller.get(f"{path}looks-again/?{query}").json()["results"]]


def test_it_is_listed_by_state_event_and_claim(api, reader, path, waiting):
    caller = api(reader)
    mine = [str(waiting.uid)]
    assert uids(caller, path, state="open") == mine
    assert uids(caller, path, event=waiting.event.uid, claim=waiting.claim.uid) == mine
    assert uids(caller, path, state="kept") == uids(caller, path, state="changed") == []
    assert uids(caller, path, event=waiting.claim.uid) == []


def test_it_is_kept_once_with_a_reason(api, moderator, path, waiting):
    caller = api(moderator)
    row = f"{path}looks-again/{waiting.uid}/"
    tag = caller.get(row)["ETag"]
    assert caller.post(f"{row}keep/", {"reason": "Counted."}).status_code == 428
    assert caller.post(f"{row}keep/", {"reason": " "}, if_match=tag).status_code == 400
    kept = caller.post(f"{row}keep/", {"reason": "Counted."}, if_match=tag)
    assert (kept.status_code, kept.json()["state"]) == (200, "kept")
    assert kept.json()["decided_by"]["uid"] == str(moderator.uid)
    assert kept.json()["reason"] == "Counted."
    assert caller.post(f"{row}keep/", {"reason": "Twice."}, if_match=tag).status_code == 412
    again = caller.post(f"{row}keep/", {"reason": "Twice."}, if_match=kept["ETag"])
    assert again.status_code == 409


def test_a_rescinded_verdict_tells_who_and_why(api, reader, moderator, path, waiting):
    verdict_rescind(actor=moderator, verdict=waiting.verdict, correction_note="It was withdrawn.")
    told = api(reader).get(f"{path}looks-again/{waiting.uid}/").json()
    assert (told["state"], told["reason"]) == ("changed", "It was withdrawn.")
    assert told["decided_by"]["uid"] == str(moderator.uid)


def test_the_project_says_who_looks_again(api, admin, path):
    caller = api(admin)
    tag = caller.get(path)["ETag"]
    bad = caller.patch(path, {"look_again_policy": "somebody"}, if_match=tag)
    assert bad.status_code == 400
    good = caller.patch(path, {"look_again_policy": "another"}, if_match=tag)
    assert good.json()["look_again_policy"] == "another"
