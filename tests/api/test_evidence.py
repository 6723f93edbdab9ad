"""Evidence in the API beyond what every route does: files, stances, comparisons, warnings."""

import pytest

from annotations.models import Evidence
from annotations.verification.evidence.links import evidence_attach
from tests.api.material import Desk

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def at(api, desk: Desk, reviewer):
    """The reviewer's caller, and the address of the piece."""
    return api(reviewer), desk.path("evidence/{evidence}/")


def etag(caller, address: str) -> str:
    return caller.get(address)["ETag"]


def hand_in(caller, address: str, content: bytes, media_type: str = "text/plain", **headers: str):
    """Send bytes as the body, as they are."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return caller.client.post(address, data=content, content_type=media_type, headers=named)


def test_a_piece_shows_its_claims_its_file_and_its_dates(at, desk):
    caller, address = at
    body = caller.get(address).json()
    claim = desk.rows["claim"]
    assert [(one["claim"], one["stance"]) for one in body["claims"]] == [
        (str(claim.uid), "refutes")
    ]
    assert body["file"]["name"] == "count.txt"
    assert body["file"]["url"].endswith(desk.path("evidence/{evidence}/file/"))
    assert body["discarded"] is None
    assert body["independence"] == []


def test_a_file_is_the_body_and_its_type_is_its_contents(at):
    caller, address = at
    seen = etag(caller, address)
    path = f"{address}file/?name=a.png"
    refused = hand_in(caller, path, b"<svg onload=1>", "image/png", If_Match=seen)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "#/file"
    done = hand_in(caller, path, "Слова".encode(), "image/png", If_Match=seen)
    assert done.status_code == 200
    assert done.json()["file"]["name"] == "a.png.txt"
    assert done.json()["file"]["media_type"] == "text/plain"
    file = caller.get(f"{address}file/")
    assert file.content.decode() == "Слова"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Disposition"].startswith("attachment")
    assert file["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_form_is_no_file(at):
    caller, address = at
    for media_type in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded"):
        seen = etag(caller, address)
        answer = hand_in(caller, f"{address}file/", b"x", media_type, If_Match=seen)
        assert answer.status_code == 415


def test_a_file_is_handed_in_and_taken_away_at_the_revision_that_was_seen(at):
    caller, address = at
    old = etag(caller, address)
    file = f"{address}file/"
    assert hand_in(caller, file, b"x").status_code == 428
    assert caller.delete(file, If_Match=old).json()["file"] is None
    stale = hand_in(caller, file, b"x", If_Match=old)
    assert stale.status_code == 412
    assert stale.json()["current"]["file"] is None
    assert caller.get(f"{address}file/").status_code == 404


def test_a_stance_needs_a_claim_and_a_claim_a_stance(at, desk):
    caller, _address = at
    pieces = desk.path("evidence/")
    for body, pointer in (
        ({"question": "Q", "stance": "mixed"}, "#/claim"),
        ({"question": "Q", "claim": str(desk.rows["claim"].uid)}, "#/stance"),
        ({"question": "Q", "colour": "red"}, "#/colour"),
        ({}, "#/question"),
    ):
        answer = caller.post(pieces, body)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == pointer


def test_a_key_sent_twice_makes_one_piece(at, desk):
    caller, _address = at
    body = {"question": "Once?"}
    first = caller.post(desk.path("evidence/"), body, Idempotency_Key="one")
    second = caller.post(desk.path("evidence/"), body, Idempotency_Key="one")
    assert (first.status_code, first.json()["uid"]) == (201, second.json()["uid"])
    assert second["Idempotency-Replayed"] == "true"
    assert Evidence.objects.filter(question="Once?").count() == 1


def test_putting_it_on_a_claim_where_it_is_already(at, desk):
    caller, _address = at
    pieces = desk.path("claims/{claim}/evidence/")
    piece = str(desk.rows["evidence"].uid)

    def put(stance):
        body = {"evidence": piece, "stance": stance}
        return caller.post(pieces, body).status_code

    assert put("refutes") == 200
    assert put("supports") == 409


def test_a_comparison_is_seen_from_both_ends_and_taken_back(at, desk):
    caller, address = at
    other = str(desk.rows["other"].uid)
    for said, shown in ((True, [True]), (False, [False]), (None, [])):
        body = {"evidence": other, "independent": said}
        done = caller.post(f"{address}independence/", body)
        assert done.status_code == 200
        there = caller.get(desk.path("evidence/{other}/")).json()["independence"]
        for found in (done.json()["independence"], there):
            assert [one["independent"] for one in found] == shown


def test_warnings_answer_yes_no_or_unknown(at, desk, reviewer):
    caller, _address = at
    rows = desk.rows
    url = rows["evidence"].url
    Evidence.objects.filter(pk=rows["other"].pk).update(url=url, canonical_url=url)
    evidence_attach(actor=reviewer, claim=rows["claim"], evidence=rows["other"], stance="supports")
    body = caller.get(desk.path("claims/{claim}/evidence/warnings/")).json()
    uids = [str(rows["evidence"].uid), str(rows["other"].uid)]
    assert body["one_origin"] == "yes"
    assert body["links_used_twice"] == [uids]
    assert body["pieces"] == [{"evidence": uid, "dated_after_claim": "unknown"} for uid in uids]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("claim={claim}", 1),
        ("stance=refutes", 1),
        ("stance=supports", 0),
        ("medium=web_text", 2),
        ("medium=pdf", 0),
        ("primary=true", 0),
        ("discarded=false", 2),
        ("confidential=false", 2),
    ],
)
def test_the_list_is_filtered(at, desk, query, found):
    caller, _address = at
    asked = query.format(claim=desk.rows["claim"].uid)
    assert len(caller.get(f"{desk.path('evidence/')}?{asked}").json()["results"]) == found
