"""The round's pages and its API, from giving a text out to the shared set."""

import json
import re

import pytest

from annotations.claims.models import Claim
from annotations.claims.rounds import MarkingRound, RoundState
from annotations.lib.errors import Conflict
from annotations.models import Assignment, OriginalDecision
from annotations.moderation.flags import flag_raise
from annotations.verification.assignments.services import assignments_give
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


def refused_page(answer, status):
    assert answer.status_code == status
    return answer.content.decode()


def test_a_missing_reason_is_said_beside_its_field_on_the_same_page(
    client_for, found, moderator, reviewer, second_reviewer
):
    alone, other = (mark(found, reviewer, one) for one in (CIVILIANS, MINISTRY))
    hand_in(found, reviewer, second_reviewer)
    client = client_for(moderator)
    sent = {"original": other.number, "reason": " ", "at_kind": "alone", "at_page": 1}
    page = refused_page(post(client, found, "reject", **sent, at_group=2), 400)
    assert f'<ul class="field__errors" id="out-{other.number}_error">' in page
    assert f'id="out-{alone.number}_error"' not in page
    assert 'href="?kind=alone" aria-current="true"' in page
    answer = post(client, found, "reject", **{**sent, "reason": "No claim"}, at_group=2)
    assert answer.url.endswith("?kind=alone&page=1#group-2")
    page = refused_page(post(client, found, "finish", revision=1, reason="The rest"), 412)
    assert 'value="The rest" aria-invalid="true"' in page
    found.refresh_from_db()
    page = refused_page(post(client, found, "call-off", reason="", revision=found.revision), 400)
    assert 'id="call-off_error"' in page
    assert '<details class="panel" open>' in page


def test_what_was_chosen_in_a_group_is_there_still_when_it_is_refused(
    client_for, found, moderator, reviewer, second_reviewer
):
    mine, theirs = (mark(found, one, CIVILIANS) for one in (reviewer, second_reviewer))
    hand_in(found, reviewer, second_reviewer)
    sent = {"originals": [mine.number], "wording": theirs.number, "place": mine.number}
    page = refused_page(post(client_for(moderator), found, "accept", **sent, at_group=1), 400)
    assert "Choose words and place among what is accepted." in page
    for name, number in (("originals", mine), ("wording", theirs), ("place", mine)):
        assert f'name="{name}" value="{number.number}" checked' in page
    assert f'name="originals" value="{theirs.number}" checked' not in page
    assert "round-group__end" in page


def test_what_was_left_out_can_still_be_accepted_from_the_page(
    client_for, found, moderator, reviewer, second_reviewer
):
    alone = mark(found, reviewer, CIVILIANS)
    hand_in(found, reviewer, second_reviewer)
    client = client_for(moderator)
    assert post(client, found, "reject", original=alone.number, reason="No").status_code == 302
    page = client.get(f"/p/desk/rounds/{found.uid}/").content.decode()
    assert 'id="accept-1"' in page
    assert post(client, found, "accept", originals=[alone.number]).status_code == 302


def test_the_workbench_tells_everybody_of_a_round_and_leads_to_it(
    client_for, article, found, admin, moderator, reader, reviewer, second_reviewer
):
    def page_of(person):
        return client_for(person).get(f"/p/desk/articles/{article.uid}/").content.decode()

    new, there = f"/articles/{article.uid}/rounds/new/", f"/p/desk/rounds/{found.uid}/"
    for person in (admin, moderator, reader):
        page = page_of(person)
        assert "2 people mark this text independently now" in page
        assert there in page
        assert new not in page
    assert "You mark this text independently" in page_of(reviewer)
    hand_in(found, reviewer)
    assert "You have handed in what you marked" in page_of(reviewer)
    assert "You have handed in" not in page_of(second_reviewer)
    hand_in(found, second_reviewer)
    assert "Bring it together" in page_of(moderator)
    assert "Bring it together" not in page_of(reviewer)
    assert "all have handed in" in page_of(reader)


def test_how_much_each_has_marked_is_told_to_whom_it_may_be(
    client_for, found, moderator, reader, reviewer, second_reviewer
):
    mark(found, second_reviewer, CIVILIANS)

    def counts(person):
        page = client_for(person).get(f"/p/desk/rounds/{found.uid}/").content.decode()
        return re.findall(r'<span class="meta">(\d) claims?</span>', page), "In progress" in page

    assert counts(moderator) == (["0", "1"], True)
    assert counts(reviewer) == (["0"], False)
    assert counts(reader) == ([], False)
    hand_in(found, reviewer, second_reviewer)
    assert counts(reviewer) == (["0", "1"], False)
    assert counts(reader) == ([], False)


def test_a_moderator_who_takes_part_is_not_told_of_flags_on_others_originals(
    client_for, article, admin, moderator, reviewer
):
    found = make_round(admin, moderator, reviewer, article=article)
    theirs = mark(found, reviewer, CIVILIANS)
    kinds = {"kind": "claim", "target": theirs.uid, "reason": "wrong"}
    flag_raise(actor=reviewer, project=found.project, **kinds)
    assert b"Open flags" not in client_for(moderator).get("/p/desk/me/").content
    assert b"Open flags" in client_for(admin).get("/p/desk/me/").content


def test_an_original_is_nobodys_work_and_its_page_offers_no_merging(
    client_for, project, found, moderator, reviewer
):
    mine = mark(found, reviewer, CIVILIANS)
    client = client_for(moderator)
    page = client.get(f"/p/desk/claims/{mine.number}/").content.decode()
    for address in ("/assignments/new/", f"/claims/{mine.number}/merge/"):
        assert address not in page
    assert "not in the shared set yet" in page
    assert "Any reviewer can add some" not in page
    with pytest.raises(Conflict, match="was marked independently"):
        assignments_give(actor=moderator, project=project, assignee=reviewer, subjects=[mine])
    assert not Assignment.objects.filter(claim=mine).exists()
