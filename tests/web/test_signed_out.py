"""What happens to people whose session ended while they typed, and to addresses that only take."""

import pytest
from django.urls import reverse

from annotations.claims.models import Claim
from tests.marking import make_claim, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(project, reviewer) -> Claim:
    return make_claim(reviewer, make_version(reviewer, project))


def discard(claim: Claim) -> str:
    return reverse("claim-discard", kwargs={"slug": "desk", "number": claim.number})


def test_words_are_given_back_with_the_way_to_where_they_were_typed(client, claim):
    page = reverse("claim-detail", kwargs={"slug": "desk", "number": claim.number})
    answer = client.post(
        discard(claim),
        {"reason": "Said twice <b>already</b>", "csrfmiddlewaretoken": "x" * 64},
        headers={"Referer": f"http://testserver{page}?a=1"},
    )
    shown = answer.content.decode()
    assert answer.status_code == 401
    assert "Said twice &lt;b&gt;already&lt;/b&gt;" in shown
    assert "x" * 64 not in shown
    assert "/accounts/login/?next=%2Fp%2Fdesk%2Fclaims%2F1%2F%3Fa%3D1" in shown
    claim.refresh_from_db()
    assert claim.discarded_at is None


@pytest.mark.parametrize("came_from", ["https://evil.example/p/desk/", "//evil.example", ""])
def test_nobody_is_led_away_from_here(client, claim, came_from):
    answer = client.post(discard(claim), headers={"Referer": came_from})
    assert "evil" not in answer.content.decode()
    assert answer.status_code == 401


def test_an_address_that_only_takes_says_so(client_for, reviewer, claim):
    answer = client_for(reviewer).get(discard(claim))
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "This address shows no page" in answer.content.decode()


def test_a_host_that_is_not_ours_is_refused_in_the_api_s_own_form(client):
    answer = client.get("/api/v1/projects/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    page = client.get("/accounts/login/", headers={"Host": "evil.example"})
    assert (page.status_code, page["Content-Type"].split(";")[0]) == (400, "text/html")


def test_a_page_of_somebody_else_sends_nothing_in_my_name(client_for, reviewer, moderator, claim):
    asked = {"HX-Request": "true", "X-Factcheck-User": str(reviewer.uid)}
    assert client_for(moderator).post(discard(claim), headers=asked).status_code == 401
    claim.refresh_from_db()
    assert claim.discarded_at is None
    assert client_for(reviewer).post(discard(claim), headers=asked).status_code < 400
