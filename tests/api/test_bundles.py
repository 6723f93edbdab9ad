"""Proof bundles by the API: asked for, waited for, fetched."""

import hashlib

import pytest

from annotations.exchange.models import ProofBundle
from annotations.exchange.proof.services import bundle_make
from tests.api.test_every_route import is_problem

pytestmark = pytest.mark.django_db


def test_a_bundle_is_asked_for_waited_for_and_fetched(api, desk, reviewer):
    caller = api(reviewer)
    asked = caller.post(desk.path("events/{event}/bundles/"), {})
    assert asked.status_code == 201
    row = asked.json()
    assert (row["state"], row["file"], row["sha256"]) == ("waiting", None, "")
    assert row["event"] == str(desk.rows["event"].uid)
    again = caller.post(desk.path("events/{event}/bundles/"), {})
    assert (again.status_code, again.json()["uid"]) == (200, row["uid"])
    is_problem(caller.get(f"{asked['Location']}file/"), 409)

    bundle_make(bundle_uid=row["uid"])
    ready = caller.get(asked["Location"]).json()
    assert (ready["state"], ready["captures"], ready["problem"]) == ("ready", 0, "")
    answer = caller.get(ready["file"])
    content = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/zip"
    assert int(answer["Content-Length"]) == len(content) == ready["size"]
    assert hashlib.sha256(content).hexdigest() == ready["sha256"]
    assert [one["uid"] for one in caller.get(desk.path("events/{event}/bundles/")).json()[
        "results"
    ]] == [row["uid"]]  # fmt: skip


def test_nothing_is_chosen_and_nobody_elses_is_seen(api, desk, reviewer, admin):
    is_problem(api(reviewer).post(desk.path("events/{event}/bundles/"), {"all": True}), 400)
    assert not ProofBundle.objects.exists()
    made = api(reviewer).post(desk.path("events/{event}/bundles/"), {})
    is_problem(api(admin).get(made["Location"]), 404)


@pytest.mark.parametrize("scopes", [["read"], ["write"], ["read", "write"]])
def test_it_takes_the_scope_of_exports(api, desk, reviewer, scopes):
    caller = api(reviewer, scopes=scopes)
    is_problem(caller.post(desk.path("events/{event}/bundles/"), {}), 403)
    is_problem(caller.get(desk.path("events/{event}/bundles/")), 403)
