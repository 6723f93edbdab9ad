"""Placements by program: listed, read with their mention, decided once and with If-Match."""

import pytest

from tests.placing import (
    CHANGES,
    GOES,
    MOVES,
    NEW,
    STAYS,
    make_placed,
    mention_of,
    placement_of,
    words_of,
)

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/projects/desk/"


@pytest.fixture
def version(project, reviewer):
    return make_placed(project, reviewer)


def address(placed):
    return f"{ROOT}placements/{placed.uid}/"


def test_they_are_listed_by_version_and_state(api, reader, version):
    caller = api(reader)
    answer = caller.get(f"{ROOT}placements/?version={version.uid}&ordering=created")
    found = answer.json()["results"]
    assert [one["state"] for one in found] == ["same", "moved", "needs_review", "orphaned"]
    start = NEW.index(MOVES)
    moved = found[1]
    assert [(one["start"], one["end"], one["exact"]) for one in moved["ranges"]] == [
        (start, start + len(MOVES), MOVES)
    ]
    assert (moved["version_number"], moved["decided_by"]) == (2, None)
    assert moved["mention"] == str(mention_of(MOVES).uid)
    waiting = caller.get(f"{ROOT}placements/?state=needs_review&decided=false").json()["results"]
    assert [one["claim"] for one in waiting] == [str(mention_of(CHANGES).claim.uid)]
    assert waiting[0]["ranges"] == []
    assert "confirmed" in waiting[0]["proposed"][0]["exact"]
    assert caller.get(f"{ROOT}placements/?decided=true").json()["results"] == []


def test_a_mention_names_its_placements(api, reader, version):
    claim = mention_of(STAYS).claim
    shown = api(reader).get(f"{ROOT}claims/{claim.uid}/").json()
    (placed,) = shown["mentions"][0]["placements"]
    assert (placed["state"], placed["version"]) == ("same", str(version.uid))
    assert placed["uid"] == str(placement_of(STAYS, version).uid)
    assert [one["exact"] for one in placed["ranges"]] == [STAYS]


def test_a_person_decides_with_if_match(api, second_reviewer, version):
    caller, placed = api(second_reviewer), placement_of(CHANGES, version)
    assert caller.patch(address(placed), {"decision": "confirm"}).status_code == 428
    etag = caller.get(address(placed))["ETag"]
    done = caller.patch(address(placed), {"decision": "confirm"}, If_Match=etag)
    assert done.status_code == 200
    assert (done.json()["state"], done.json()["why"]) == ("moved", "confirmed")
    assert done.json()["decided_by"] == str(second_reviewer.uid)
    stale = caller.patch(address(placed), {"decision": "gone"}, If_Match=etag)
    assert stale.status_code == 412
    assert stale.json()["current"]["state"] == "moved"
    again = caller.patch(address(placed), {"decision": "confirm"}, If_Match=done["ETag"])
    assert (again.status_code, again.json()["revision"]) == (200, done.json()["revision"])


def test_other_words_are_selected_and_gone_is_said_with_a_reason(api, reviewer, version):
    caller, placed = api(reviewer), placement_of(GOES, version)
    start = NEW.index("Nobody was hurt")
    ranges = [[start, start + 15]]
    etag = caller.get(address(placed))["ETag"]
    wrong = {"decision": "select", "ranges": ranges, "exact": ["Somebody"]}
    assert caller.patch(address(placed), wrong, If_Match=etag).status_code == 400
    right = {**wrong, "exact": ["Nobody was hurt"]}
    assert caller.patch(address(placed), right, If_Match=etag).status_code == 200
    placed.refresh_from_db()
    assert words_of(placed.span) == ["Nobody was hurt"]
    etag = caller.get(address(placed))["ETag"]
    gone = caller.patch(address(placed), {"decision": "gone", "reason": "Cut"}, If_Match=etag)
    assert (gone.json()["state"], gone.json()["ranges"]) == ("orphaned", [])
    assert placed.history.latest("pgh_id").pgh_context["reason"] == "Cut"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"decision": "perhaps"}, 400),
        ({}, 400),
        ({"decision": "select"}, 400),
        ({"decision": "select", "ranges": [[5, 5]]}, 400),
        ({"decision": "confirm"}, 409),
    ],
)
def test_what_cannot_be_decided_is_refused(api, reviewer, version, body, status):
    caller, placed = api(reviewer), placement_of(GOES, version)
    etag = caller.get(address(placed))["ETag"]
    assert caller.patch(address(placed), body, If_Match=etag).status_code == status
    placed.refresh_from_db()
    assert (placed.state, placed.revision) == ("orphaned", 1)


def test_a_token_that_only_reads_decides_nothing(api, reviewer, version):
    caller, placed = api(reviewer, scopes=("read",)), placement_of(CHANGES, version)
    etag = caller.get(address(placed))["ETag"]
    assert caller.patch(address(placed), {"decision": "gone"}, If_Match=etag).status_code == 403


def test_the_past_is_told_as_it_was_known(api, reviewer, version):
    caller, placed = api(reviewer), placement_of(CHANGES, version)
    before = placed.history.get().pgh_created_at.isoformat().replace("+", "%2B")
    etag = caller.get(address(placed))["ETag"]
    caller.patch(address(placed), {"decision": "gone"}, If_Match=etag)
    assert caller.get(address(placed)).json()["state"] == "orphaned"
    assert caller.get(f"{address(placed)}?known_at={before}").json()["state"] == "needs_review"
