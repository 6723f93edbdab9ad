"""Adjudications and verdicts by program: created, superseded, rescinded, and what is missing."""

import pytest

from annotations.models import Verdict
from tests.ruling import agree, dispute, evidence_on, make_checked, make_people, now

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/projects/desk/"


@pytest.fixture
def claim(project, admin):
    return make_checked(project, admin)


@pytest.fixture
def chair(project):
    return make_people(project, "moderator", "chair")[0]


def verdict_of(claim, **changed) -> dict[str, object]:
    evidence = [str(one.uid) for one in evidence_on(claim)]
    return {"claim": str(claim.uid), "reason": "So.", "evidence": evidence, **changed}


def test_a_dispute_is_decided_field_by_field(api, claim, reviewer, second_reviewer, chair):
    one, other = dispute(claim, reviewer, second_reviewer)
    weighed = [{"review": str(each.uid), "revision": each.revision} for each in (one, other)]
    body = {
        "claim": str(claim.uid),
        "label_from": str(other.uid),
        "confidence": 2,
        "reason": "The UN counted.",
        "weighed": weighed,
    }
    caller = api(chair)
    stale = {**body, "weighed": weighed[:1]}
    refused = caller.post(f"{ROOT}adjudications/", stale)
    assert (refused.status_code, refused.json()["current"]["uid"]) == (412, str(claim.uid))
    made = caller.post(f"{ROOT}adjudications/", body, Idempotency_Key="once")
    assert made.status_code == 201
    found = made.json()
    assert (found["label"], found["confidence"], found["is_current"]) == ("refuted", 2, True)
    assert [(each["review"], each["gives"]) for each in found["weighed"]] == [
        (str(one.uid), []),
        (str(other.uid), ["label"]),
    ]
    again = caller.post(f"{ROOT}adjudications/", body, Idempotency_Key="once")
    assert (again.json()["uid"], claim.adjudications.count()) == (found["uid"], 1)


def test_a_verdict_is_published_once_corrected_and_rescinded(
    api, claim, reviewer, second_reviewer, moderator, chair
):
    agree(claim, reviewer, moderator)
    refused = api(moderator).post(f"{ROOT}verdicts/", verdict_of(claim))
    assert refused.status_code == 403
    assert "Four eyes" in refused.json()["detail"]
    assert not Verdict.objects.exists()

    caller = api(chair)
    first = caller.post(f"{ROOT}verdicts/", verdict_of(claim), Idempotency_Key="v")
    again = caller.post(f"{ROOT}verdicts/", verdict_of(claim), Idempotency_Key="v")
    assert (first.status_code, again.json()["uid"]) == (201, first.json()["uid"])
    assert [one["reviewer"]["name"] for one in first.json()["reviews"]] == ["Reviewer", "Moderator"]

    place = f"{ROOT}verdicts/{first.json()['uid']}/"
    body = verdict_of(claim, correction_note="One more was found.")
    del body["claim"]
    assert caller.post(f"{place}supersede/", body).status_code == 428
    second = caller.post(f"{place}supersede/", body, If_Match=first["ETag"])
    assert (second.status_code, second.json()["supersedes"]) == (201, first.json()["uid"])
    ended = caller.get(place).json()
    assert (ended["state"], ended["correction_note"]) == ("superseded", "One more was found.")

    place = f"{ROOT}verdicts/{second.json()['uid']}/"
    stale = caller.post(f"{place}rescind/", {"correction_note": "No."}, If_Match=first["ETag"])
    assert stale.status_code == 412
    rescinded = caller.post(f"{place}rescind/", {"correction_note": "No."}, If_Match=second["ETag"])
    assert (rescinded.status_code, rescinded.json()["state"]) == (200, "rescinded")
    listed = api(reviewer).get(f"{ROOT}verdicts/?claim={claim.uid}&state=superseded").json()
    assert [one["uid"] for one in listed["results"]] == [first.json()["uid"]]


def test_what_is_missing_is_said_to_whom_may_know(api, claim, reader, reviewer, moderator, chair):
    place = f"{ROOT}claims/{claim.uid}/publication/"
    before = api(reader).get(place).json()
    agree(claim, reviewer)
    assert api(reader).get(place).json() == before
    assert before["acts"] == []
    told = api(moderator).get(place).json()
    assert (told["stage"], [one["code"] for one in told["missing"]]) == (
        "in_review",
        ["reviews", "publisher"],
    )
    assert told["missing"][0]["sentence"] == "1 more review by someone other than Reviewer."
    agree(claim, moderator)
    assert api(chair).get(place).json()["acts"] == [
        "review",
        "change",
        "publish",
    ]
    api(chair).post(f"{ROOT}verdicts/", verdict_of(claim))
    told = api(reader).get(place).json()
    assert (told["stage"], told["missing"]) == ("published", [])


def test_a_published_claim_is_reopened(api, claim, reviewer, second_reviewer, chair):
    agree(claim, reviewer, second_reviewer)
    caller = api(chair)
    place = f"{ROOT}claims/{claim.uid}/"
    etag = caller.get(place)["ETag"]
    why = {"reason": "New evidence."}
    assert caller.post(f"{place}reopen/", why, If_Match=etag).status_code == 409
    caller.post(f"{ROOT}verdicts/", verdict_of(claim))
    assert caller.post(f"{place}reopen/", why).status_code == 428
    answer = caller.post(f"{place}reopen/", why, If_Match=etag)
    assert (answer.status_code, answer.json()["stage"]) == (200, "reopened")
    assert now(claim).content_revision == 2
