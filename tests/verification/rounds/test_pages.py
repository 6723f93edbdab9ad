"""The round's pages and its API, from giving a text out to the shared set."""

import json

import pytest

from annotations.claims.models import Claim
from annotations.claims.rounds import MarkingRound, RoundState
from annotations.models import OriginalDecision
from tests.material import make_article, make_claim
from tests.matrix.asks import form_key
from tests.matrix.asks_pages import EMPTY_CHAIN
from tests.verification.rounds.material import CIVILIANS, MINISTRY, hand_in, make_round, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(project, admin):
    return make_article(project, admin)


@pytest.fixture
def found(article, moderator, reviewer, second_reviewer):
    return make_round(moderator, reviewer, second_reviewer, article=article)


def post(client, found, route, **fields):
    return client.post(f"/p/desk/rounds/{found.uid}/{route}/", fields)


def test_a_text_is_given_out_marked_handed_in_and_brought_together(
    client_for, project, article, moderator, reviewer, second_reviewer
):
    manager, people = client_for(moderator), (reviewer, second_reviewer)
    new = f"/p/desk/articles/{article.uid}/rounds/new/"
    assert manager.post(new, {"people": [reviewer.uid]}).status_code == 400
    assert manager.post(new, {"people": [one.uid for one in people]}).status_code == 302
    assert manager.post(new, {"people": [one.uid for one in people]}).status_code == 302
    found = MarkingRound.objects.get()
    assert manager.get(new).url.endswith(f"/rounds/{found.uid}/")
    mine, _theirs = (mark(found, one, CIVILIANS) for one in people)
    alone = mark(found, reviewer, MINISTRY)
    assert post(manager, found, "accept", originals=[mine.number]).status_code == 403
    for person in people:
        assert post(client_for(person), found, "hand-in").status_code == 302
    assert post(manager, found, "accept-same").status_code == 302
    assert post(manager, found, "reject", original=alone.number).status_code == 400
    assert post(manager, found, "finish", revision=1).status_code == 412
    found.refresh_from_db()
    assert post(manager, found, "finish", revision=found.revision).status_code == 409
    for _again in range(2):
        answer = post(manager, found, "reject", original=alone.number, reason="No claim")
        assert answer.status_code == 302
    assert post(manager, found, "finish", revision=found.revision).status_code == 302
    found.refresh_from_db()
    assert found.state == RoundState.MERGED
    (made,) = Claim.objects.listed_to(reviewer)
    page = client_for(reviewer).get(f"/p/desk/claims/{made.number}/").content.decode()
    assert "Found independently by" in page
    assert f"#{mine.number}" in page
    page = client_for(reviewer).get(f"/p/desk/claims/{alone.number}/").content.decode()
    assert "No claim" in page


def test_the_workbench_shows_whoever_marks_their_own_alone(
    client_for, project, article, found, admin, reviewer, second_reviewer
):
    shared = make_claim(project, admin, article=article, text="Shared words")
    mine, theirs = (mark(found, one, CIVILIANS) for one in (reviewer, second_reviewer))
    pages = {
        one: client_for(one).get(f"/p/desk/articles/{article.uid}/").content.decode()
        for one in (reviewer, admin)
    }
    assert "You mark this text independently" in pages[reviewer]
    assert "You mark this text independently" not in pages[admin]
    shown = {one: [f'data-row="{n.number}"' in pages[one] for n in (shared, mine, theirs)]
             for one in pages}  # fmt: skip
    assert shown == {reviewer: [False, True, False], admin: [True, False, False]}


def test_a_save_in_a_round_answers_with_what_one_may_see(
    client_for, project, article, found, reviewer, second_reviewer, admin
):
    make_claim(project, admin, article=article, text="Shared words")
    mark(found, second_reviewer, CIVILIANS)
    place = {"range": "17-54", "content_hash": found.version.content_hash, "key": form_key()}
    sent = {**place, **EMPTY_CHAIN, "text": "Mine"}
    answer = client_for(reviewer).post(
        f"/p/desk/versions/{found.version.uid}/claims/new/", sent, headers={"HX-Request": "true"}
    )
    mine = Claim.objects.get(text="Mine")
    assert (answer.status_code, mine.round) == (200, found)
    shown = answer.content.decode()
    assert f'data-row="{mine.number}"' in shown
    for number in Claim.objects.exclude(pk=mine.pk).values_list("number", flat=True):
        assert f'data-row="{number}"' not in shown
        assert f"claims/{number}/" not in shown
    assert "Shared words" not in shown


def test_the_api_wants_the_revision_that_was_seen(client_for, found, moderator, reviewer):
    client, at = client_for(moderator), f"/api/v1/projects/desk/rounds/{found.uid}/"

    def call(route, body, **headers):
        return client.post(
            f"{at}{route}/", json.dumps(body), content_type="application/json", headers=headers
        )

    etag = client.get(at)["ETag"]
    assert call("call-off", {"reason": "Wrong"}).status_code == 428
    assert call("call-off", {"reason": ""}, **{"If-Match": etag}).status_code == 400
    stale = f'"{found.uid}.99"'
    answer = call("call-off", {"reason": "Wrong"}, **{"If-Match": stale})
    assert (answer.status_code, answer.json()["current"]["state"]) == (412, "open")
    assert call("call-off", {"reason": "Wrong"}, **{"If-Match": etag}).status_code == 200
    found.refresh_from_db()
    assert found.state == RoundState.CALLED_OFF


def test_the_api_shows_groups_and_accepts_into_one_claim(
    client_for, found, moderator, reviewer, second_reviewer
):
    mine, theirs = (mark(found, one, CIVILIANS) for one in (reviewer, second_reviewer))
    hand_in(found, reviewer, second_reviewer)
    client, at = client_for(moderator), f"/api/v1/projects/desk/rounds/{found.uid}/"
    (group,) = client.get(f"{at}groups/").json()["groups"]
    assert (group["kind"], group["plain"], len(group["originals"])) == ("same", True, 2)
    body = {"originals": [str(mine.uid), str(theirs.uid)], "wording": str(theirs.uid)}
    for _again in range(2):
        answer = client.post(f"{at}accept/", json.dumps(body), content_type="application/json")
        assert answer.status_code == 200
    assert OriginalDecision.objects.count() == 2
    (one,) = client.get("/api/v1/projects/desk/claims/").json()["results"]
    assert (one["text"], one["round"]) == (theirs.text, None)
    originals = client.get(f"/api/v1/projects/desk/claims/?round={found.uid}").json()["results"]
    assert {one["round"] for one in originals} == {str(found.uid)}
    spans = client.get("/api/v1/projects/desk/agreement/spans/").json()
    assert (spans["rounds"], spans["pairs"][0]["exact_f1"]["value"]) == (1, 1.0)
